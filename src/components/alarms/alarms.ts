import type { Construct } from "constructs";
import { Component, local, outputToken, outputTokenIfSet, outputTokens, type Structure } from "../../placement";
import { eventBusArn, partitionOf } from "../../policy";
import { get, ifSet, mapValues, not } from "../../values";
import type { AlarmsProps } from "../props";
import { type Alarm, alarmsOf, byWatch, watchingBy } from "./alarm";
import { isAboutTrail } from "./catalogue";
import { dashboard } from "./dashboard";
import { beginningOfRuleNames, eventAlarms, nameOfRule } from "./event-alarms";
import { alarmsDefinition } from "./inputs";
import { metricAlarms, nameOfAlarm } from "./metric-alarms";
import { acceptOrganization } from "./organization";
import { rateAlarms } from "./rates";
import { silenceAlarms } from "./silence";

export type { AlarmsProps };

/**
 * Alarms on what CloudTrail records, by metric filters of CloudWatch Logs or by rules of EventBridge.
 *
 * @see https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudwatch-alarms-for-cloudtrail.html
 */
export class Alarms extends Component<typeof alarmsDefinition.fields, typeof alarmsDefinition.outputs> {
  static readonly definition = alarmsDefinition;

  /**
   * @throws InputError naming every input that is wrong, before any resource is made
   */
  constructor(scope: Construct, id: string, props: AlarmsProps, structure: Structure = {}) {
    super(scope, id, alarmsDefinition, props, structure);
    const { accountId, region, name } = this.inputs;
    const partition = local(this, "partition", partitionOf(region));
    const { logGroup } = this.inputs;
    const logGroupName = local(
      this,
      "log_group_name",
      ifSet<typeof logGroup, string>(logGroup, (group) => get(group, "name"), ""),
    );
    const inputs = {
      ...this.inputs,
      ruleNamesBeginWith: local(this, "rule_names_begin_with", beginningOfRuleNames(name)),
    };
    const alarms = alarmsOf(this, inputs, partition, logGroupName);

    const byMetric = local(this, "metric_alarms", watchingBy("metric", alarms));
    const byEvent = local(this, "event_alarms", watchingBy("event", alarms));

    const alarmsByMetric = metricAlarms(this, inputs, byMetric, logGroupName);
    const rules = eventAlarms(this, inputs, byEvent);
    acceptOrganization(this, inputs);
    rateAlarms(this, inputs, logGroupName);
    silenceAlarms(this, inputs, logGroupName);

    this.declareOutputs({
      alarm_names: {
        value: mapValues<Alarm, string>(alarms, ["id", "alarm"], (alarm, alarmId) =>
          byWatch(get(alarm, "watch"), nameOfAlarm(name, alarmId), nameOfRule(inputs, alarmId)),
        ),
      },
      event_patterns: {
        value: mapValues<Alarm, string>(
          byEvent,
          ["id", "alarm"],
          (alarm) => get(alarm, "event_pattern"),
          (_, alarmId) => not(isAboutTrail(alarmId)),
        ),
      },
      event_bus_arn: { value: eventBusArn({ partition, region, accountId, name: "default" }) },
      dashboard_name: { value: dashboard(this, inputs, byMetric, byEvent, partition, [alarmsByMetric, rules]) },
    });
  }

  /** The names of the alarms and rules, by id. */
  get alarmNames(): Readonly<Record<string, string>> {
    return outputTokens(this.outputs.alarm_names);
  }

  /** The patterns of the alarms whose events arrive in other regions, too, by id: what `EventForwarding` takes. */
  get eventPatterns(): Readonly<Record<string, string>> {
    return outputTokens(this.outputs.event_patterns);
  }

  /** The ARN of the event bus to which other regions and accounts forward their events. */
  get eventBusArn(): string {
    return outputToken(this.outputs.event_bus_arn);
  }

  /** The name of the dashboard, where there is one. */
  get dashboardName(): string | undefined {
    return outputTokenIfSet(this.outputs.dashboard_name);
  }
}
