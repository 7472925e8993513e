import {
  accountId,
  boolean,
  defaulting,
  define,
  furtherTrail,
  type InputRule,
  keyAlias,
  keyArn,
  listOf,
  logGroupName,
  object,
  optional,
  organization,
  principalArn,
  region,
  required,
  tags,
  textOutput,
  trailName,
  wholeNumber,
} from "../../inputs";
import { and, isNull, not, or } from "../../values";

const existingKey = object({
  arn: required(keyArn, "The ARN of the key."),
});

/** What can be chosen about the key itself, here and wherever encryption is switched on. */
export const encryptionKeyOptions = {
  alias: optional(
    keyAlias,
    "The alias of the key, with `alias/` before it. Null derives it from the trail's name, a hyphen for each dot.",
  ),
  deletion_window_in_days: defaulting(
    wholeNumber(7, 30, "days"),
    30,
    "Days between the order to delete the key and its end, in which it can be saved. Without it, no log can be read.",
  ),
  rotation_period_in_days: defaulting(
    wholeNumber(90, 2560, "days"),
    365,
    "Days after which AWS gives the key new material. What was encrypted before can still be read.",
  ),
  multi_region: defaulting(boolean(), false, "Whether replicas of the key can be made in other regions."),
  readers: defaulting(
    listOf(principalArn),
    [],
    "ARNs of roles, users or roots of accounts that may decrypt logs in the bucket, beside those whom IAM policies of " +
      "the key's account let. To read logs, they need `s3:GetObject` on the bucket, too.",
  ),
  existing_key: optional(
    existingKey,
    "An existing key to use instead. Its policy needs the statements of the output with the key policy.",
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
    "The KMS key that encrypts the logs: rotated, with an alias, and with a key policy that lets CloudTrail encrypt on\n" +
    "behalf of the trail alone. Or a key that is there already, with the policy that it needs.",
  fields: {
    account_id: required(accountId, "The account of the key and of the trail."),
    region: required(region, "The region of the key, which is that of the trail and of the log bucket."),
    trail_name: required(trailName, "The name of the trail that encrypts its logs with the key."),
    organization: optional(
      organization,
      "The organization of an organization trail. Null for the trail of one account.",
    ),
    further_trails: defaulting(listOf(furtherTrail), [], "Trails of other accounts that use the key, too."),
    log_group_name: optional(
      logGroupName,
      "The name of the log group of CloudWatch Logs that is encrypted with the key. None where it is null.",
    ),
    ...encryptionKeyOptions,
    tags: defaulting(tags, {}, "Tags of the key."),
  },
  rules: encryptionKeyOptionRules,
  outputs: {
    arn: textOutput("The ARN of the key."),
    policy: textOutput("The key policy, as JSON: of an existing key, the policy that it needs."),
  },
});
