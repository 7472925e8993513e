import { S3BucketLifecycleConfiguration } from "@cdktf/provider-aws/lib/s3-bucket-lifecycle-configuration";
import { S3BucketLoggingA } from "@cdktf/provider-aws/lib/s3-bucket-logging";
import { S3BucketNotification } from "@cdktf/provider-aws/lib/s3-bucket-notification";
import { S3BucketServerSideEncryptionConfigurationA } from "@cdktf/provider-aws/lib/s3-bucket-server-side-encryption-configuration";
import type { Construct } from "constructs";
import {
  blockForEach,
  blockWhen,
  Component,
  ifPlaced,
  local,
  outputToken,
  outputTokenIfSet,
  place,
  resource,
  type Structure,
} from "../../placement";
import { bucketArn, partitionOf } from "../../policy";
import { atLeast, choose, get, ifSet, isNull, length, not, text, type Value, withDefault } from "../../values";
import { AccessLogBucket } from "../access-log-bucket/access-log-bucket";
import { accessByPolicy, closedBucket } from "../closed-bucket";
import { ABORT_INCOMPLETE_UPLOADS, lifecycleRule, REMOVE_DELETE_MARKERS } from "../lifecycle-rules";
import { LogBucketPolicy } from "../log-bucket-policy/log-bucket-policy";
import type { LogBucketProps } from "../props";
import { derivedAccessLogBucketName, logBucketDefinition } from "./inputs";

export type { LogBucketProps };

/**
 * The bucket that CloudTrail delivers logs to.
 *
 * @see https://docs.aws.amazon.com/awscloudtrail/latest/userguide/best-practices-security.html
 */
export class LogBucket extends Component<typeof logBucketDefinition.fields, typeof logBucketDefinition.outputs> {
  static readonly definition = logBucketDefinition;

  /**
   * @throws InputError naming every input that is wrong, before any resource is made
   */
  constructor(scope: Construct, id: string, props: LogBucketProps, structure: Structure = {}) {
    super(scope, id, logBucketDefinition, props, structure);
    const { name, accountId, region, encryption: kms, retentionDays, forceDestroy, tags } = this.inputs;

    const bucket = closedBucket(this, "log_bucket", { name, region, forceDestroy, tags }, structure);
    const encryption = resource(this, S3BucketServerSideEncryptionConfigurationA, "log_bucket", {
      bucket: bucket.name,
      rule: [
        {
          applyServerSideEncryptionByDefault: {
            sseAlgorithm: choose(isNull(kms), "AES256", "aws:kms"),
            kmsMasterKeyId: ifSet<typeof kms, string | null>(kms, (key) => get(key, "kms_key_arn"), null),
          },
          bucketKeyEnabled: not(isNull(kms)),
        },
      ],
    });
    const document = place(
      this,
      LogBucketPolicy,
      "policy",
      {
        bucketName: name,
        accountId,
        region,
        trailName: this.inputs.trailName,
        organization: this.inputs.organization,
        prefix: this.inputs.prefix,
        furtherTrails: this.inputs.furtherTrails,
        restrictToOrganization: this.inputs.restrictToOrganization,
        denyUnencryptedUploads: this.inputs.denyUnencryptedUploads,
        denyTampering: this.inputs.denyTampering,
        additionalPolicy: this.inputs.additionalPolicy,
      },
      structure,
    );
    const { policy, ownership } = accessByPolicy(this, "log_bucket", bucket, document.json);

    const moves = atLeast(length(this.inputs.transitions), 1);
    const expires = not(isNull(retentionDays));
    resource(
      this,
      S3BucketLifecycleConfiguration,
      "log_bucket",
      {
        bucket: bucket.name,
        transitionDefaultMinimumObjectSize: choose<string | null>(
          moves,
          this.inputs.transitionDefaultMinimumObjectSize,
          null,
        ),
        rule: [
          ABORT_INCOMPLETE_UPLOADS,
          blockWhen(
            moves,
            lifecycleRule("move-logs", {
              transition: [
                blockForEach(this.inputs.transitions, (transition) => ({
                  days: get(transition, "days"),
                  storageClass: get(transition, "storage_class"),
                })),
              ],
            }),
          ),
          blockWhen(
            expires,
            lifecycleRule("expire-logs", {
              expiration: [{ days: retentionDays }],
              noncurrentVersionExpiration: [{ noncurrentDays: this.inputs.deletedLogDays }],
            }),
          ),
          blockWhen(expires, REMOVE_DELETE_MARKERS),
        ],
      },
      {
        dependsOn: [bucket.versioning],
        comment: "Parts of uploads that were never completed cost, and show in no list: they go in any case.",
      },
    );

    const accessLogs = this.accessLogs(bucket.name, structure);
    resource(
      this,
      S3BucketNotification,
      "log_bucket",
      { bucket: bucket.name, eventbridge: true },
      { when: this.inputs.eventNotifications },
    );
    this.declareOutputs({
      bucket: {
        value: bucket.name,
        after: [bucket.versioning, encryption, bucket.publicAccessBlock, ownership, policy],
      },
      arn: { value: bucketArn(local(this, "partition", partitionOf(region)), name) },
      policy: { value: policy.attribute("policy") },
      access_log_bucket: { value: accessLogs.bucket as Value<string> },
      access_log_path: { value: accessLogs.path as Value<string> },
    });
  }

  /** Turns access logs on, where they are wanted, and makes the bucket that takes them, where there is none. */
  private accessLogs(logBucket: Value<string>, structure: Structure): AccessLogs {
    const { name, accountId, region, accessLogs, tags } = this.inputs;
    return (
      ifPlaced(accessLogs, (chosen, when): AccessLogs => {
        const prefix = local(
          this,
          "access_log_prefix",
          choose<string, null>(when, text`${withDefault(get(chosen, "prefix"), name)}/`, null),
        ) as Value<string>;
        const existing = get(chosen, "existing_bucket");
        const newName = withDefault(get(chosen, "name"), derivedAccessLogBucketName(name));
        const creates = local(
          this,
          "creates_access_log_bucket",
          ifSet<typeof accessLogs, boolean>(accessLogs, () => isNull(existing), false),
        );
        const existingName =
          existing === null
            ? null
            : choose<string, null>(when, get(existing as Value<{ readonly name: string }>, "name"), null);
        // The path has the name alone: whoever leaves it out of what is recorded need not wait for the bucket.
        const targetName = local(this, "access_log_bucket_name", choose<string | null>(creates, newName, existingName));
        const made = place(
          this,
          AccessLogBucket,
          "access_log_bucket",
          {
            name: targetName as Value<string>,
            sourceBucketName: name,
            accountId: withDefault(this.inputs.bucketAccountId, accountId),
            region,
            prefix,
            retentionDays: get(chosen, "retention_days"),
            forceDestroy: get(chosen, "force_destroy"),
            tags,
          },
          structure,
          {
            when: creates,
          },
        );
        const target = choose<string | null>(creates, made.bucket, targetName);
        resource(
          this,
          S3BucketLoggingA,
          "log_bucket",
          { bucket: logBucket, targetBucket: target as Value<string>, targetPrefix: prefix },
          { when, comment: "Who reads the logs is recorded by S3, too, apart from the trail itself." },
        );
        return { bucket: target, path: choose(when, text`${targetName as Value<string>}/${prefix}`, null) };
      }) ?? { bucket: null, path: null }
    );
  }

  /** The name of the bucket, once everything that a trail needs is in place. */
  get bucket(): string {
    return outputToken(this.outputs.bucket);
  }

  /** The ARN of the bucket. */
  get arn(): string {
    return outputToken(this.outputs.arn);
  }

  /** The bucket policy, as JSON. */
  get policy(): string {
    return outputToken(this.outputs.policy);
  }

  /** The name of the bucket for access logs, where they are kept. */
  get accessLogBucket(): string | undefined {
    return outputTokenIfSet(this.outputs.access_log_bucket);
  }

  /** Where access logs are delivered, as `bucket/prefix/`, where they are kept. */
  get accessLogPath(): string | undefined {
    return outputTokenIfSet(this.outputs.access_log_path);
  }
}

/** Where access logs go; null where none are kept. */
interface AccessLogs {
  readonly bucket: Value<string | null>;
  readonly path: Value<string | null>;
}
