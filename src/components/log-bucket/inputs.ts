import {
  accessLogPrefix,
  accountId,
  boolean,
  bucketName,
  defaulting,
  define,
  type InputRule,
  keyArn,
  object,
  objectOfOptions,
  oneOf,
  optional,
  organization,
  region,
  required,
  tags,
  textOutput,
  trailName,
  transitions,
  wholeNumber,
} from "../../inputs";
import {
  and,
  atMost,
  equals,
  every,
  forEach,
  get,
  ifSet,
  isNull,
  length,
  lessThan,
  not,
  or,
  text,
  type Value,
} from "../../values";
import { accessLogBucketOptions } from "../access-log-bucket/inputs";
import { logBucketPolicyOptions } from "../log-bucket-policy/inputs";

/** What the derived name of the access-log bucket has after the name of the log bucket. */
const ACCESS_LOG_BUCKET_ENDING = "-access";

const LONGEST_BUCKET_NAME = 63;
const LONGEST_NAME_WITH_ENDING = LONGEST_BUCKET_NAME - ACCESS_LOG_BUCKET_ENDING.length;

/** Inputs of a log bucket from whose name none can be derived for its access logs. */
export const WITHOUT_ACCESS_LOG_NAME = { name: "a".repeat(LONGEST_NAME_WITH_ENDING + 1), access_logs: {} };

const accessLogFields = {
  name: optional(
    bucketName,
    `The name of the bucket. Null derives it: the name of the log bucket, followed by \`${ACCESS_LOG_BUCKET_ENDING}\`.`,
  ),
  prefix: optional(
    accessLogPrefix,
    "The key prefix of the access logs, without the slash that follows it. Null uses the name of the log bucket.",
  ),
  ...accessLogBucketOptions,
  existing_bucket: optional(
    object({ name: required(bucketName, "The name of the bucket.") }),
    "An existing bucket to use instead, in the same account and region. Its policy must allow S3 to deliver access logs.",
  ),
};

const accessLogs = objectOfOptions(accessLogFields, [
  {
    at: "existing_bucket",
    requirement: "must be null where name or force_destroy is given, which are about a new bucket",
    brokenBy: { name: "example-logs-access", existing_bucket: { name: "example-logs-access" } },
    holds: ({ existingBucket, name, forceDestroy }) => or(isNull(existingBucket), and(isNull(name), not(forceDestroy))),
  },
]);

/** What can be chosen about the bucket itself, here and in the composition. */
export const logBucketOptions = {
  ...logBucketPolicyOptions,
  retention_days: optional(
    wholeNumber(90, 36500, "days"),
    "Days after which a log is deleted. It can be restored for `deleted_log_days` more. Null keeps logs indefinitely.",
  ),
  deleted_log_days: defaulting(
    wholeNumber(1, 36500, "days"),
    30,
    "Days for which a deleted or overwritten log can be restored. Without `retention_days`, there is no limit.",
  ),
  transitions: defaulting(
    transitions,
    [],
    "When logs are moved to cheaper storage. AWS charges for each log that is moved, and moves logs under 128 KB, which " +
      "most are, to `GLACIER` and `DEEP_ARCHIVE` alone. There, a log has to be restored before it can be read.",
  ),
  transition_default_minimum_object_size: defaulting(
    oneOf("varies_by_storage_class", "all_storage_classes_128K"),
    "varies_by_storage_class",
    "The minimum size of a log to be moved: `varies_by_storage_class` is none for `GLACIER` and `DEEP_ARCHIVE`, and 128 " +
      "KB for the others; `all_storage_classes_128K` is 128 KB for all.",
  ),
  access_logs: optional(
    accessLogs,
    "Server access logs of the log bucket, which show who read which log. Null keeps none.",
  ),
  event_notifications: defaulting(
    boolean(),
    false,
    "Whether the bucket tells EventBridge of every new or deleted object. AWS charges per event.",
  ),
  force_destroy: defaulting(
    boolean(),
    false,
    "Whether `terraform destroy` may delete the bucket together with all logs in it.",
  ),
};

/** Rules between the options of the bucket. */
export const logBucketOptionRules: readonly InputRule<
  Pick<typeof logBucketOptions, "retention_days" | "transitions">
>[] = [
  {
    at: "transitions",
    requirement: "must move logs before retention_days are over, when they are deleted",
    brokenBy: { retention_days: 90, transitions: [{ days: 90, storage_class: "GLACIER_IR" }] },
    holds: ({ transitions: moves, retentionDays }) =>
      ifSet(retentionDays, (days) => every(forEach(moves, "item", (item) => lessThan(get(item, "days"), days))), true),
  },
];

/** The name of the bucket for access logs, where none is chosen. */
export function derivedAccessLogBucketName(logBucketName: Value<string>): Value<string> {
  return text`${logBucketName}${ACCESS_LOG_BUCKET_ENDING}`;
}

/** What holds of the name of the access-log bucket beside that: it may not be the log bucket itself. */
export const OTHER_ACCESS_LOG_BUCKET_REQUIREMENT = "must have another name than the log bucket, which would log itself";

/** Inputs that break it. */
export const LOGGING_ITSELF = { name: "example-logs", access_logs: { name: "example-logs" } };

/** Whether the bucket for access logs has not the name of the log bucket. */
export function isOtherBucket(
  logs: Value<{ readonly name: string | null; readonly existing_bucket: { readonly name: string } | null } | null>,
  logBucketName: Value<string>,
): Value<boolean> {
  return ifSet(
    logs,
    (chosen) =>
      and(
        ifSet(get(chosen, "name"), (name) => not(equals(name, logBucketName)), true),
        ifSet(get(chosen, "existing_bucket"), (bucket) => not(equals(get(bucket, "name"), logBucketName)), true),
      ),
    true,
  );
}

/** What holds of the name of the access-log bucket: it is derived only where that makes a name of a bucket. */
export const ACCESS_LOG_NAME_REQUIREMENT = `must have a name where that of the log bucket has more than ${LONGEST_NAME_WITH_ENDING} characters`;

/** Whether the bucket for access logs has a name, be it derived from that of the log bucket. */
export function hasAccessLogName(
  logs: Value<{ readonly name: string | null; readonly existing_bucket: object | null } | null>,
  logBucketName: Value<string>,
): Value<boolean> {
  return or(
    atMost(length(logBucketName), LONGEST_NAME_WITH_ENDING),
    ifSet(logs, (chosen) => or(not(isNull(get(chosen, "name"))), not(isNull(get(chosen, "existing_bucket")))), true),
  );
}

/** The log bucket: what it takes and gives. */
export const logBucketDefinition = define({
  name: "log-bucket",
  title: "Log bucket",
  description:
    "The S3 bucket that CloudTrail delivers logs to: versioned, encrypted, closed to the public, with ACLs disabled, and\n" +
    "with the policy that lets a trail, and nobody else, write logs. Optionally with a bucket for access logs.",
  fields: {
    name: required(bucketName, "The name of the bucket.", "bucket-for-cloudtrail-logs"),
    account_id: required(accountId, "The account that owns the trail."),
    region: required(region, "The home region of the trail and the region of the bucket."),
    trail_name: required(trailName, "The name of the trail that may deliver logs."),
    organization: optional(
      organization,
      "The organization of an organization trail. Null for the trail of a single account.",
    ),
    bucket_account_id: optional(accountId, "The account of the bucket, if it is not that of the trail."),
    encryption: optional(
      object({ kms_key_arn: required(keyArn, "The ARN of the key. Its policy must allow CloudTrail to use it.") }),
      "Encryption with a KMS key (SSE-KMS, with a bucket key). Null encrypts with SSE-S3.",
    ),
    ...logBucketOptions,
    tags: defaulting(tags, {}, "Tags of the bucket."),
  },
  rules: [
    ...logBucketOptionRules,
    {
      at: "access_logs",
      requirement: ACCESS_LOG_NAME_REQUIREMENT,
      brokenBy: WITHOUT_ACCESS_LOG_NAME,
      holds: ({ accessLogs: logs, name }) => hasAccessLogName(logs, name),
    },
    {
      at: "access_logs",
      requirement: OTHER_ACCESS_LOG_BUCKET_REQUIREMENT,
      brokenBy: LOGGING_ITSELF,
      holds: ({ accessLogs: logs, name }) => isOtherBucket(logs, name),
    },
  ],
  outputs: {
    bucket: textOutput("The name of the bucket, available once everything that a trail needs is in place."),
    arn: textOutput("The ARN of the bucket."),
    policy: textOutput("The bucket policy, as JSON."),
    access_log_bucket: textOutput("The name of the bucket for access logs. Null if none are kept."),
    access_log_path: textOutput("Where access logs are delivered, as `bucket/prefix/`. Null if none are kept."),
  },
});
