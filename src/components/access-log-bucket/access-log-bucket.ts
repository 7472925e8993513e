import { S3BucketLifecycleConfiguration } from "@cdktf/provider-aws/lib/s3-bucket-lifecycle-configuration";
import { S3BucketServerSideEncryptionConfigurationA } from "@cdktf/provider-aws/lib/s3-bucket-server-side-encryption-configuration";
import type { Construct } from "constructs";
import { Component, local, outputToken, resource, type Structure } from "../../placement";
import {
  allowAccessLogs,
  bucketArn,
  denyInsecureTransport,
  denyLogsByHand,
  objectArn,
  partitionOf,
  policyDocument,
} from "../../policy";
import { text } from "../../values";
import { accessByPolicy, closedBucket } from "../closed-bucket";
import { ABORT_INCOMPLETE_UPLOADS, lifecycleRule, REMOVE_DELETE_MARKERS } from "../lifecycle-rules";
import type { AccessLogBucketProps } from "../props";
import { accessLogBucketDefinition } from "./inputs";

export type { AccessLogBucketProps };

/** Days for which a deleted access log can be brought back. */
const DELETED_LOG_DAYS = 30;

/**
 * The bucket that takes the access logs of the log bucket.
 *
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/enable-server-access-logging.html
 */
export class AccessLogBucket extends Component<
  typeof accessLogBucketDefinition.fields,
  typeof accessLogBucketDefinition.outputs
> {
  static readonly definition = accessLogBucketDefinition;

  /**
   * @throws InputError naming every input that is wrong, before any resource is made
   */
  constructor(scope: Construct, id: string, props: AccessLogBucketProps, structure: Structure = {}) {
    super(scope, id, accessLogBucketDefinition, props, structure);
    const { name, sourceBucketName, accountId, region, prefix, retentionDays, forceDestroy, tags } = this.inputs;
    const partition = local(this, "partition", partitionOf(region));
    const arn = local(this, "bucket_arn", bucketArn(partition, name));

    const bucket = closedBucket(this, "access_log_bucket", { name, region, forceDestroy, tags }, structure);
    const encryption = resource(this, S3BucketServerSideEncryptionConfigurationA, "access_log_bucket", {
      bucket: bucket.name,
      rule: [{ applyServerSideEncryptionByDefault: { sseAlgorithm: "AES256" } }],
    });
    const { policy, ownership } = accessByPolicy(
      this,
      "access_log_bucket",
      bucket,
      policyDocument(
        allowAccessLogs(objectArn(arn, text`${prefix}*`), {
          arn: bucketArn(partition, sourceBucketName),
          accountId,
        }),
        denyLogsByHand(objectArn(arn, "*")),
        ...denyInsecureTransport(arn),
      ),
    );
    resource(
      this,
      S3BucketLifecycleConfiguration,
      "access_log_bucket",
      {
        bucket: bucket.name,
        rule: [
          ABORT_INCOMPLETE_UPLOADS,
          lifecycleRule("expire-access-logs", {
            expiration: [{ days: retentionDays }],
            noncurrentVersionExpiration: [{ noncurrentDays: DELETED_LOG_DAYS }],
          }),
          REMOVE_DELETE_MARKERS,
        ],
      },
      { dependsOn: [bucket.versioning] },
    );

    this.declareOutputs({
      bucket: {
        value: bucket.name,
        after: [bucket.versioning, encryption, bucket.publicAccessBlock, ownership, policy],
      },
      policy: { value: policy.attribute("policy") },
    });
  }

  /** The name of the bucket, once S3 can deliver to it. */
  get bucket(): string {
    return outputToken(this.outputs.bucket);
  }

  /** The bucket policy, as JSON. */
  get policy(): string {
    return outputToken(this.outputs.policy);
  }
}
