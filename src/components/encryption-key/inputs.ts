import {
  accountId,
  boolean,
  defaulting,
  define,
  furtherTrail,
  type InputRule,
  keyAlias,
  listOf,
  logGroupName,
  optional,
  organization,
  principalArn,
  region,
  required,
  tags,
  textOutput,
  trailName,
} from "../../inputs";
import { and, isNull, not, or } from "../../values";
import { existingKey, newKeyOptions } from "../key-options";

/** What can be chosen about the key itself, here and wherever encryption is switched on. */
export const encryptionKeyOptions = {
  ...newKeyOptions("the trail's name", "logs encrypted with it cannot be read"),
  multi_region: defaulting(boolean(), false, "Whether replicas of the key can be created in other regions."),
  readers: defaulting(
    listOf(principalArn),
    [],
    "ARNs of the roles, users or account roots that may decrypt logs in the bucket, in addition to those that IAM " +
      "policies of the key's account allow. To read logs, they also need `s3:GetObject` on the bucket.",
  ),
  existing_key: optional(
    existingKey,
    "An existing key to use instead. Its policy needs the statements in the output with the key policy.",
  ),
};

/** Rules between the options of the key. */
export const encryptionKeyOptionRules: readonly InputRule<typeof encryptionKeyOptions>[] = [
  {
    at: "existing_key",
    requirement: "must be null where alias or multi_region is given, which are about a new key",
    brokenBy: { alias: keyAlias.valid, existing_key: existingKey.valid },
    holds: ({ existingKey: existing, alias, multiRegion }) =>
      or(isNull(existing), and(isNull(alias), not(multiRegion))),
  },
];

/** The encryption key: what it takes and gives. */
export const encryptionKeyDefinition = define({
  name: "encryption-key",
  title: "Encryption key",
  description:
    "The KMS key that encrypts the logs: rotated, with an alias, and with a key policy that lets CloudTrail encrypt only\n" +
    "on behalf of the trail. Or an existing key, with the policy that it needs.",
  fields: {
    account_id: required(accountId, "The account of the key and of the trail."),
    region: required(region, "The region of the key, the same as that of the trail and of the log bucket."),
    trail_name: required(trailName, "The name of the trail that encrypts its logs with the key."),
    organization: optional(
      organization,
      "The organization of an organization trail. Null for the trail of a single account.",
    ),
    further_trails: defaulting(listOf(furtherTrail), [], "Trails of other accounts that also use the key."),
    log_group_name: optional(
      logGroupName,
      "The name of the CloudWatch Logs log group that is encrypted with the key. Null for none.",
    ),
    ...encryptionKeyOptions,
    tags: defaulting(tags, {}, "Tags of the key."),
  },
  rules: encryptionKeyOptionRules,
  outputs: {
    arn: textOutput("The ARN of the key."),
    policy: textOutput("The key policy, as JSON. For an existing key, the policy that it needs."),
  },
});
