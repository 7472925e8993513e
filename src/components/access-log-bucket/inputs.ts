import {
  accessLogTarget,
  accountId,
  boolean,
  bucketName,
  defaulting,
  define,
  region,
  required,
  tags,
  textOutput,
  wholeNumber,
} from "../../inputs";

/** What can be chosen about the bucket itself, here and wherever access logs are switched on. */
export const accessLogBucketOptions = {
  retention_days: defaulting(
    wholeNumber(1, 36500, "days"),
    365,
    "Days after which an access log is deleted. It can be restored for 30 more days.",
  ),
  force_destroy: defaulting(
    boolean(),
    false,
    "Whether `terraform destroy` may delete the bucket together with all access logs in it.",
  ),
};

/** The bucket for access logs: what it takes and gives. */
export const accessLogBucketDefinition = define({
  name: "access-log-bucket",
  title: "Access-log bucket",
  description:
    "The S3 bucket that receives the server access logs of the log bucket: who read which log, and when. Versioned,\n" +
    "encrypted with SSE-S3 (S3 delivers access logs with no other encryption), closed to the public, with ACLs disabled.",
  fields: {
    name: required(bucketName, "The name of the bucket."),
    source_bucket_name: required(bucketName, "The name of the bucket whose access logs it receives."),
    account_id: required(accountId, "The account of both buckets."),
    region: required(region, "The region of both buckets."),
    prefix: required(accessLogTarget, "The key prefix of the access logs."),
    ...accessLogBucketOptions,
    tags: defaulting(tags, {}, "Tags of the bucket."),
  },
  outputs: {
    bucket: textOutput("The name of the bucket, available once S3 can deliver to it."),
    policy: textOutput("The bucket policy, as JSON."),
  },
});
