import { CloudwatchLogMetricFilter } from "@cdktf/provider-aws/lib/cloudwatch-log-metric-filter";
import { CloudwatchMetricAlarm } from "@cdktf/provider-aws/lib/cloudwatch-metric-alarm";
import type { Construct } from "constructs";
import { resourceForEach } from "../../placement";
import { get, text, type Value } from "../../values";
import { type Alarm, type AlarmsInputs, countedCalls, description } from "./alarm";

/** The namespace of the metrics that are made of events. */
export const METRIC_NAMESPACE = "AuditTrail";

/** The name of an alarm. Scanners want that of its filter and of its metric to be the same. */
export function nameOfAlarm(trailName: Value<string>, id: Value<string>): Value<string> {
  return text`${trailName}-${id}`;
}

/**
 * The alarms that watch by metric: a filter of the log group counts matching events, an alarm looks at the count.
 *
 * @see https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudwatch-alarms-for-cloudtrail.html
 */
export function metricAlarms(
  scope: Construct,
  inputs: AlarmsInputs,
  watching: Value<Record<string, Alarm>>,
  logGroupName: Value<string>,
): void {
  const { name } = inputs;
  const filters = resourceForEach(scope, CloudwatchLogMetricFilter, "alarm", watching, (alarm, id) => ({
    name: nameOfAlarm(name, id),
    logGroupName,
    pattern: get(alarm, "filter_pattern"),
    metricTransformation: { name: nameOfAlarm(name, id), namespace: METRIC_NAMESPACE, value: "1" },
  }));
  resourceForEach(
    scope,
    CloudwatchMetricAlarm,
    "alarm",
    watching,
    (alarm, id) => ({
      alarmName: nameOfAlarm(name, id),
      alarmDescription: description(alarm),
      namespace: METRIC_NAMESPACE,
      metricName: nameOfAlarm(name, id),
      ...countedCalls(inputs, alarm),
    }),
    { dependsOn: [filters] },
  );
}
