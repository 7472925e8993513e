import { CloudwatchEventRule } from "@cdktf/provider-aws/lib/cloudwatch-event-rule";
import { CloudwatchEventTarget } from "@cdktf/provider-aws/lib/cloudwatch-event-target";
import { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import { IamRolePolicy } from "@cdktf/provider-aws/lib/iam-role-policy";
import type { Construct } from "constructs";
import { Component, local, outputToken, resource, resourceForEach, type Structure } from "../../placement";
import { EVENTBRIDGE, eventRuleArn, partitionOf, policyDocument } from "../../policy";
import { shortened, text } from "../../values";
import { stateOfRule } from "../alarms/event-alarms";
import type { EventForwardingProps } from "../props";
import { eventForwardingDefinition } from "./inputs";

export type { EventForwardingProps };

/** What remains of the 64 characters of a rule's name for that of the trail. */
const LONGEST_BEGINNING = 24;

/** The one target of each rule. */
const TARGET_ID = "alarms";

/**
 * Rules of EventBridge that forward events of a region to the event bus on which alarms watch.
 *
 * @see https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-cross-region.html
 */
export class EventForwarding extends Component<
  typeof eventForwardingDefinition.fields,
  typeof eventForwardingDefinition.outputs
> {
  static readonly definition = eventForwardingDefinition;

  /**
   * @throws InputError naming every input that is wrong, before any resource is made
   */
  constructor(scope: Construct, id: string, props: EventForwardingProps, structure: Structure = {}) {
    super(scope, id, eventForwardingDefinition, props, structure);
    const { accountId, region, eventPatterns, eventBusArn, tags } = this.inputs;
    const trail = local(this, "short_name", shortened(this.inputs.name, LONGEST_BEGINNING));
    const beginning = text`${trail}-forward`;
    const partition = local(this, "partition", partitionOf(region));
    const rulesArn = local(
      this,
      "rule_arns",
      eventRuleArn({ partition, region, accountId, name: text`${beginning}-*` }),
    );

    const role = resource(
      this,
      IamRole,
      "event_forwarding",
      {
        // Roles are named within an account, whatever the region.
        name: text`${beginning}-${region}`,
        description: text`Forwards events of ${region} to the alarms of the trail ${this.inputs.name}`,
        assumeRolePolicy: policyDocument({
          Sid: "AllowEventBridge",
          Effect: "Allow",
          Principal: EVENTBRIDGE,
          Action: "sts:AssumeRole",
          Condition: { StringEquals: { "aws:SourceAccount": accountId }, ArnLike: { "aws:SourceArn": rulesArn } },
        }),
        tags,
      },
      { comment: "EventBridge may put events on a bus of another region, or account, only with a role." },
    );
    const rolePolicy = resource(this, IamRolePolicy, "event_forwarding", {
      name: "forward-events",
      role: role.attribute("name"),
      policy: policyDocument({
        Sid: "ForwardEvents",
        Effect: "Allow",
        Action: "events:PutEvents",
        Resource: eventBusArn,
      }),
    });
    const rules = resourceForEach(this, CloudwatchEventRule, "forwarded", eventPatterns, (pattern, id) => ({
      name: text`${beginning}-${id}`,
      description: text`Forwards events to the alarm ${id} of the trail ${this.inputs.name}`,
      eventPattern: pattern,
      // Patterns of calls that write match the same: no others have their names.
      state: stateOfRule(true),
      tags,
    }));
    resourceForEach(
      this,
      CloudwatchEventTarget,
      "forwarded",
      eventPatterns,
      (_, id) => ({
        rule: rules.attribute(id, "name"),
        targetId: TARGET_ID,
        arn: eventBusArn,
        roleArn: role.attribute("arn"),
      }),
      { dependsOn: [rolePolicy] },
    );
    this.declareOutputs({ role_arn: { value: role.attribute("arn"), after: [rolePolicy] } });
  }

  /** The ARN of the role with which EventBridge forwards the events, once it may do so. */
  get roleArn(): string {
    return outputToken(this.outputs.role_arn);
  }
}
