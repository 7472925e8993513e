import { CloudwatchEventRule } from "@cdktf/provider-aws/lib/cloudwatch-event-rule";
import { CloudwatchMetricAlarm } from "@cdktf/provider-aws/lib/cloudwatch-metric-alarm";
import type { Construct } from "constructs";
import { local, resource, resourceForEach } from "../../placement";
import { and, entriesWhere, get, jsonencode, text, type Value } from "../../values";
import { type AlarmsInputs, byWatch, topicsFor } from "./alarm";
import { EVENTS_NAMESPACE, MATCHES_METRIC, nameOfRule } from "./event-alarms";
import { nameOfAlarm } from "./metric-alarms";
import { ALL_CALLS } from "./rates";

/** Something that never falls silent while all is well. */
interface Source {
  readonly title: string;
  readonly namespace: string;
  readonly metric_name: string;
  readonly dimensions: Readonly<Record<string, string>>;
  readonly listened: boolean;
}

const HOUR_SECONDS = 3600;
const DELIVERY = "delivery";

/**
 * Alarms on silence: that no event came, and that no log was delivered to the log bucket.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/alarms-and-missing-data.html
 */
export function silenceAlarms(scope: Construct, inputs: AlarmsInputs, logGroupName: Value<string>): void {
  const { name, watch, silence, logBucketName, logBucketTellsEventbridge, tags } = inputs;
  const delivery = local(scope, "listens_for_delivery", and(get(silence, "delivery"), logBucketTellsEventbridge));
  const rule = resource(
    scope,
    CloudwatchEventRule,
    "delivery",
    {
      name: nameOfRule(inputs, DELIVERY),
      description: text`Counts the logs that are delivered to ${logBucketName}`,
      eventPattern: jsonencode({
        source: ["aws.s3"],
        "detail-type": ["Object Created"],
        detail: { bucket: { name: [logBucketName] } },
      } as unknown as Value<unknown>),
      tags,
    },
    { when: delivery },
  );
  const sources = local(
    scope,
    "silences",
    entriesWhere<Source>(
      {
        no_events: {
          title: "CloudTrail told of no event",
          namespace: byWatch(watch, "AWS/Logs", EVENTS_NAMESPACE),
          metric_name: byWatch(watch, "IncomingLogEvents", MATCHES_METRIC),
          dimensions: byWatch<Record<string, string>>(
            watch,
            { LogGroupName: logGroupName },
            { RuleName: nameOfRule(inputs, ALL_CALLS) },
          ),
          listened: get(silence, "events"),
        },
        no_delivery: {
          title: text`CloudTrail delivered no log to ${logBucketName}`,
          namespace: EVENTS_NAMESPACE,
          metric_name: MATCHES_METRIC,
          dimensions: { RuleName: nameOfRule(inputs, DELIVERY) },
          listened: delivery,
        },
      } as Value<Record<string, Source>>,
      ["id", "silence"],
      (source) => get(source, "listened"),
    ),
  );
  resourceForEach(
    scope,
    CloudwatchMetricAlarm,
    "silence",
    sources,
    (source, id) => ({
      alarmName: nameOfAlarm(name, id),
      alarmDescription: text`${get(source, "title")} for ${get(silence, "hours")} hours. Look whether the trail is stopped.`,
      evaluationPeriods: get(silence, "hours"),
      comparisonOperator: "LessThanThreshold",
      threshold: 1,
      // Where there never was data, nothing is filled in.
      treatMissingData: "breaching",
      metricQuery: [
        {
          id: "told",
          metric: {
            namespace: get(source, "namespace"),
            metricName: get(source, "metric_name"),
            dimensions: get(source, "dimensions") as Value<Record<string, string>>,
            period: HOUR_SECONDS,
            stat: "Sum",
          },
        },
        {
          id: "each_hour",
          label: "Each hour",
          // Hours without data are left out of the evaluation as long as there is older data, so they count as zero.
          expression: "FILL(told, 0)",
          returnData: true,
        },
      ],
      alarmActions: topicsFor(inputs, get(silence, "severity")),
      tags,
    }),
    { dependsOn: [rule] },
  );
}
