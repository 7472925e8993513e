import type { Construct } from "constructs";
import type { InputValues } from "../../inputs";
import { json, local, table } from "../../placement";
import { topicArn, trailArn, trailOwner } from "../../policy";
import {
  choose,
  coalesce,
  contains,
  entriesWhere,
  equals,
  forEachEntry,
  get,
  getOfEntry,
  ifSet,
  mapValues,
  merge,
  text,
  type Value,
  withDefault,
} from "../../values";
import { topicNamesBeginWith } from "../alarm-topics/alarm-topics";
import { monitoringAlarms, tamperAlarms } from "./catalogue";
import type { alarmsDefinition } from "./inputs";

export type AlarmsInputs = InputValues<typeof alarmsDefinition.fields> & {
  /** What the names of rules begin with, before a hyphen and an id. */
  readonly ruleNamesBeginWith: Value<string>;
};

/** An alarm with everything that was chosen about it. */
export interface Alarm {
  readonly title: string;
  readonly why: string;
  /** By what it watches: `metric` or `event`. */
  readonly watch: string;
  readonly severity: string;
  readonly threshold: number;
  readonly period: number;
  readonly filter_pattern: string;
  readonly event_pattern: string;
  readonly read_only: boolean;
}

/** An entry of the catalogue by Terraform's names, or an alarm of the user's. */
type Entry = Omit<Alarm, "watch"> & { readonly watch: string | null };

/** The alarms of the catalogue as they were changed, and those of the user. */
export function alarmsOf(
  scope: Construct,
  inputs: AlarmsInputs,
  partition: Value<string>,
  logGroupName: Value<string>,
): Value<Record<string, Alarm>> {
  const entries = local(
    scope,
    "known_alarms",
    merge<Entry>(
      catalogue(scope, inputs),
      mapValues<Tamper, Entry>(
        tamperCatalogue(scope, inputs, partition, logGroupName),
        ["id", "alarm"],
        (alarm) => alarm as Value<Entry>,
        (alarm) => get(alarm, "applies"),
      ),
      inputs.ownAlarms as Value<Record<string, Entry>>,
    ),
  );
  const changes = inputs.changedAlarms as Value<Record<string, Partial<Entry> & { readonly enabled: boolean }>>;
  const changed = <K extends keyof Alarm>(id: Value<string>, alarm: Value<Entry>, name: K): Value<Alarm[K]> =>
    coalesce<Alarm[K]>(
      getOfEntry(changes, id, name as never) as Value<Alarm[K] | null>,
      get(alarm, name as never) as Value<Alarm[K]>,
    );
  return local(
    scope,
    "alarms",
    mapValues<Entry, Alarm>(
      entries,
      ["id", "alarm"],
      (alarm, id) =>
        ({
          title: get(alarm, "title"),
          why: get(alarm, "why"),
          watch: coalesce<string>(
            getOfEntry(changes, id, "watch" as never) as Value<string | null>,
            get(alarm, "watch"),
            inputs.watch,
          ),
          severity: changed(id, alarm, "severity"),
          threshold: changed(id, alarm, "threshold"),
          period: changed(id, alarm, "period"),
          // An alarm of the user's may have one of the two alone.
          filter_pattern: withDefault(
            getOfEntry(changes, id, "filter_pattern" as never) as Value<string | null>,
            get(alarm, "filter_pattern") as Value<string>,
          ),
          event_pattern: withDefault(
            getOfEntry(changes, id, "event_pattern" as never) as Value<string | null>,
            get(alarm, "event_pattern") as Value<string>,
          ),
          read_only: get(alarm, "read_only"),
        }) as Value<Alarm>,
      (_, id) => coalesce<boolean>(getOfEntry(changes, id, "enabled"), true),
    ),
  );
}

type Tamper = Entry & { readonly applies: boolean };

/** The alarms that CIS wants. */
function catalogue(scope: Construct, inputs: AlarmsInputs): Value<Record<string, Entry>> {
  const entries = monitoringAlarms({
    singleSignOn: inputs.singleSignOn,
    modifySecurityGroupRules: inputs.modifySecurityGroupRules,
  });
  return table(scope, "catalogue", rows(scope, entries) as Value<Record<string, Entry>>);
}

/** Attacks on the trail itself. */
function tamperCatalogue(
  scope: Construct,
  inputs: AlarmsInputs,
  partition: Value<string>,
  logGroupName: Value<string>,
): Value<Record<string, Tamper>> {
  const { accountId, region, name, organization, encryption } = inputs;
  const owner = local(scope, "trail_account_id", trailOwner(organization, accountId));
  const beginning = topicArn({ partition, region, accountId, name: topicNamesBeginWith(name) });
  const entries = tamperAlarms({
    trailName: name,
    trailArn: local(scope, "trail_arn", trailArn({ partition, region, accountId: owner, name })),
    bucketName: inputs.logBucketName,
    hasKey: ifSet(encryption, () => true, false),
    keyArn: local(
      scope,
      "key_arn",
      ifSet<typeof encryption, string>(encryption, (key) => get(key, "kms_key_arn"), ""),
    ),
    hasLogGroup: ifSet(inputs.logGroup, () => true, false),
    logGroupName,
    topicPrefix: local(scope, "topic_arns_begin_with", beginning),
  });
  return table(
    scope,
    "tamper_catalogue",
    Object.fromEntries(
      Object.entries(rows(scope, entries)).map(([id, row]) => [
        id,
        { ...row, applies: entries[id as keyof typeof entries].when },
      ]),
    ) as unknown as Value<Record<string, Tamper>>,
  );
}

/** Entries of the catalogue by Terraform's names. */
function rows(
  scope: Construct,
  entries: ReturnType<typeof monitoringAlarms> | ReturnType<typeof tamperAlarms>,
): Record<string, object> {
  return Object.fromEntries(
    Object.entries(entries).map(([id, entry]) => [
      id,
      {
        title: entry.title,
        why: entry.why,
        watch: null,
        severity: entry.severity,
        threshold: entry.threshold,
        period: entry.period,
        filter_pattern: entry.filterPattern,
        event_pattern: json(scope, entry.eventPattern as Value<unknown>),
        read_only: entry.readOnly,
      },
    ]),
  );
}

/** The ARNs of the topics that tell of alarms of a severity. */
export function topicsFor(inputs: AlarmsInputs, severity: Value<string>): Value<readonly string[]> {
  return forEachEntry(
    inputs.topics,
    ["name", "topic"],
    (_, topic) => get(topic, "arn"),
    (_, topic) => tellsOf(topic, severity),
  );
}

/** Whether a topic tells of alarms of a severity. */
export function tellsOf(
  topic: Value<{ readonly severities: readonly string[] }>,
  severity: Value<string>,
): Value<boolean> {
  return contains(get(topic, "severities") as Value<readonly string[]>, severity);
}

/** The alarms that watch by metric, or by event. */
export function watchingBy(by: "event" | "metric", alarms: Value<Record<string, Alarm>>): Value<Record<string, Alarm>> {
  return entriesWhere<Alarm>(alarms, ["id", "alarm"], (alarm) => equals(get(alarm, "watch"), by));
}

/** What people read about an alarm. */
export function description(alarm: Value<Alarm>): Value<string> {
  return text`${get(alarm, "title")}. ${get(alarm, "why")}`;
}

/** What alarms of CloudWatch have in common that count calls within a period. */
export function countedCalls(inputs: AlarmsInputs, alarm: Value<Alarm>) {
  return {
    statistic: "Sum",
    period: get(alarm, "period"),
    evaluationPeriods: 1,
    comparisonOperator: "GreaterThanOrEqualToThreshold",
    threshold: get(alarm, "threshold"),
    treatMissingData: "notBreaching",
    alarmActions: topicsFor(inputs, get(alarm, "severity")),
    tags: inputs.tags,
  };
}

/** What a value is where something watches by metric, and where by event. */
export function byWatch<T>(watch: Value<string>, metric: Value<T>, event: Value<T>): Value<T> {
  return choose(equals(watch, "metric"), metric, event);
}
