import { EncryptionKey, type EncryptionKeyProps } from "../../../src/components/encryption-key/encryption-key";
import {
  LogBucketPolicy,
  type LogBucketPolicyProps,
} from "../../../src/components/log-bucket-policy/log-bucket-policy";
import { literal } from "../../../src/values";
import { newStack } from "../../placement/support/stack";

/** The policy of a log bucket, as JSON. */
export function logBucketPolicyOf(props: LogBucketPolicyProps): string {
  return literal(new LogBucketPolicy(newStack(), "Default", props).outputs.json.value);
}

/** The policy of an encryption key, as JSON. */
export function keyPolicyOf(props: EncryptionKeyProps): string {
  return literal(new EncryptionKey(newStack(), "Default", props).outputs.policy.value);
}
