import { CloudwatchDashboard } from "@cdktf/provider-aws/lib/cloudwatch-dashboard";
import type { Construct } from "constructs";
import { type Placed, resource } from "../../placement";
import { alarmArn } from "../../policy";
import { choose, forEachEntry, get, jsonencode, replaced, text, type Value } from "../../values";
import type { Alarm, AlarmsInputs } from "./alarm";
import { EVENTS_NAMESPACE, MATCHES_METRIC, nameOfRule } from "./event-alarms";
import { METRIC_NAMESPACE, nameOfAlarm } from "./metric-alarms";

const FULL_WIDTH = 24;
const HEIGHT = 8;

/**
 * The dashboard of the alarms: the state of those of CloudWatch, and how often each kind of event came.
 *
 * @param shown what it shows, and is made after
 * @returns its name; null where there is none
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
  const counts = (title: string, y: number, metrics: Value<readonly unknown[]>): object => ({
    type: "metric",
    x: 0,
    y,
    width: FULL_WIDTH,
    height: HEIGHT,
    properties: { title, region, stat: "Sum", period: 300, view: "timeSeries", metrics },
  });
  const placed = resource(
    scope,
    CloudwatchDashboard,
    "alarms",
    {
      dashboardName: name,
      dashboardBody: jsonencode({
        widgets: [
          {
            type: "alarm",
            x: 0,
            y: 0,
            width: FULL_WIDTH,
            height: HEIGHT,
            properties: {
              title: "Alarms that watch by metric",
              alarms: forEachEntry<Alarm, string>(byMetric, ["id", "alarm"], (id) =>
                alarmArn({ partition, region, accountId, name: nameOfAlarm(trailName, id) }),
              ),
            },
          },
          counts(
            "Calls that were watched by metric",
            HEIGHT,
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
          counts(
            "Calls that were watched by event",
            2 * HEIGHT,
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
        ],
      } as unknown as Value<unknown>),
    },
    { when: inputs.dashboard, dependsOn: shown },
  );
  return choose<string | null>(inputs.dashboard, placed.attribute("dashboard_name"), null) as Value<string>;
}
