import { encryptionKeyOptionRules, encryptionKeyOptions } from "../components/encryption-key/inputs";
import {
  ACCESS_LOG_NAME_REQUIREMENT,
  hasAccessLogName,
  isOtherBucket,
  LOGGING_ITSELF,
  logBucketOptionRules,
  logBucketOptions,
  OTHER_ACCESS_LOG_BUCKET_REQUIREMENT,
  WITHOUT_ACCESS_LOG_NAME,
} from "../components/log-bucket/inputs";
import { trailOptionRules, trailOptions } from "../components/trail/inputs";
import {
  accessLogPath,
  accountId,
  accountName,
  boolean,
  bucketName,
  defaulting,
  define,
  type InputRule,
  MOST_TAGS,
  manyTags,
  object,
  objectOfOptions,
  optional,
  organization,
  region,
  required,
  tagMap,
  tagValue,
  textOutput,
  trailName,
} from "../inputs";
import { and, atMost, contains, equals, ifSet, isNull, keys, length, not, or } from "../values";
import { alarmOutputs, alarmRules, alarms } from "./alarms-inputs";
import { derivedLogBucketName, derivedTrailName } from "./derived-names";
import { OWNER_TAG } from "./owner-tag";

const logBucketFields = {
  name: optional(
    bucketName,
    `The name of the bucket. Null derives it: \`${derivedLogBucketName("<account_id>", "<region>")}\`.`,
  ),
  ...logBucketOptions,
  existing_bucket: optional(
    object({
      name: required(bucketName, "The name of the bucket."),
      access_log_path: optional(
        accessLogPath,
        "Where its access logs are delivered, as `bucket/prefix/`: the trail does not record that. Null if it has none.",
      ),
      event_notifications: defaulting(
        boolean(),
        false,
        "Whether the bucket tells EventBridge of new objects, in the account and the region of the trail: an alarm can " +
          "then tell that none arrive.",
      ),
    }),
    "An existing bucket to use instead, in this account or another. It needs the policy in the output " +
      "`log_bucket_policy`.",
  ),
};

const logBucketRules: readonly InputRule<typeof logBucketFields>[] = [
  ...logBucketOptionRules,
  {
    at: "access_logs",
    requirement: ACCESS_LOG_NAME_REQUIREMENT,
    brokenBy: WITHOUT_ACCESS_LOG_NAME,
    holds: ({ name, accessLogs }) => ifSet(name, (given) => hasAccessLogName(accessLogs, given), true),
  },
  {
    at: "access_logs",
    requirement: OTHER_ACCESS_LOG_BUCKET_REQUIREMENT,
    brokenBy: LOGGING_ITSELF,
    holds: ({ name, accessLogs }) => ifSet(name, (given) => isOtherBucket(accessLogs, given), true),
  },
  {
    at: "existing_bucket",
    requirement:
      "must be null where name, retention_days, transitions, access_logs, event_notifications or force_destroy is " +
      "given, which are about a new one",
    brokenBy: { name: "example-logs", existing_bucket: { name: "example-logs" } },
    holds: ({ existingBucket, name, retentionDays, transitions, accessLogs, eventNotifications, forceDestroy }) =>
      or(
        isNull(existingBucket),
        and(
          isNull(name),
          isNull(retentionDays),
          equals(length(transitions), 0),
          isNull(accessLogs),
          not(eventNotifications),
          not(forceDestroy),
        ),
      ),
  },
];

/** An audit trail: what it takes and gives. */
export const auditTrailDefinition = define({
  name: "audit-trail",
  title: "Audit trail",
  description:
    "An AWS CloudTrail trail with its log bucket: all regions, all management events, all S3 and Lambda data events,\n" +
    "protected by log-file validation. Logs are kept until `log_bucket.retention_days` is set. S3 and Lambda data events\n" +
    "are on by default and charged per event: `s3_data_events = null` and `lambda_data_events = null` turn them off.",
  fields: {
    account_id: required(
      accountId,
      "The AWS account in which the trail is created. The plan fails with credentials of another account.",
      "111122223333",
    ),
    account_name: optional(
      accountName,
      `A short name of the account. The trail is named after it: \`${derivedTrailName("<account_name>")}\`.`,
      "example",
    ),
    region: required(region, "The home region of the trail and the region of the log bucket."),
    owner: required(
      tagValue,
      `The creator of the trail: the value of the tag \`${OWNER_TAG}\` on every resource.`,
      "Example Owner",
    ),
    name: optional(trailName, "The name of the trail. Null derives it from `account_name`."),
    organization: optional(
      organization,
      "The organization, for one trail that covers all its accounts, created from the management account or by a " +
        "delegated administrator. Null for the trail of a single account.",
    ),
    ...trailOptions,
    encryption: optional(
      objectOfOptions(encryptionKeyOptions, encryptionKeyOptionRules),
      "Encryption of the logs with a KMS key, in the bucket and in CloudWatch Logs. AWS charges for the key. Null encrypts " +
        "with SSE-S3, at no charge. Setting it back to null schedules the key for deletion; logs encrypted with it then " +
        "become unreadable.",
    ),
    alarms: optional(
      alarms,
      "Alarms on what the trail records: dangerous calls, attacks on the trail itself, unusual rates, silence. Off by " +
        "default, because AWS charges for those of CloudWatch.",
    ),
    log_bucket: defaulting(
      objectOfOptions(logBucketFields, logBucketRules),
      {},
      "The S3 bucket that receives the logs.",
    ),
    tags: defaulting(tagMap, {}, `Tags of every resource, in addition to the tag \`${OWNER_TAG}\`.`),
  },
  rules: [
    {
      at: "name",
      requirement: "must be given where account_name is not",
      brokenBy: { account_name: null },
      holds: ({ name, accountName: account }) => or(not(isNull(name)), not(isNull(account))),
    },
    {
      at: "tags",
      requirement: `must not hold ${OWNER_TAG}, which comes from owner`,
      brokenBy: { tags: { [OWNER_TAG]: "somebody else" } },
      holds: ({ tags: given }) => not(contains(keys(given), OWNER_TAG)),
    },
    {
      at: "tags",
      requirement: `must have at most ${MOST_TAGS - 1} entries, as ${OWNER_TAG} is one more`,
      brokenBy: { tags: manyTags(MOST_TAGS) },
      holds: ({ tags: given }) => atMost(length(given), MOST_TAGS - 1),
    },
    ...trailOptionRules,
    ...alarmRules,
  ],
  outputs: {
    trail_arn: textOutput("The ARN of the trail."),
    trail_name: textOutput("The name of the trail."),
    trail_home_region: textOutput("The region in which the trail was created and can be changed."),
    log_bucket_name: textOutput("The name of the log bucket, available once a trail can deliver to it."),
    log_bucket_arn: textOutput("The ARN of the log bucket."),
    log_bucket_policy: textOutput(
      "The policy of the log bucket, as JSON. For an existing bucket, the policy that it needs.",
    ),
    access_log_bucket_name: textOutput("The name of the bucket for access logs. Null if none are kept."),
    encryption_key_arn: textOutput("The ARN of the key that encrypts the logs. Null if there is none."),
    encryption_key_policy: textOutput("The key policy, as JSON. For an existing key, the policy that it needs."),
    log_group_name: textOutput("The name of the log group, if one was created. Null otherwise."),
    log_group_arn: textOutput("The ARN of the log group, without `:*` at its end. Null without CloudWatch Logs."),
    cloudwatch_logs_role_arn: textOutput(
      "The ARN of the role with which CloudTrail writes to the log group. Null without CloudWatch Logs.",
    ),
    ...alarmOutputs,
  },
});
