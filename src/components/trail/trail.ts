import { Cloudtrail } from "@cdktf/provider-aws/lib/cloudtrail";
import type { ITerraformDependable } from "cdktf";
import type { Construct } from "constructs";
import { Component, local, outputToken, outputTokenIfSet, resource, type Structure, wantName } from "../../placement";
import { partitionOf, trailArn, trailOwner } from "../../policy";
import { choose, isNull, not, text, type Value } from "../../values";
import { accountCheck } from "../account-check";
import type { TrailProps } from "../props";
import { cloudWatchLogs } from "./cloudwatch-logs";
import { eventSelectors, insightSelectors } from "./event-selectors";
import { trailDefinition } from "./inputs";

export type { TrailProps };

/** How a trail is built, beside its inputs. */
export interface TrailStructure extends Structure {
  /**
   * What has to exist before the trail, beyond what its inputs refer to, such as the policy of an existing bucket or key
   * that is made in the same stack: AWS refuses a trail that could not deliver. Default: nothing.
   */
  readonly dependsOn?: readonly ITerraformDependable[];
}

/**
 * One CloudTrail trail, with its delivery to CloudWatch Logs.
 *
 * @see https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-create-and-update-a-trail.html
 */
export class Trail extends Component<typeof trailDefinition.fields, typeof trailDefinition.outputs> {
  static readonly definition = trailDefinition;

  /**
   * @throws InputError naming every input that is wrong, before any resource is made
   */
  constructor(scope: Construct, id: string, props: TrailProps, structure: TrailStructure = {}) {
    super(scope, id, trailDefinition, props, structure);
    const { name, region, organization, multiRegion, createTrail, tags } = this.inputs;
    const partition = local(this, "partition", partitionOf(region));
    const arn = local(
      this,
      "trail_arn",
      trailArn({
        partition,
        region,
        accountId: local(this, "trail_account_id", trailOwner(organization, this.inputs.accountId)),
        name,
      }),
    );
    if (createTrail !== false) {
      wantName(this, "trail", name, text`${region} of ${this.inputs.accountId}`);
    }
    const logs = cloudWatchLogs(this, this.inputs, { partition, trailArn: arn });

    const trail = resource(
      this,
      Cloudtrail,
      "trail",
      {
        name,
        s3BucketName: this.inputs.s3BucketName,
        s3KeyPrefix: this.inputs.s3KeyPrefix,
        kmsKeyId: this.inputs.kmsKeyArn,
        cloudWatchLogsGroupArn: logs.logStreams,
        cloudWatchLogsRoleArn: logs.roleArn,
        isMultiRegionTrail: multiRegion,
        includeGlobalServiceEvents: multiRegion,
        isOrganizationTrail: not(isNull(organization)),
        enableLogging: this.inputs.enableLogging,
        enableLogFileValidation: true,
        tags,
        advancedEventSelector: eventSelectors(this, this.inputs, partition),
        insightSelector: insightSelectors(this.inputs.insights),
      },
      {
        when: createTrail,
        dependsOn: [...logs.before, { elements: structure.dependsOn ?? [] }],
        lifecycle: { preconditions: accountCheck(this, this.inputs.accountId, structure) },
        comment:
          "Management events have a selector of their own also where they alone are recorded: the provider cannot take the\n" +
          "last selector off a trail. The delivery of logs is no event to record, as that would never end.",
      },
    );

    this.declareOutputs({
      arn: { value: choose(createTrail, trail.attribute("arn"), arn) },
      name: { value: choose(createTrail, trail.attribute("name"), name) },
      home_region: { value: choose(createTrail, trail.attribute("home_region"), region) },
      log_group_name: { value: logs.logGroupName as Value<string> },
      log_group_arn: { value: logs.logGroupArn as Value<string> },
      cloudwatch_logs_role_arn: { value: logs.roleArn as Value<string>, after: logs.before },
    });
  }

  /** The ARN of the trail. */
  get arn(): string {
    return outputToken(this.outputs.arn);
  }

  /** The name of the trail. */
  get name(): string {
    return outputToken(this.outputs.name);
  }

  /** The region in which the trail was made and can be changed. */
  get homeRegion(): string {
    return outputToken(this.outputs.home_region);
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
}
