import { CloudwatchEventPermission } from "@cdktf/provider-aws/lib/cloudwatch-event-permission";
import type { Construct } from "constructs";
import { resource } from "../../placement";
import { get, ifSet, type Value } from "../../values";
import type { AlarmsInputs } from "./alarm";
import { nameOfRule } from "./event-alarms";

/**
 * Lets the accounts of the organization send events to the event bus on which the alarms watch, where that is chosen.
 *
 * @see https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-cross-account.html
 */
export function acceptOrganization(scope: Construct, inputs: AlarmsInputs): void {
  const { organization, acceptOrganization: when } = inputs;
  const organizationId = ifSet<typeof organization, string | null>(organization, (member) => get(member, "id"), null);
  resource(
    scope,
    CloudwatchEventPermission,
    "organization",
    {
      statementId: nameOfRule(inputs, "organization"),
      principal: "*",
      condition: { type: "StringEquals", key: "aws:PrincipalOrgID", value: organizationId as Value<string> },
    },
    { when, comment: "A statement beside others: the policy of the event bus may have those of other people." },
  );
}
