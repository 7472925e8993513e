import { EncryptionKey } from "../../../src/components/encryption-key/encryption-key";
import { describePublishedModule } from "../support/published-module";

describePublishedModule(EncryptionKey);
