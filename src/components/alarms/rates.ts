import { CloudwatchEventRule } from "@cdktf/provider-aws/lib/cloudwatch-event-rule";
import { CloudwatchLogMetricFilter } from "@cdktf/provider-aws/lib/cloudwatch-log-metric-filter";
import { CloudwatchMetricAlarm } from "@cdktf/provider-aws/lib/cloudwatch-metric-alarm";
import type { Construct } from "constructs";
import { json, local, resourceForEach } from "../../placement";
import { choose, entriesWhere, equals, get, or, text, type Value } from "../../values";
import { type AlarmsInputs, byWatch, topicsFor } from "./alarm";
import { EVENTS_NAMESPACE, MATCHES_METRIC, nameOfRule, stateOfRule } from "./event-alarms";
import { METRIC_NAMESPACE, nameOfAlarm } from "./metric-alarms";

/** Something whose rate is measured. */
interface Measure {
  readonly title: string;
  readonly filter_pattern: string;
  readonly event_pattern: string;
  /** Whether it is measured. */
  readonly measured: boolean;
  /** Whether an unusual rate raises an alarm. */
  readonly alarmed: boolean;
}

/** The id of what counts all calls. */
export const ALL_CALLS = "call_rate";

/** An hour: shorter rates vary too much to say what is usual. */
const PERIOD_SECONDS = 3600;

/**
 * Alarms on unusual rates of calls and of errors, which CloudWatch learns from the two weeks before.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch_Anomaly_Detection.html
 */
export function rateAlarms(scope: Construct, inputs: AlarmsInputs, logGroupName: Value<string>): void {
  const { name, watch, rates, silence, tags } = inputs;
  const listensForSilence = get(silence, "events");
  const measures = local(
    scope,
    "rates",
    entriesWhere<Measure>(
      {
        [ALL_CALLS]: {
          title: "The rate of calls is unusual",
          filter_pattern: '{ $.eventName = "*" }',
          event_pattern: json(scope, { "detail-type": ["AWS API Call via CloudTrail"] }),
          measured: or(get(rates, "calls"), byWatch(watch, false as Value<boolean>, listensForSilence)),
          alarmed: get(rates, "calls"),
        },
        error_rate: {
          title: "The rate of errors is unusual",
          filter_pattern: '{ $.errorCode = "*" }',
          event_pattern: json(scope, {
            "detail-type": ["AWS API Call via CloudTrail"],
            detail: { errorCode: [{ exists: true }] },
          }),
          measured: get(rates, "errors"),
          alarmed: get(rates, "errors"),
        },
      } as Value<Record<string, Measure>>,
      ["id", "rate"],
      (rate) => get(rate, "measured"),
    ),
  );
  const where = (holds: (rate: Value<Measure>) => Value<boolean>): Value<Record<string, Measure>> =>
    entriesWhere<Measure>(measures, ["id", "rate"], holds);

  const filters = resourceForEach(
    scope,
    CloudwatchLogMetricFilter,
    "rate",
    where(() => equals(watch, "metric")),
    (rate, id) => ({
      name: nameOfAlarm(name, id),
      logGroupName,
      pattern: get(rate, "filter_pattern"),
      metricTransformation: { name: nameOfAlarm(name, id), namespace: METRIC_NAMESPACE, value: "1" },
    }),
  );
  const rules = resourceForEach(
    scope,
    CloudwatchEventRule,
    "rate",
    where(() => equals(watch, "event")),
    (rate, id) => ({
      name: nameOfRule(inputs, id),
      description: text`Counts for the alarm: ${get(rate, "title")}`,
      eventPattern: get(rate, "event_pattern"),
      state: stateOfRule(true),
      tags,
    }),
  );
  const deviations = get(rates, "deviations");
  resourceForEach(
    scope,
    CloudwatchMetricAlarm,
    "rate",
    where((rate) => get(rate, "alarmed")),
    (rate, id) => ({
      alarmName: nameOfAlarm(name, id),
      alarmDescription: text`${get(rate, "title")}. Look for what calls so much, or whom nothing lets in.`,
      comparisonOperator: "GreaterThanUpperThreshold",
      evaluationPeriods: 1,
      thresholdMetricId: "usual",
      treatMissingData: "notBreaching",
      alarmActions: topicsFor(inputs, get(rates, "severity")),
      tags,
      metricQuery: [
        {
          id: "rate",
          returnData: true,
          metric: {
            namespace: byWatch(watch, METRIC_NAMESPACE, EVENTS_NAMESPACE),
            metricName: byWatch(watch, nameOfAlarm(name, id), MATCHES_METRIC),
            dimensions: choose(equals(watch, "metric"), null, {
              RuleName: nameOfRule(inputs, id),
            }) as Value<Record<string, string> | null>,
            period: PERIOD_SECONDS,
            stat: "Sum",
          },
        },
        {
          id: "usual",
          label: "Usual",
          expression: text`ANOMALY_DETECTION_BAND(rate, ${deviations})`,
          returnData: true,
        },
      ],
    }),
    { dependsOn: [filters, rules] },
  );
}
