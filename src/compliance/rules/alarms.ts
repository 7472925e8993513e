import { type AlarmId, alarmIdsWith } from "../../components/alarms/catalogue";
import type { Stack } from "../../stacks/stack";
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
import type { Finding, Rule } from "./rule";
import { trailOf } from "./trail";

/** Everything in the catalogue is watched, attacks on the parts that the trail has included, up to whom it is told. */
export const alarmsAreComplete: Rule = {
  id: "alarms-are-complete",
  title: "Every alarm of the catalogue is there, and tells a topic",
  findings: (stack) =>
    hasAlarms(stack)
      ? expectedAlarms(stack).flatMap((id) => incompleteAlarm(stack, id))
      : [{ resource: "aws_cloudwatch_metric_alarm", message: "is missing, and so is every rule of EventBridge" }],
};

/** The alarms of the catalogue, but those on parts that the trail does not have. */
function expectedAlarms(stack: Stack): readonly AlarmId[] {
  const { kms_key_id: key, cloud_watch_logs_group_arn: group } = trailOf(stack)?.arguments ?? {};
  return alarmIdsWith({ hasKey: key !== undefined, hasLogGroup: group !== undefined });
}

function incompleteAlarm(stack: Stack, id: AlarmId): readonly Finding[] {
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

/**
 * What CIS wants to be watched is what is looked for, to the letter: a pattern with a slip in it is silent for ever. The
 * patterns of attacks on the trail name its parts, of which some are known only once they are made.
 */
export const patternsAreThose: Rule = {
  id: "patterns-are-of-the-catalogue",
  title: "Every alarm that CIS wants has the pattern of the catalogue",
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
