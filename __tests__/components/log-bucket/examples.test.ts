import { logBucketDefinition } from "../../../src/components/log-bucket/inputs";
import { describeExamples } from "../support/broken-inputs";

describeExamples(logBucketDefinition);
