import { encryptionKeyDefinition } from "../../../src/components/encryption-key/inputs";
import { describeExamples } from "../support/broken-inputs";

describeExamples(encryptionKeyDefinition);
