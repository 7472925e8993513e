import { CloudwatchDashboard } from "@cdktf/provider-aws/lib/cloudwatch-dashboard";
import type { Construct } from "constructs";
import { type Placed, resource } from "../../placement";
import { alarmArn } from "../../policy";
import {
  atLeast,
  choose,
  forEachEntry,
  get,
  jsonencode,
  length,
  listOf,
  onlyIf,
  replaced,
  text,
  type Value,
} from "../../values";
import type { Alarm, AlarmsInputs } from "./alarm";
import { EVENTS_NAMESPACE, MATCHES_METRIC, nameOfRule } from "./event-alarms";
import { METRIC_NAMESPACE, nameOfAlarm } from "./metric-alarms";

const FULL_WIDTH = 24;
const HEIGHT = 8;

/**
 * The dashboard of the alarms: the state of those of CloudWatch, and how often each kind of event came. CloudWatch refuses
 * a widget that has nothing to show.
 *
 * @param shown what it shows, and is made after
 * @returns its name; null where there is none
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/CloudWatch-Dashboard-Body-Structure.html
 */
export function dashboard(
  scope: Construct,
  inputs: AlarmsInputs,
  byMetric: Value<Record<string, Alarm>>,
  byEvent: Value<Record<string, Alarm>>,
  partition: Value<string>,
  shown: readonly Placed[],
): Value<string> {
  const { accountId, region, name: trailName } = inputs;
  const name = text`${replaced(trailName, ".", "-")}-alarms`;
  const counts = (title: string, metrics: Value<readonly unknown[]>): Value<object> =>
    ({
      type: "metric",
      width: FULL_WIDTH,
      height: HEIGHT,
      properties: { title, region, stat: "Sum", period: 300, view: "timeSeries", metrics },
    }) as Value<object>;
  const hasAny = (alarms: Value<Record<string, Alarm>>): Value<boolean> => atLeast(length(alarms), 1);
  const placed = resource(
    scope,
    CloudwatchDashboard,
    "alarms",
    {
      dashboardName: name,
      dashboardBody: jsonencode({
        widgets: listOf<object>(
          onlyIf(hasAny(byMetric), {
            type: "alarm",
            width: FULL_WIDTH,
            height: HEIGHT,
            properties: {
              title: "Alarms that watch by metric",
              alarms: forEachEntry<Alarm, string>(byMetric, ["id", "alarm"], (id) =>
                alarmArn({ partition, region, accountId, name: nameOfAlarm(trailName, id) }),
              ),
            },
          } as Value<object>),
          onlyIf(
            hasAny(byMetric),
            counts(
              "Calls that were watched by metric",
              forEachEntry<Alarm, unknown>(
                byMetric,
                ["id", "alarm"],
                (id, alarm) =>
                  [
                    METRIC_NAMESPACE,
                    nameOfAlarm(trailName, id),
                    { label: get(alarm, "title") },
                  ] as unknown as Value<unknown>,
              ),
            ),
          ),
          onlyIf(
            hasAny(byEvent),
            counts(
              "Calls that were watched by event",
              forEachEntry<Alarm, unknown>(
                byEvent,
                ["id", "alarm"],
                (id, alarm) =>
                  [
                    EVENTS_NAMESPACE,
                    MATCHES_METRIC,
                    "RuleName",
                    nameOfRule(inputs, id),
                    { label: get(alarm, "title") },
                  ] as unknown as Value<unknown>,
              ),
            ),
          ),
        ),
      } as unknown as Value<unknown>),
    },
    { when: inputs.dashboard, dependsOn: shown },
  );
  return choose<string | null>(inputs.dashboard, placed.attribute("dashboard_name"), null) as Value<string>;
}
