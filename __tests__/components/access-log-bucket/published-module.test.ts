import { AccessLogBucket } from "../../../src/components/access-log-bucket/access-log-bucket";
import { describePublishedModule } from "../support/published-module";

describePublishedModule(AccessLogBucket);
