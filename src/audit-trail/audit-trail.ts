import type { Construct } from "constructs";
import { LogBucket, Trail } from "../components";
import type { Props } from "../inputs";
import { Component, local, outputToken, place, type Structure } from "../placement";
import { get, merge, text, type Value, withDefault } from "../values";
import { auditTrailDefinition, OWNER_TAG } from "./inputs";

/** The inputs of an audit trail, the same as those of the configuration and of the Terraform module. */
export type AuditTrailProps = Props<typeof auditTrailDefinition.fields>;

/** How the derived name of the log bucket begins. */
const BUCKET_NAME_STEM = "bucket-for-cloudtrail-logs";

/**
 * An audit trail: the trail, its log bucket, and everything that makes them fit each other.
 *
 * @example
 * new AuditTrail(this, "audit", {
 *   accountId: "111122223333", accountName: "example", region: "eu-central-1", owner: "Example Owner",
 * });
 */
export class AuditTrail extends Component<typeof auditTrailDefinition.fields, typeof auditTrailDefinition.outputs> {
  static readonly definition = auditTrailDefinition;

  /**
   * @throws InputError naming every input that is wrong, before any resource is made
   */
  constructor(scope: Construct, id: string, props: AuditTrailProps, structure: Structure = {}) {
    super(scope, id, auditTrailDefinition, props, structure);
    const { accountId, accountName, region, organization, logBucket: bucketInputs } = this.inputs;
    // One of the two is given: a rule of the inputs.
    const derived = accountName === null ? "" : text`${accountName as Value<string>}-logs`;
    const name = local(this, "trail_name", withDefault(this.inputs.name, derived));
    const tags = local(this, "tags", merge(this.inputs.tags, { [OWNER_TAG]: this.inputs.owner }));

    const logBucket = place(
      this,
      LogBucket,
      "log_bucket",
      {
        name: withDefault(get(bucketInputs, "name"), text`${BUCKET_NAME_STEM}-${accountId}-${region}`),
        accountId,
        region,
        trailName: name,
        organization,
        prefix: get(bucketInputs, "prefix"),
        retentionDays: get(bucketInputs, "retention_days"),
        forceDestroy: get(bucketInputs, "force_destroy"),
        tags,
      },
      structure,
    );
    const trail = place(
      this,
      Trail,
      "trail",
      {
        name,
        accountId,
        region,
        s3BucketName: logBucket.bucket,
        s3KeyPrefix: get(bucketInputs, "prefix"),
        organization,
        multiRegion: this.inputs.multiRegion,
        enableLogging: this.inputs.enableLogging,
        managementEvents: this.inputs.managementEvents,
        s3DataEvents: this.inputs.s3DataEvents,
        lambdaDataEvents: this.inputs.lambdaDataEvents,
        insights: this.inputs.insights,
        tags,
      },
      structure,
    );

    this.declareOutputs({
      trail_arn: { value: trail.arn },
      trail_name: { value: trail.name },
      trail_home_region: { value: trail.homeRegion },
      log_bucket_name: { value: logBucket.bucket },
      log_bucket_arn: { value: logBucket.arn },
      log_bucket_policy: { value: logBucket.policy },
    });
  }

  /** The ARN of the trail. */
  get trailArn(): string {
    return outputToken(this.outputs.trail_arn);
  }

  /** The name of the trail. */
  get trailName(): string {
    return outputToken(this.outputs.trail_name);
  }

  /** The region in which the trail was made and can be changed. */
  get trailHomeRegion(): string {
    return outputToken(this.outputs.trail_home_region);
  }

  /** The name of the log bucket. */
  get logBucketName(): string {
    return outputToken(this.outputs.log_bucket_name);
  }

  /** The ARN of the log bucket. */
  get logBucketArn(): string {
    return outputToken(this.outputs.log_bucket_arn);
  }

  /** The policy of the log bucket, as JSON. */
  get logBucketPolicy(): string {
    return outputToken(this.outputs.log_bucket_policy);
  }
}
