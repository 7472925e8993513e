/** A check that may fail on a resource, and why. */
export interface Exception {
  /** checkov's id of the check. */
  readonly check: string;
  /** The address of the resource within the module. */
  readonly resource: string;
  readonly reason: string;
}

/** The exceptions of a folder: in its HCL, and in the plan of it where it is an example. */
export interface Exceptions {
  readonly hcl: readonly Exception[];
  readonly plan?: readonly Exception[];
}

const LOG_BUCKET = "module.log_bucket.aws_s3_bucket.log_bucket";
const ACCESS_LOG_BUCKET = "module.log_bucket.module.access_log_bucket.aws_s3_bucket.access_log_bucket";
const TRAIL = "module.trail.aws_cloudtrail.trail";

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

/** What the log bucket fails where the user chose only what costs nothing beside storage. */
function essentialLogBucket(resource: string): readonly Exception[] {
  return [
    encryptedByS3(resource, CHOSEN_S3_ENCRYPTION),
    withoutAccessLogs(resource),
    withoutReplication(resource),
    withoutBucketNotifications(resource),
  ];
}

/** What the trail fails where the user chose only what costs nothing beside storage. */
function essentialTrail(resource: string): readonly Exception[] {
  return [withoutKey(resource), withoutCloudWatchLogs(resource), withoutDeliveryTopic(resource)];
}

/** The user's default: S3's own encryption, no CloudWatch Logs, no access logs, no topic, one region. */
const essential: Exceptions = {
  hcl: [
    ...essentialLogBucket(LOG_BUCKET),
    ...essentialTrail(TRAIL),
    ruleBesideDynamicOnes(LOG_BUCKET.replace("aws_s3_bucket", "aws_s3_bucket_lifecycle_configuration")),
  ],
  plan: [...essentialLogBucket(LOG_BUCKET), ...essentialTrail(TRAIL)],
};

/** What the plan of the profile `cis` may fail. A test holds that there is nothing else in it. */
export const cis: readonly Exception[] = [
  withoutReplication(LOG_BUCKET),
  withoutBucketNotifications(LOG_BUCKET),
  withoutDeliveryTopic(TRAIL),
  withoutReplication(ACCESS_LOG_BUCKET),
  withoutBucketNotifications(ACCESS_LOG_BUCKET),
  encryptedByS3(ACCESS_LOG_BUCKET, "S3 delivers server access logs only to buckets with its own encryption."),
];

/** By folder below `modules`. A folder that is not here has none. An example of the profile `cis` has `plan: cis`. */
export const exceptions: Readonly<Record<string, Exceptions>> = {
  "terraform-aws-audit-trail": { hcl: essential.hcl },
  "terraform-aws-audit-trail/modules/log-bucket": {
    hcl: [
      ...essentialLogBucket("aws_s3_bucket.log_bucket"),
      ruleBesideDynamicOnes("aws_s3_bucket_lifecycle_configuration.log_bucket"),
    ],
  },
  "terraform-aws-audit-trail/modules/trail": { hcl: essentialTrail("aws_cloudtrail.trail") },
  "terraform-aws-audit-trail/examples/default": essential,
  "terraform-aws-audit-trail/examples/organization": essential,
};
