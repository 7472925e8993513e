import {
  accountId,
  bucketName,
  defaulting,
  define,
  keyAlias,
  mapOf,
  object,
  objectOfOptions,
  optional,
  region,
  required,
  roleArn,
  separatedBySlashes,
  tags,
  textLike,
  textOutput,
  textsOutput,
  wholeNumber,
} from "../../inputs";
import { distinct, equals, forEach, isNull, keys, length, or, replaced, text, type Value } from "../../values";
import { existingKey, newKeyOptions } from "../key-options";

/** The names that stacks may have: they become folders, and parts of the keys of states. */
export const STACK_NAME = "^[a-z0-9][a-z0-9_-]{0,62}$";

const stackName = textLike(
  STACK_NAME,
  "must be 1 to 63 lower-case letters, digits, underscores or hyphens that do not begin with one",
)
  .suchAs("production")
  .brokenBy("Production");

/** The key of a state in a bucket. No character in it has a meaning in a policy. */
export const stateKey = separatedBySlashes(
  textLike(
    "^[A-Za-z0-9!_.'()/:=+@-]{1,900}$",
    "must be 1 to 900 letters, digits or characters of ! _ . ' ( ) / : = + @ -",
  ).brokenBy("states/*"),
  "/terraform.tfstate",
).suchAs("audit-trail/production/terraform.tfstate");

/** The key of the state of a stack, where none is chosen. */
export function stateKeyOf(stack: Value<string>): Value<string> {
  return text`audit-trail/${stack}/terraform.tfstate`;
}

/** The name of a stack as the end of a Sid, which takes letters and digits alone. */
export function endOfSid(stack: Value<string>): Value<string> {
  return replaced(replaced(stack, "-", ""), "_", "");
}

const encryption = objectOfOptions(
  {
    ...newKeyOptions("the bucket's name", "no state in the bucket can be read"),
    existing_key: optional(existingKey, "An existing key to use instead. Its policy must let the deployers use it."),
  },
  [
    {
      at: "existing_key",
      requirement: "must be null where alias is given, which is about a new key",
      brokenBy: { alias: keyAlias.valid, existing_key: existingKey.valid },
      holds: ({ existingKey: existing, alias }) => or(isNull(existing), isNull(alias)),
    },
  ],
);

/** The bucket for states: what it takes and gives. */
export const stateBucketDefinition = define({
  name: "state-bucket",
  title: "State bucket",
  description:
    "An S3 bucket for Terraform's states: versioned, encrypted, closed to the public, with ACLs disabled, and over TLS\n" +
    "only. For each deployer, with the policy for one state and its lock file, and for nothing else.",
  fields: {
    name: required(bucketName, "The name of the bucket.", "example-terraform-state-111122223333"),
    account_id: required(accountId, "The account of the bucket."),
    region: required(region, "The region of the bucket."),
    encryption: optional(
      encryption,
      "Encryption with a KMS key (SSE-KMS, with a bucket key), for which AWS charges. Null encrypts with SSE-S3.",
    ),
    deployers: defaulting(
      mapOf(
        stackName,
        object({
          state_key: optional(
            stateKey,
            "The key of the state in the bucket. Null means `audit-trail/<stack>/terraform.tfstate`.",
          ),
          role_arn: optional(
            roleArn,
            "The ARN of an existing role that the policies of bucket and key let in, which one of another account needs. " +
              "Null leaves that to the IAM policies of the account.",
          ),
        }),
      ),
      {},
      "Who keeps a state in the bucket, by the name of the stack. For each there is a policy in the outputs.",
    ),
    old_version_days: optional(
      wholeNumber(30, 36500, "days"),
      "Days for which an old version of a state can be restored; the newest 100 stay in any case. Null keeps all.",
    ),
    tags: defaulting(tags, {}, "Tags of bucket and key."),
  },
  rules: [
    {
      at: "deployers",
      requirement: "must have names that differ also without hyphens and underscores, as Sids in policies have none",
      brokenBy: { deployers: { "a-b": {}, a_b: {} } },
      holds: ({ deployers }) => {
        const names = keys(deployers);
        return equals(length(distinct(forEach(names, "name", endOfSid))), length(names));
      },
    },
  ],
  outputs: {
    bucket: textOutput("The name of the bucket, available once it is closed to all but those who may use it."),
    arn: textOutput("The ARN of the bucket."),
    policy: textOutput("The bucket policy, as JSON."),
    key_arn: textOutput("The ARN of the key that encrypts the states. Null for SSE-S3."),
    deployer_policies: textsOutput(
      "The IAM policy that each deployer needs for its state and the lock file, as JSON, by stack.",
    ),
  },
});
