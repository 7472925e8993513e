import type { MonitoringId } from "../../components/alarms/catalogue";
import {
  alarmsOn,
  eventRuleOf,
  filterOf,
  hasAlarms,
  isEventPattern,
  isFilterPattern,
  isOn,
  monitoringIds,
  targetsOf,
} from "../alarms";
import type { Stack } from "../stack";
import type { Finding, Rule } from "./rule";

/** Everything that CIS wants somebody to be told of is watched, up to whom it is told. */
export const alarmsAreComplete: Rule = {
  id: "alarms-are-complete",
  title: "Every alarm of the catalogue is there, and tells a topic",
  findings: (stack) =>
    hasAlarms(stack)
      ? monitoringIds.flatMap((id) => incompleteAlarm(stack, id))
      : [{ resource: "aws_cloudwatch_metric_alarm", message: "is missing, and so is every rule of EventBridge" }],
};

function incompleteAlarm(stack: Stack, id: MonitoringId): readonly Finding[] {
  const filter = filterOf(stack, id);
  if (filter !== undefined) {
    return alarmsOn(stack, filter).some(isOn)
      ? []
      : [{ resource: filter.address, message: "has no alarm that tells a topic" }];
  }
  const rule = eventRuleOf(stack, id);
  if (rule === undefined) {
    return [{ resource: `aws_cloudwatch_event_rule.alarm_${id}`, message: "is missing, and so is a metric filter" }];
  }
  return targetsOf(stack, rule, id).length > 0 ? [] : [{ resource: rule.address, message: "tells no topic" }];
}

/** Alarms look for what the catalogue says, to the letter: a pattern with a slip in it is silent for ever. */
export const patternsAreThose: Rule = {
  id: "patterns-are-of-the-catalogue",
  title: "Every alarm of the catalogue has the pattern of the catalogue",
  findings: (stack) =>
    monitoringIds.flatMap((id) => {
      const filter = filterOf(stack, id);
      const rule = eventRuleOf(stack, id);
      return [
        ...(filter === undefined || isFilterPattern(id, stack.text(filter.arguments.pattern))
          ? []
          : [{ resource: filter.address, message: "has another pattern than that of the catalogue" }]),
        ...(rule === undefined || isEventPattern(id, stack.text(rule.arguments.event_pattern))
          ? []
          : [{ resource: rule.address, message: "has another pattern than that of the catalogue" }]),
      ];
    }),
};
