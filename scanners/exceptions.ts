/** A check that may fail on a resource, and why. */
export interface Exception {
  /** checkov's id of the check. */
  readonly check: string;
  /** The address of the resource within the module that makes it. */
  readonly resource: string;
  readonly reason: string;
}

const LOG_BUCKET = "aws_s3_bucket.log_bucket";
const ACCESS_LOG_BUCKET = "aws_s3_bucket.access_log_bucket";
const STATE_BUCKET = "aws_s3_bucket.state_bucket";
const TRAIL = "aws_cloudtrail.trail";

/** Of every bucket that is not replicated. */
function withoutReplication(resource: string): Exception {
  return { check: "CKV_AWS_144", resource, reason: "A copy in another region is a choice that is charged for." };
}

/** Of every bucket that tells nobody of new objects. */
function withoutBucketNotifications(resource: string): Exception {
  return {
    check: "CKV2_AWS_62",
    resource,
    reason: "Nobody waits for single log files; whoever does, subscribes to the bucket or to a delivery topic.",
  };
}

/** Of every trail that announces no deliveries. */
function withoutDeliveryTopic(resource: string): Exception {
  return { check: "CKV_AWS_252", resource, reason: "A topic that is told of every log file is for those who read it." };
}

/** Of a bucket with the encryption of S3. */
function encryptedByS3(resource: string, reason: string): Exception {
  return { check: "CKV_AWS_145", resource, reason };
}

/** Of a trail whose logs are not encrypted with a key of the owner. */
function withoutKey(resource: string): Exception {
  return { check: "CKV_AWS_35", resource, reason: "The user chose S3's own encryption, which has no key to pay for." };
}

/** Of a trail that delivers to its bucket alone. */
function withoutCloudWatchLogs(resource: string): Exception {
  return {
    check: "CKV2_AWS_10",
    resource,
    reason: "The user chose no CloudWatch Logs, which charges for every event.",
  };
}

/** Of a bucket whose requests are not logged. */
function withoutAccessLogs(resource: string): Exception {
  return {
    check: "CKV_AWS_18",
    resource,
    reason: "The user chose no server access logs; the trail itself records reads and deletions of its logs.",
  };
}

const CHOSEN_S3_ENCRYPTION = "The user chose S3's own encryption, which has no key to pay for.";

/**
 * The rule `abort-incomplete-uploads` is there, and seen in the plan. In HCL checkov puts the `dynamic` blocks of a name
 * in the place of the other blocks of that name.
 */
function ruleBesideDynamicOnes(resource: string): Exception {
  return {
    check: "CKV_AWS_300",
    resource,
    reason: "checkov loses a block that stands beside dynamic ones of its name.",
  };
}

/** What the log bucket fails where the user chose only alarms beside what costs nothing but storage. */
function alarmedLogBucket(resource: string): readonly Exception[] {
  return [encryptedByS3(resource, CHOSEN_S3_ENCRYPTION), withoutAccessLogs(resource), withoutReplication(resource)];
}

/** What the trail fails where the user chose only what costs nothing beside storage. */
function essentialTrail(resource: string): readonly Exception[] {
  return [withoutKey(resource), withoutCloudWatchLogs(resource), withoutDeliveryTopic(resource)];
}

/** What the access-log bucket fails wherever it is. */
const accessLogBucket: readonly Exception[] = [
  encryptedByS3(ACCESS_LOG_BUCKET, "S3 delivers server access logs only to buckets with its own encryption."),
  withoutReplication(ACCESS_LOG_BUCKET),
  withoutBucketNotifications(ACCESS_LOG_BUCKET),
];

/**
 * The access-log bucket takes access logs and has none of its own, which would never end. Where it stands beside the log
 * bucket, as in the stack, checkov sees that and is content.
 */
const targetInAnotherModule: Exception = {
  check: "CKV_AWS_18",
  resource: ACCESS_LOG_BUCKET,
  reason: "checkov does not follow the target of access logs from one module into another.",
};

/** What the state bucket fails wherever it is. */
const stateBucket: readonly Exception[] = [
  withoutReplication(STATE_BUCKET),
  {
    check: "CKV_AWS_18",
    resource: STATE_BUCKET,
    reason: "Who reads a state is recorded by the audit trail itself, among the S3 data events.",
  },
  { check: "CKV2_AWS_62", resource: STATE_BUCKET, reason: "Terraform alone reads a state, and asks for it." },
];

/** What any module or example may fail in HCL, where checkov looks at what any input makes, and does not know which. */
export const inHcl: readonly Exception[] = [
  withoutReplication(LOG_BUCKET),
  withoutDeliveryTopic(TRAIL),
  withoutCloudWatchLogs(TRAIL),
  ...accessLogBucket,
  targetInAnotherModule,
  encryptedByS3(LOG_BUCKET, CHOSEN_S3_ENCRYPTION),
  ruleBesideDynamicOnes("aws_s3_bucket_lifecycle_configuration.log_bucket"),
  {
    check: "CKV_AWS_26",
    resource: 'aws_sns_topic.alarm_topic["alarms"]',
    reason: "checkov does not follow the choice between a new key and an existing one; plans have the key.",
  },
  ...stateBucket,
  ruleBesideDynamicOnes("aws_s3_bucket_lifecycle_configuration.state_bucket"),
];

/** What the plan of the stack of the profile `cis` fails. A test holds that no setting of it can mend them. */
export const cis: readonly Exception[] = [
  withoutReplication(LOG_BUCKET),
  withoutDeliveryTopic(TRAIL),
  ...accessLogBucket,
];

const alarmed = [...alarmedLogBucket(LOG_BUCKET), ...essentialTrail(TRAIL)];

const essential = [...alarmed, withoutBucketNotifications(LOG_BUCKET)];

const cisInModules = [...cis, targetInAnotherModule];

/** What the plans of the examples fail, by the name of the example. */
export const inPlans: Readonly<Record<string, readonly Exception[]>> = {
  default: essential,
  minimal: essential,
  organization: essential,
  alarms: alarmed,
  "further-regions": alarmed,
  cis: cisInModules,
  "nested-modules": [...cisInModules, withoutBucketNotifications(LOG_BUCKET)],
  "existing-bucket-and-key": [withoutCloudWatchLogs(TRAIL), withoutDeliveryTopic(TRAIL)],
  "log-bucket-in-another-account": [
    ...essentialTrail(TRAIL),
    encryptedByS3(LOG_BUCKET, CHOSEN_S3_ENCRYPTION),
    withoutReplication(LOG_BUCKET),
    withoutBucketNotifications(LOG_BUCKET),
    ...accessLogBucket,
    targetInAnotherModule,
  ],
  "one-account": [...stateBucket, encryptedByS3(STATE_BUCKET, CHOSEN_S3_ENCRYPTION)],
  "several-accounts": stateBucket,
};
