import { LogBucketPolicy } from "../../../src/components/log-bucket-policy/log-bucket-policy";
import { describePublishedModule } from "../support/published-module";

describePublishedModule(LogBucketPolicy);
