import {
  accountId,
  boolean,
  bucketName,
  defaulting,
  define,
  entryName,
  keyArn,
  listOf,
  logGroupName,
  mapOf,
  object,
  oneOf,
  optional,
  organizationOf,
  PARTITIONS,
  region,
  required,
  tags,
  text,
  textLike,
  textOutput,
  textsOutput,
  trailName,
  wholeNumber,
} from "../../inputs";
import {
  and,
  atLeast,
  atMost,
  choose,
  coalesce,
  contains,
  equals,
  every,
  forEach,
  forEachEntry,
  get,
  isJsonWith,
  isNull,
  keys,
  length,
  not,
  or,
  partOf,
  remainder,
  startsWith,
  type Value,
} from "../../values";
import { alarmIds, SEVERITIES } from "./catalogue";

/** How much an alarm matters. */
export const severity = oneOf(...SEVERITIES);

const severityText = SEVERITIES.map((each) => `\`${each}\``).join(", ");

/** By what events are watched. */
export const watch = oneOf("metric", "event");

/** A pattern of CloudWatch Logs. */
const filterPattern = text()
  .where("must have 1 to 1024 characters", (value) => and(atLeast(length(value), 1), atMost(length(value), 1024)))
  .brokenBy("")
  .suchAs('{ $.eventName = "DeleteUser" }');

/** A pattern of EventBridge, as JSON. */
export const eventPattern = text()
  .where("must be a pattern of EventBridge in JSON, with detail-type", (value) => isJsonWith(value, "detail-type"))
  .brokenBy("{}")
  .where("must have at most 2048 characters", (value) => atMost(length(value), 2048))
  .suchAs('{"detail-type":["AWS API Call via CloudTrail"],"detail":{"eventName":["DeleteUser"]}}');

/** Words that people read in a message. They stand in a template of EventBridge, in which some characters mean more. */
const message = textLike('^[^"<>\\\\]{1,200}$', 'must be 1 to 200 characters, none of them of " < > \\')
  .suchAs("A user was deleted")
  .brokenBy("<b>");

/** Seconds for which calls are counted. */
const period = wholeNumber(60, 86400, "seconds")
  .brokenBy(86460)
  .where("must be a multiple of 60, as CloudWatch counts minutes", (value) => equals(remainder(value, 60), 0), {
    multipleOf: 60,
  })
  .brokenBy(90);
const threshold = wholeNumber(1, 1_000_000, "calls");

const changedAlarm = object({
  enabled: defaulting(boolean(), true, "Whether the alarm is there."),
  watch: optional(watch, "By what it watches: `metric` or `event`. Null leaves it to `watch`."),
  severity: optional(severity, `How much it matters: ${severityText}.`),
  threshold: optional(threshold, "How many calls within a period raise it."),
  period: optional(period, "Seconds for which calls are counted."),
  filter_pattern: optional(filterPattern, "Another pattern for CloudWatch Logs."),
  event_pattern: optional(eventPattern, "Another pattern for EventBridge, as JSON."),
});

/** An alarm of the user's. */
export const ownAlarm = object({
  title: required(message, "What happened, in a few words."),
  why: defaulting(message, "An alarm of our own.", "Why somebody should look, in a sentence."),
  watch: optional(watch, "By what it watches: `metric` or `event`. Null leaves it to `watch`."),
  severity: defaulting(severity, "high", `How much it matters: ${severityText}.`),
  threshold: defaulting(threshold, 1, "How many calls within a period raise it."),
  period: defaulting(period, 300, "Seconds for which calls are counted."),
  filter_pattern: optional(filterPattern, "The pattern for CloudWatch Logs, where it watches by metric."),
  event_pattern: optional(eventPattern, "The pattern for EventBridge, as JSON, where it watches by event."),
  read_only: defaulting(boolean(), false, "Whether calls that only read can match `event_pattern`."),
}).suchAs({
  title: message.valid,
  filter_pattern: filterPattern.valid,
  event_pattern: eventPattern.valid,
} as never);

const rates = object({
  calls: defaulting(boolean(), true, "Whether an unusual rate of calls is told."),
  errors: defaulting(boolean(), true, "Whether an unusual rate of errors is told."),
  deviations: defaulting(
    wholeNumber(1, 10, "standard deviations"),
    3,
    "From how far off the usual on a rate is unusual.",
  ),
  severity: defaulting(severity, "medium", "How much it matters."),
});

const silence = object({
  events: defaulting(boolean(), true, "Whether it is told that no event came."),
  delivery: defaulting(boolean(), true, "Whether it is told that no log was delivered to the log bucket."),
  hours: defaulting(wholeNumber(1, 24, "hours"), 3, "Hours of silence that are told."),
  severity: defaulting(severity, "critical", "How much it matters."),
});

/** Where messages of some severities go. */
const topic = object({
  arn: required(
    textLike(`^arn:${PARTITIONS}:sns:[a-z0-9-]+:[0-9]{12}:[A-Za-z0-9_-]{1,256}$`, "must be the ARN of an SNS topic")
      .suchAs("arn:aws:sns:eu-central-1:111122223333:alarms")
      .brokenBy("alarms"),
    "The ARN of the topic, in the region of the trail and, for what watches by event, in its account. Its policy, and " +
      "that of its key, must let CloudWatch and EventBridge in.",
  ),
  severities: severitiesField(),
});

/** Which alarms are told by a topic. */
export function severitiesField() {
  return defaulting(listOf(severity), [...SEVERITIES], "The severities of the alarms that it tells of.");
}

/** The most topics that an alarm, or a rule of EventBridge, can tell. */
export const MOST_TOPICS = 5;

/** The kind of existing topics. */
export const topics = mapOf(entryName, topic);

/** Topics that are there already, for inputs that break a rule. */
export function topicsNamed(...names: readonly string[]): Readonly<Record<string, { readonly arn: string }>> {
  return Object.fromEntries(names.map((name) => [name, { arn: `arn:aws:sns:eu-central-1:111122223333:${name}` }]));
}

/** How many alarms of one's own there can be beside those of the catalogue: a log group has at most 100 filters. */
const MOST_OWN_ALARMS = 50;

/** What can be chosen about the alarms. */
export const alarmOptions = {
  single_sign_on: defaulting(
    boolean(),
    true,
    "Whether people sign in through an identity provider, which asks for the second factor itself: then only IAM users " +
      "who sign in without MFA are told.",
  ),
  modify_security_group_rules: defaulting(
    boolean(),
    true,
    "Whether `ModifySecurityGroupRules` counts as a change of security groups. False is the pattern of CIS 1.4 to the letter.",
  ),
  changed_alarms: defaulting(
    mapOf(
      text()
        .where("must be the id of an alarm of the catalogue", (id) =>
          contains(alarmIds as Value<readonly string[]>, id),
        )
        .suchAs("root_use")
        .brokenBy("rootuse"),
      changedAlarm,
    ),
    {},
    `Changes to alarms of the catalogue, by id: ${alarmIds.map((id) => `\`${id}\``).join(", ")}.`,
  ),
  own_alarms: defaulting(
    mapOf(entryName, ownAlarm).where(
      `must have at most ${MOST_OWN_ALARMS} entries`,
      (own) => atMost(length(own), MOST_OWN_ALARMS),
      { maxProperties: MOST_OWN_ALARMS },
    ),
    {},
    "More alarms, by an id.",
  ),
  rates: defaulting(
    rates,
    {},
    "Alarms on unusual rates, learnt from the two weeks before: what CloudTrail Insights looks for.",
  ),
  silence: defaulting(
    silence,
    {},
    "Alarms on silence: a trail that was stopped, or logs that no longer arrive, raise no other. In the first hours after " +
      "they are created, there may be silence.",
  ),
  accept_organization: defaulting(
    boolean(),
    false,
    "Whether accounts of the organization may send events to the event bus of the alarms, as `event-forwarding` does that " +
      "is placed in each of them. Other accounts than this one raise no alarm that watches by event without it.",
  ),
  dashboard: defaulting(boolean(), true, "Whether CloudWatch has a dashboard of all alarms. AWS charges beyond three."),
};

type Changes = Value<Record<string, { readonly watch: "event" | "metric" | null; readonly enabled: boolean }>>;
type Own = Value<
  Record<
    string,
    {
      readonly watch: "event" | "metric" | null;
      readonly filter_pattern: string | null;
      readonly event_pattern: string | null;
    }
  >
>;

/** By what an alarm watches, where the default is known. */
function watchOf(alarm: Value<{ readonly watch: string | null }>, byDefault: Value<string>): Value<string> {
  return coalesce<string>(get(alarm, "watch") as Value<string | null>, byDefault);
}

/** Whether something watches by events or metrics, where the default is known. */
export function someWatchBy(
  kind: "event" | "metric",
  byDefault: Value<string>,
  changed: Changes,
  own: Own,
): Value<boolean> {
  const noneOf = <T extends { readonly watch: string | null }>(alarms: Value<Record<string, T>>): Value<boolean> =>
    every(
      forEachEntry<T, boolean>(alarms, ["id", "alarm"], (_, alarm) =>
        not(equals(watchOf(alarm as Value<{ readonly watch: string | null }>, byDefault), kind)),
      ),
    );
  return or(equals(byDefault, kind), not(and(noneOf(changed), noneOf(own))));
}

/** Whether each alarm of one's own has the pattern by which it watches. */
export function ownAlarmsHavePatterns(byDefault: Value<string>, own: Own): Value<boolean> {
  return every(
    forEachEntry(own, ["id", "alarm"], (_, alarm) =>
      choose<boolean>(
        equals(watchOf(alarm, byDefault), "metric"),
        not(isNull(get(alarm, "filter_pattern"))),
        not(isNull(get(alarm, "event_pattern"))),
      ),
    ),
  );
}

/** Whether no alarm of one's own has the id of one of the catalogue. */
export function ownAlarmsHaveOwnIds(own: Own): Value<boolean> {
  return every(forEach(keys(own), "id", (id) => not(contains(alarmIds as Value<readonly string[]>, id))));
}

/** Whether the ARN of each topic has a part. Where it is no ARN, another rule says so. */
function everyTopicIsIn(
  all: Value<Record<string, { readonly arn: string }>>,
  part: number,
  value: Value<string>,
): Value<boolean> {
  return every(
    forEachEntry<{ readonly arn: string }, boolean>(all, ["name", "topic"], (_, each) =>
      or(not(startsWith(get(each, "arn"), "arn:")), equals(partOf(get(each, "arn"), ":", part), value)),
    ),
  );
}

/** Whether all topics are in the region of the trail. */
export function topicsAreInRegion(
  all: Value<Record<string, { readonly arn: string }>>,
  region: Value<string>,
): Value<boolean> {
  return everyTopicIsIn(all, 3, region);
}

/** Whether all topics are in the account of the trail, where something watches by event. */
export function topicsAreInAccount(
  all: Value<Record<string, { readonly arn: string }>>,
  account: Value<string>,
  somethingWatchesByEvent: Value<boolean>,
): Value<boolean> {
  return or(not(somethingWatchesByEvent), everyTopicIsIn(all, 4, account));
}

export const TOPIC_REGION_REQUIREMENT = "must be in the region of the trail: alarms reach no other";
export const TOPIC_ACCOUNT_REQUIREMENT =
  "must be in the account of the trail where something watches by event: rules of EventBridge reach no other";
export const OWN_PATTERNS_REQUIREMENT = "must have the pattern by which each watches: filter_pattern or event_pattern";
export const ORGANIZATION_REQUIREMENT = "must be false where organization is null";
export const OWN_IDS_REQUIREMENT = "must have ids that no alarm of the catalogue has";

/** The alarms: what they take and give. */
export const alarmsDefinition = define({
  name: "alarms",
  title: "Alarms",
  description:
    "Alarms on what CloudTrail records: the monitoring controls of the CIS AWS Foundations Benchmark, attacks on the trail\n" +
    "itself, unusual rates, and silence. By metric filters of CloudWatch Logs, or by rules of EventBridge, which cost\n" +
    "nothing and take seconds.",
  fields: {
    account_id: required(accountId, "The account of the trail and of the alarms."),
    region: required(region, "The region of the alarms: the home region of the trail."),
    name: required(trailName, "The name of the trail. Names of alarms begin with it."),
    log_bucket_name: required(bucketName, "The name of the log bucket."),
    log_bucket_tells_eventbridge: defaulting(
      boolean(),
      false,
      "Whether the log bucket tells EventBridge of new objects: without it, nobody can be told that none arrive.",
    ),
    log_group: optional(
      object({ name: required(logGroupName, "The name of the log group.") }),
      "The log group with the events, for what watches by metric. Null where there is none.",
    ),
    encryption: optional(
      object({ kms_key_arn: required(keyArn, "The ARN of the key that encrypts the logs.") }),
      "The key of the logs, to be told of attacks on it. Null where there is none.",
    ),
    organization: optional(
      organizationOf("The account that owns the trail."),
      "The organization of an organization trail. Null for the trail of a single account.",
    ),
    watch: defaulting(
      watch,
      "event",
      "By what events are watched: `metric`, by filters of the log group, which is what CIS and Security Hub count; or " +
        "`event`, by rules of EventBridge.",
    ),
    ...alarmOptions,
    topics: defaulting(topics, {}, "The topics that tell people, by a name."),
    dead_letter_queue_arn: optional(
      text(),
      "The ARN of the queue for events that could not be delivered. Null where there is none.",
    ),
    tags: defaulting(tags, {}, "Tags of alarms and rules."),
  },
  rules: [
    {
      at: "accept_organization",
      requirement: ORGANIZATION_REQUIREMENT,
      brokenBy: { accept_organization: true },
      holds: ({ acceptOrganization, organization }) => or(not(acceptOrganization), not(isNull(organization))),
    },
    {
      at: "log_group",
      requirement: "must be given where something watches by metric",
      brokenBy: { watch: "metric" },
      holds: ({ logGroup: group, watch: byDefault, changedAlarms, ownAlarms }) =>
        or(not(isNull(group)), not(someWatchBy("metric", byDefault, changedAlarms, ownAlarms))),
    },
    {
      at: "topics",
      requirement: `must have at most ${MOST_TOPICS} entries: AWS lets an alarm tell no more`,
      brokenBy: { topics: topicsNamed("a", "b", "c", "d", "e", "f") },
      holds: ({ topics: all }) => atMost(length(all), MOST_TOPICS),
    },
    {
      at: "topics",
      requirement: TOPIC_REGION_REQUIREMENT,
      brokenBy: { topics: { pager: { arn: "arn:aws:sns:us-east-1:111122223333:pager" } } },
      holds: ({ topics: all, region: home }) => topicsAreInRegion(all, home),
    },
    {
      at: "topics",
      requirement: TOPIC_ACCOUNT_REQUIREMENT,
      brokenBy: { topics: { pager: { arn: "arn:aws:sns:eu-central-1:444455556666:pager" } } },
      holds: ({ topics: all, accountId: account, watch: byDefault, changedAlarms, ownAlarms }) =>
        topicsAreInAccount(all, account, someWatchBy("event", byDefault, changedAlarms, ownAlarms)),
    },
    {
      at: "own_alarms",
      requirement: OWN_PATTERNS_REQUIREMENT,
      brokenBy: { own_alarms: { user_deleted: { title: "A user was deleted" } } },
      holds: ({ watch: byDefault, ownAlarms }) => ownAlarmsHavePatterns(byDefault, ownAlarms),
    },
    {
      at: "own_alarms",
      requirement: OWN_IDS_REQUIREMENT,
      brokenBy: { own_alarms: { root_use: { title: "Root", event_pattern: eventPattern.valid } } },
      holds: ({ ownAlarms }) => ownAlarmsHaveOwnIds(ownAlarms),
    },
  ],
  outputs: {
    alarm_names: textsOutput("The names of the alarms and rules, by id."),
    event_patterns: textsOutput(
      "The patterns of EventBridge, by id, of the alarms whose events also arrive in other regions: for `event-forwarding`.",
    ),
    event_bus_arn: textOutput("The ARN of the event bus to which other regions forward their events."),
    dashboard_name: textOutput("The name of the dashboard. Null where there is none."),
  },
});
