import { S3Bucket } from "@cdktf/provider-aws/lib/s3-bucket";
import { S3BucketLifecycleConfiguration } from "@cdktf/provider-aws/lib/s3-bucket-lifecycle-configuration";
import { S3BucketOwnershipControls } from "@cdktf/provider-aws/lib/s3-bucket-ownership-controls";
import { S3BucketPolicy } from "@cdktf/provider-aws/lib/s3-bucket-policy";
import { S3BucketPublicAccessBlock } from "@cdktf/provider-aws/lib/s3-bucket-public-access-block";
import { S3BucketServerSideEncryptionConfigurationA } from "@cdktf/provider-aws/lib/s3-bucket-server-side-encryption-configuration";
import { S3BucketVersioningA } from "@cdktf/provider-aws/lib/s3-bucket-versioning";
import type { Construct } from "constructs";
import type { Props } from "../../inputs";
import { blockWhen, Component, local, resource, type Structure } from "../../placement";
import { bucketArn, logPath, partitionOf, trailArn } from "../../policy";
import { get, ifSet, isNull, not } from "../../values";
import { bucketPolicy } from "./bucket-policy";
import { logBucketDefinition } from "./inputs";

export type LogBucketProps = Props<typeof logBucketDefinition.fields>;

/** Days after which the parts of an upload that was never completed are deleted. */
const INCOMPLETE_UPLOAD_DAYS = 7;

/** Days for which a deleted or overwritten log can be brought back, where logs are deleted at all. */
const DELETED_LOG_DAYS = 30;

/**
 * The bucket that CloudTrail delivers logs to.
 *
 * @see https://docs.aws.amazon.com/awscloudtrail/latest/userguide/best-practices-security.html
 */
export class LogBucket extends Component<typeof logBucketDefinition.fields, typeof logBucketDefinition.outputs> {
  static readonly definition = logBucketDefinition;

  constructor(scope: Construct, id: string, props: LogBucketProps, structure: Structure = {}) {
    super(scope, id, logBucketDefinition, props, structure);
    const { name, region, organization, prefix, retentionDays, tags } = this.inputs;
    const partition = local(this, "partition", partitionOf(region));
    const trailAccountId = local(
      this,
      "trail_account_id",
      ifSet(organization, (member) => get(member, "management_account_id"), this.inputs.accountId),
    );

    const arn = local(this, "bucket_arn", bucketArn(partition, name));

    const bucket = resource(
      this,
      S3Bucket,
      "log_bucket",
      { bucket: name, forceDestroy: this.inputs.forceDestroy, tags },
      { lifecycle: { preventDestroy: structure.preventDestroy ?? false } },
    );
    const bucketName = bucket.attribute("bucket");

    const versioning = resource(this, S3BucketVersioningA, "log_bucket", {
      bucket: bucketName,
      versioningConfiguration: { status: "Enabled" },
    });
    const encryption = resource(this, S3BucketServerSideEncryptionConfigurationA, "log_bucket", {
      bucket: bucketName,
      rule: [{ applyServerSideEncryptionByDefault: { sseAlgorithm: "AES256" } }],
    });
    const publicAccessBlock = resource(this, S3BucketPublicAccessBlock, "log_bucket", {
      bucket: bucketName,
      blockPublicAcls: true,
      blockPublicPolicy: true,
      ignorePublicAcls: true,
      restrictPublicBuckets: true,
    });
    const ownership = resource(this, S3BucketOwnershipControls, "log_bucket", {
      bucket: bucketName,
      rule: { objectOwnership: "BucketOwnerEnforced" },
    });

    const policy = resource(
      this,
      S3BucketPolicy,
      "log_bucket",
      {
        bucket: bucketName,
        policy: bucketPolicy({
          bucket: arn,
          path: local(this, "log_path", logPath(prefix)),
          trailArn: local(
            this,
            "trail_arn",
            trailArn({ partition, region, accountId: trailAccountId, name: this.inputs.trailName }),
          ),
          trailAccountId,
          organization,
        }),
      },
      // S3 refuses two changes of a bucket's access at once.
      { dependsOn: [publicAccessBlock] },
    );

    const expires = not(isNull(retentionDays));
    resource(
      this,
      S3BucketLifecycleConfiguration,
      "log_bucket",
      {
        bucket: bucketName,
        rule: [
          {
            id: "abort-incomplete-uploads",
            status: "Enabled",
            filter: [{}],
            abortIncompleteMultipartUpload: [{ daysAfterInitiation: INCOMPLETE_UPLOAD_DAYS }],
          },
          blockWhen(expires, {
            id: "expire-logs",
            status: "Enabled",
            filter: [{}],
            expiration: [{ days: retentionDays }],
            noncurrentVersionExpiration: [{ noncurrentDays: DELETED_LOG_DAYS }],
          }),
          blockWhen(expires, {
            id: "remove-delete-markers",
            status: "Enabled",
            filter: [{}],
            expiration: [{ expiredObjectDeleteMarker: true }],
          }),
        ],
      },
      { dependsOn: [versioning] },
    );

    this.declareOutputs({
      bucket: { value: bucketName, after: [versioning, encryption, publicAccessBlock, ownership, policy] },
      arn: { value: arn },
      policy: { value: policy.attribute("policy") },
    });
  }
}
