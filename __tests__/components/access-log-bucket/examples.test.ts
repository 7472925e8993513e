import { accessLogBucketDefinition } from "../../../src/components/access-log-bucket/inputs";
import { describeExamples } from "../support/broken-inputs";

describeExamples(accessLogBucketDefinition);
