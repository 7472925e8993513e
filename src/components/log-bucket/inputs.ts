import {
  accountId,
  boolean,
  bucketName,
  defaulting,
  define,
  keyPrefix,
  optional,
  organization,
  region,
  required,
  tags,
  textOutput,
  trailName,
  wholeNumber,
} from "../../inputs";

/** What can be chosen about the bucket itself, here and in the composition. */
export const logBucketOptions = {
  prefix: optional(keyPrefix, "The beginning of the keys of the logs, before `AWSLogs/`. None where it is null."),
  retention_days: optional(
    wholeNumber(90, 36500, "days"),
    "Days after which a log is deleted for good. Null keeps logs for ever.",
  ),
  force_destroy: defaulting(
    boolean(),
    false,
    "Whether `terraform destroy` may delete the bucket together with all logs in it.",
  ),
};

/** The log bucket: what it takes and gives. */
export const logBucketDefinition = define({
  name: "log-bucket",
  title: "Log bucket",
  description:
    "The S3 bucket that CloudTrail delivers logs to: versioned, encrypted (SSE-S3), closed to the public, with ACLs\n" +
    "off, and with the policy that lets one trail and nobody else write logs.",
  fields: {
    name: required(bucketName, "The name of the bucket.", "bucket-for-cloudtrail-logs"),
    account_id: required(accountId, "The account that owns the trail."),
    region: required(region, "The home region of the trail and the region of the bucket."),
    trail_name: required(trailName, "The name of the trail that may deliver logs."),
    organization: optional(
      organization,
      "The organization of an organization trail. Null for the trail of one account.",
    ),
    ...logBucketOptions,
    tags: defaulting(tags, {}, "Tags of the bucket."),
  },
  outputs: {
    bucket: textOutput("The name of the bucket, once everything that a trail needs of it is in place."),
    arn: textOutput("The ARN of the bucket."),
    policy: textOutput("The bucket policy, as JSON."),
  },
});
