import { LogBucket } from "../../../src/components/log-bucket/log-bucket";
import { describePublishedModule } from "../support/published-module";

describePublishedModule(LogBucket);
