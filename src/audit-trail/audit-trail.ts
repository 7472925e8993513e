import type { Construct } from "constructs";
import { EncryptionKey, LogBucket, LogBucketPolicy, Trail, type TrailStructure } from "../components";
import { newLogGroup } from "../components/trail/cloudwatch-logs";
import {
  Component,
  ifPlaced,
  local,
  type OutputValues,
  outputToken,
  outputTokenIfSet,
  outputTokens,
  outputTokensIfSet,
  place,
} from "../placement";
import { bucketArn, logGroupNameOf, partitionOf } from "../policy";
import { choose, get, ifSet, isNull, or, type Value, withDefault } from "../values";
import { alarmOutputValues, listensForDelivery, placeAlarms } from "./alarms";
import { derivedLogBucketName, derivedTrailName } from "./derived-names";
import { auditTrailDefinition } from "./inputs";
import { withOwnerTag } from "./owner-tag";
import type { AuditTrailProps } from "./props";

export type { AuditTrailProps };

type EncryptionKeyOutputs = OutputValues<typeof EncryptionKey.definition.outputs>;

/** Logs that S3 alone encrypts. */
const NO_KEY = { arn: null, policy: null } as unknown as EncryptionKeyOutputs;

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

  private readonly givenName: Value<string>;
  private readonly allTags: Value<Record<string, string>>;

  /**
   * @throws InputError naming every input that is wrong, before any resource is made
   */
  constructor(scope: Construct, id: string, props: AuditTrailProps, structure: TrailStructure = {}) {
    super(scope, id, auditTrailDefinition, props, structure);
    const { accountId, accountName, region, organization, encryption, logBucket: bucketInputs } = this.inputs;
    // One of the two is given: a rule of the inputs.
    const derived = ifSet(accountName, derivedTrailName, "");
    const name = local(this, "trail_name", withDefault(this.inputs.name, derived));
    const tags = local(this, "tags", withOwnerTag(this.inputs.tags, this.inputs.owner));

    this.givenName = name;
    this.allTags = tags;
    const key = this.encryptionKey(name, tags);
    const tellsEventbridge = or(get(bucketInputs, "event_notifications"), listensForDelivery(this.inputs.alarms));
    const existingBucket = get(bucketInputs, "existing_bucket");
    const policyInputs = {
      accountId,
      region,
      trailName: name,
      organization,
      prefix: get(bucketInputs, "prefix"),
      furtherTrails: get(bucketInputs, "further_trails"),
      restrictToOrganization: get(bucketInputs, "restrict_to_organization"),
      denyUnencryptedUploads: get(bucketInputs, "deny_unencrypted_uploads"),
      denyTampering: get(bucketInputs, "deny_tampering"),
      additionalPolicy: get(bucketInputs, "additional_policy"),
    };
    const logBucket = place(
      this,
      LogBucket,
      "log_bucket",
      {
        name: withDefault(get(bucketInputs, "name"), derivedLogBucketName(accountId, region)),
        ...policyInputs,
        encryption: ifSet<typeof encryption, { readonly kms_key_arn: string } | null>(
          encryption,
          () => ({ kms_key_arn: key.arn }),
          null,
        ),
        retentionDays: get(bucketInputs, "retention_days"),
        deletedLogDays: get(bucketInputs, "deleted_log_days"),
        transitions: get(bucketInputs, "transitions"),
        transitionDefaultMinimumObjectSize: get(bucketInputs, "transition_default_minimum_object_size"),
        accessLogs: get(bucketInputs, "access_logs"),
        eventNotifications: tellsEventbridge,
        forceDestroy: get(bucketInputs, "force_destroy"),
        tags,
      },
      structure,
      { when: isNull(existingBucket) },
    );
    const existing = ifPlaced(existingBucket, (bucket, when) => ({
      name: get(bucket, "name"),
      accessLogPath: get(bucket, "access_log_path"),
      tellsEventbridge: get(bucket, "event_notifications"),
      policy: place(
        this,
        LogBucketPolicy,
        "existing_log_bucket_policy",
        { bucketName: get(bucket, "name"), ...policyInputs },
        structure,
        { when },
      ).json,
    }));
    const ofBucket = <T>(made: Value<T>, brought: Value<T> | undefined): Value<T> =>
      brought === undefined ? made : choose(isNull(existingBucket), made, brought);
    const s3BucketName = local(this, "log_bucket_name", ofBucket(logBucket.bucket, existing?.name));

    const trail = place(
      this,
      Trail,
      "trail",
      {
        name,
        accountId,
        region,
        s3BucketName,
        s3KeyPrefix: get(bucketInputs, "prefix"),
        accessLogPath: ofBucket<string | null>(logBucket.accessLogPath, existing?.accessLogPath),
        kmsKeyArn: key.arn,
        organization,
        multiRegion: this.inputs.multiRegion,
        enableLogging: this.inputs.enableLogging,
        managementEvents: this.inputs.managementEvents,
        s3DataEvents: this.inputs.s3DataEvents,
        lambdaDataEvents: this.inputs.lambdaDataEvents,
        insights: this.inputs.insights,
        cloudwatchLogs: this.inputs.cloudwatchLogs,
        createTrail: this.inputs.createTrail,
        tags,
      },
      structure,
    );

    const alarms = placeAlarms(
      this,
      this.inputs,
      {
        name,
        logBucketName: s3BucketName,
        logBucketTellsEventbridge: ofBucket(tellsEventbridge, existing?.tellsEventbridge),
        logGroup: this.watchedLogGroup(trail.logGroupName),
        keyArn: key.arn,
        tags,
      },
      structure,
    );

    this.declareOutputs({
      trail_arn: { value: trail.arn },
      trail_name: { value: trail.name },
      trail_home_region: { value: trail.homeRegion },
      log_bucket_name: { value: s3BucketName },
      log_bucket_arn: { value: bucketArn(local(this, "partition", partitionOf(region)), s3BucketName) },
      log_bucket_policy: { value: ofBucket(logBucket.policy, existing?.policy) },
      access_log_bucket_name: { value: logBucket.accessLogBucket },
      encryption_key_arn: { value: key.arn },
      encryption_key_policy: { value: key.policy },
      log_group_name: { value: trail.logGroupName },
      log_group_arn: { value: trail.logGroupArn },
      cloudwatch_logs_role_arn: { value: trail.cloudwatchLogsRoleArn },
      ...alarmOutputValues(alarms),
    });
  }

  /** The log group that alarms watch: that which was made, or the existing one; null where there is none. */
  private watchedLogGroup(made: Value<string>): Value<{ readonly name: string } | null> {
    const { cloudwatchLogs } = this.inputs;
    return ifSet<typeof cloudwatchLogs, { readonly name: string } | null>(
      cloudwatchLogs,
      (chosen) => {
        const existing = get(chosen, "existing_log_group");
        return { name: ifSet<typeof existing, string>(existing, (group) => logGroupNameOf(get(group, "arn")), made) };
      },
      null,
    );
  }

  /** The key that encrypts the logs; nulls where there is none. */
  private encryptionKey(trailName: Value<string>, tags: Value<Record<string, string>>): EncryptionKeyOutputs {
    const { accountId, region, organization, logBucket, encryption, cloudwatchLogs } = this.inputs;
    return (
      ifPlaced(encryption, (chosen, when) =>
        place(
          this,
          EncryptionKey,
          "encryption_key",
          {
            accountId,
            region,
            trailName,
            organization,
            furtherTrails: get(logBucket, "further_trails"),
            logGroupName: newLogGroup(this, cloudwatchLogs, trailName).name,
            alias: get(chosen, "alias"),
            deletionWindowInDays: get(chosen, "deletion_window_in_days"),
            rotationPeriodInDays: get(chosen, "rotation_period_in_days"),
            multiRegion: get(chosen, "multi_region"),
            readers: get(chosen, "readers"),
            existingKey: get(chosen, "existing_key"),
            tags,
          },
          this.structure,
          { when },
        ),
      ) ?? NO_KEY
    );
  }

  /** The ARN of the trail. */
  get trailArn(): string {
    return outputToken(this.outputs.trail_arn);
  }

  /** The name of the trail, as it is known before the trail is there. */
  get name(): string {
    return outputToken({ value: this.givenName });
  }

  /** The tags of every resource. */
  get tags(): Readonly<Record<string, string>> {
    return outputTokens({ value: this.allTags });
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

  /** The name of the bucket for access logs, where they are kept. */
  get accessLogBucketName(): string | undefined {
    return outputTokenIfSet(this.outputs.access_log_bucket_name);
  }

  /** The ARN of the key that encrypts the logs, where there is one. */
  get encryptionKeyArn(): string | undefined {
    return outputTokenIfSet(this.outputs.encryption_key_arn);
  }

  /** The key policy, as JSON, where there is a key: of an existing key, the policy that it needs. */
  get encryptionKeyPolicy(): string | undefined {
    return outputTokenIfSet(this.outputs.encryption_key_policy);
  }

  /** The name of the log group, where one is made. */
  get logGroupName(): string | undefined {
    return outputTokenIfSet(this.outputs.log_group_name);
  }

  /** The ARN of the log group, without `:*` at its end, where events go to CloudWatch Logs. */
  get logGroupArn(): string | undefined {
    return outputTokenIfSet(this.outputs.log_group_arn);
  }

  /** The ARN of the role that delivers to the log group, where events go to CloudWatch Logs. */
  get cloudwatchLogsRoleArn(): string | undefined {
    return outputTokenIfSet(this.outputs.cloudwatch_logs_role_arn);
  }

  /** The names of the alarms and rules, by id, where there are alarms. */
  get alarmNames(): Readonly<Record<string, string>> | undefined {
    return outputTokensIfSet(this.outputs.alarm_names);
  }

  /** The ARNs of the topics that were made to tell people, by name, where there are alarms. */
  get alarmTopicArns(): Readonly<Record<string, string>> | undefined {
    return outputTokensIfSet(this.outputs.alarm_topic_arns);
  }

  /** The ARN of the key that was made for the topics, where one was. */
  get alarmTopicKeyArn(): string | undefined {
    return outputTokenIfSet(this.outputs.alarm_topic_key_arn);
  }

  /** The policy of the key of the topics, as JSON, where there is one: of an existing key, the policy that it needs. */
  get alarmTopicKeyPolicy(): string | undefined {
    return outputTokenIfSet(this.outputs.alarm_topic_key_policy);
  }

  /** The ARN of the queue for messages that could not be delivered, where there is one. */
  get alarmDeadLetterQueueArn(): string | undefined {
    return outputTokenIfSet(this.outputs.alarm_dead_letter_queue_arn);
  }

  /** The policy of that queue, as JSON. */
  get alarmDeadLetterQueuePolicy(): string | undefined {
    return outputTokenIfSet(this.outputs.alarm_dead_letter_queue_policy);
  }

  /** The name of the dashboard of the alarms, where there is one. */
  get alarmDashboardName(): string | undefined {
    return outputTokenIfSet(this.outputs.alarm_dashboard_name);
  }

  /** The patterns of the alarms whose events arrive in other regions, too, by id: what `EventForwarding` takes. */
  get alarmEventPatterns(): Readonly<Record<string, string>> | undefined {
    return outputTokensIfSet(this.outputs.alarm_event_patterns);
  }

  /** The ARN of the event bus to which other regions and accounts forward their events, where there are alarms. */
  get alarmEventBusArn(): string | undefined {
    return outputTokenIfSet(this.outputs.alarm_event_bus_arn);
  }
}
