import { logBucketPolicyDefinition } from "../../../src/components/log-bucket-policy/inputs";
import { describeExamples } from "../support/broken-inputs";

describeExamples(logBucketPolicyDefinition);
