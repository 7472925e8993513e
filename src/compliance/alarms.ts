import { type CatalogueEntry, type MonitoringId, monitoringAlarms } from "../components/alarms/catalogue";
import { topicArn } from "../policy";
import { blocks, listed, type Resource, refersTo, type Stack } from "../stacks/stack";
import { jsonencode, type Value } from "../values";

/** The entries of the catalogue in all the forms that its options give them. */
const FORMS: readonly Readonly<Record<MonitoringId, CatalogueEntry>>[] = [true, false].flatMap((singleSignOn) =>
  [true, false].map((modifySecurityGroupRules) => monitoringAlarms({ singleSignOn, modifySecurityGroupRules })),
);

/** The monitoring controls as the catalogue has them. */
export const monitoringEntries = FORMS[0] as Readonly<Record<MonitoringId, CatalogueEntry>>;

/** The ids of the monitoring controls. */
export const monitoringIds = Object.keys(monitoringEntries) as readonly MonitoringId[];

/** Whether a pattern for CloudWatch Logs is that of the catalogue, in one of its forms. */
export function isFilterPattern(id: MonitoringId, pattern: unknown): boolean {
  return FORMS.some((entries) => entries[id].filterPattern === pattern);
}

/** Whether a pattern for EventBridge is that of the catalogue, in one of its forms. */
export function isEventPattern(id: MonitoringId, pattern: unknown): boolean {
  return FORMS.some((entries) => jsonencode(entries[id].eventPattern as Value<unknown>) === pattern);
}

/** The metric filter of an alarm. */
export function filterOf(stack: Stack, id: string): Resource | undefined {
  return stack.at(`aws_cloudwatch_log_metric_filter.alarm_${id}`);
}

/** The rule of EventBridge of an alarm. */
export function eventRuleOf(stack: Stack, id: string): Resource | undefined {
  return stack.at(`aws_cloudwatch_event_rule.alarm_${id}`);
}

/** Whether anybody watches by metric or by event. */
export function hasAlarms(stack: Stack): boolean {
  return monitoringIds.some((id) => filterOf(stack, id) !== undefined || eventRuleOf(stack, id) !== undefined);
}

/** The alarms on the metric that a filter makes. */
export function alarmsOn(stack: Stack, filter: Resource): readonly Resource[] {
  const [metric] = blocks(filter.arguments.metric_transformation);
  return stack
    .of("aws_cloudwatch_metric_alarm")
    .filter(
      ({ arguments: alarm }) =>
        metric !== undefined && alarm.metric_name === metric.name && alarm.namespace === metric.namespace,
    );
}

/** Whether an alarm does what it is there for: somebody who knows nothing of it is told. */
export function isOn({ arguments: alarm }: Resource): boolean {
  return alarm.actions_enabled !== false && listed(alarm.alarm_actions).length > 0;
}

/** Who hears of what is sent to a topic: somebody, nobody, or who cannot be seen from here. */
export type Audience = "somebody" | "nobody" | "unseen";

/** Who hears of what is sent to one of some topics, which are given by their ARNs. */
export function audienceOf(stack: Stack, arns: readonly unknown[]): Audience {
  const audiences = arns.map((arn): Audience => {
    const made = stack.of("aws_sns_topic").find((topic) => refersTo(arn, topic) || arnOfTopic(stack, topic) === arn);
    const subscriptions =
      made === undefined
        ? stack.of("aws_sns_topic_subscription").filter((each) => each.arguments.topic_arn === arn)
        : stack.belongingTo(made, "aws_sns_topic_subscription", "topic_arn");
    // Of a topic that is there already, the subscribers are, too.
    return subscriptions.length > 0 ? "somebody" : made === undefined ? "unseen" : "nobody";
  });
  return audiences.includes("somebody") ? "somebody" : audiences.includes("unseen") ? "unseen" : "nobody";
}

/** Alarms name their topics by ARNs that are known before the topics exist. */
function arnOfTopic({ partition, region, accountId }: Stack, topic: Resource): unknown {
  return topicArn({ partition, region, accountId, name: String(topic.arguments.name) });
}

/** The targets of a rule of EventBridge, or the alarm that counts how often it matches. */
export function targetsOf(stack: Stack, rule: Resource, id: string): readonly Resource[] {
  const counting = stack.at(`aws_cloudwatch_metric_alarm.counted_event_${id}`);
  return [
    ...stack.belongingTo(rule, "aws_cloudwatch_event_target", "rule"),
    ...(counting !== undefined && isOn(counting) ? [counting] : []),
  ];
}
