import {
  alarmTopicOptions,
  haveTopics,
  SUBSCRIBED_TOPICS_REQUIREMENT,
  topicFields,
} from "../components/alarm-topics/inputs";
import {
  alarmOptions,
  MOST_TOPICS,
  ORGANIZATION_REQUIREMENT,
  OWN_IDS_REQUIREMENT,
  OWN_PATTERNS_REQUIREMENT,
  ownAlarm,
  ownAlarmsHaveOwnIds,
  ownAlarmsHavePatterns,
  severitiesField,
  someWatchBy,
  TOPIC_ACCOUNT_REQUIREMENT,
  TOPIC_REGION_REQUIREMENT,
  topics,
  topicsAreInAccount,
  topicsAreInRegion,
  topicsNamed,
  watch,
} from "../components/alarms/inputs";
import {
  defaulting,
  entryName,
  mapOf,
  type ObjectOf,
  object,
  objectOfOptions,
  optional,
  textOutput,
  textsOutput,
} from "../inputs";
import {
  atMost,
  choose,
  coalesce,
  contains,
  equals,
  every,
  forEach,
  get,
  ifSet,
  isNull,
  keys,
  length,
  not,
  or,
  plus,
  type Value,
} from "../values";

const fields = {
  watch: optional(
    watch,
    "By what events are watched: `metric`, by filters of the log group, which is what CIS and Security Hub count; or " +
      "`event`, by rules of EventBridge, at no charge and within seconds, of this account alone. Null means `metric` " +
      "with `cloudwatch_logs`, `event` without.",
  ),
  ...alarmOptions,
  topics: defaulting(
    mapOf(entryName, object({ ...topicFields, severities: severitiesField() })),
    { alarms: {} },
    "The SNS topics that are created to tell people, by a name.",
  ),
  existing_topics: defaulting(topics, {}, "Existing topics that tell people, too, by a name."),
  ...alarmTopicOptions,
};

/** The alarms, as an input of an audit trail. */
export const alarms = objectOfOptions(fields, [
  {
    at: "own_alarms",
    requirement: OWN_IDS_REQUIREMENT,
    brokenBy: { own_alarms: { root_use: ownAlarm.valid } },
    holds: ({ ownAlarms }) => ownAlarmsHaveOwnIds(ownAlarms),
  },
  {
    at: "subscriptions",
    requirement: SUBSCRIBED_TOPICS_REQUIREMENT,
    brokenBy: { subscriptions: { mail: { topic: "other", protocol: "email", endpoint: "security@example.com" } } },
    holds: ({ subscriptions, topics: created }) => haveTopics(subscriptions, created),
  },
  {
    at: "existing_topics",
    requirement: "must have names that no topic has which is created",
    brokenBy: { existing_topics: topicsNamed("alarms") },
    holds: ({ existingTopics, topics: created }) =>
      every(forEach(keys(existingTopics), "name", (name) => not(contains(keys(created), name)))),
  },
  {
    at: "existing_topics",
    requirement: `must be at most ${MOST_TOPICS} together with topics: AWS lets an alarm tell no more`,
    brokenBy: { topics: { a: {}, b: {}, c: {} }, existing_topics: topicsNamed("d", "e", "f") },
    holds: ({ existingTopics, topics: created }) => atMost(plus(length(existingTopics), length(created)), MOST_TOPICS),
  },
]);

/** The inputs that the rules between alarms and trail are about. */
interface AlarmedTrail {
  readonly accountId: Value<string>;
  readonly region: Value<string>;
  readonly alarms: Value<ObjectOf<typeof fields> | null>;
  readonly organization: Value<object | null>;
  readonly cloudwatchLogs: Value<{ readonly log_group_class: string | null } | null>;
}

/** By what events are watched where an alarm does not say: what is chosen for all, or else what the trail allows. */
export function watchedByDefault(
  chosen: Value<"event" | "metric" | null>,
  cloudwatchLogs: Value<object | null>,
): Value<"event" | "metric"> {
  return coalesce(chosen, choose<"event" | "metric">(isNull(cloudwatchLogs), "event", "metric"));
}

/** Whether something watches by events or metrics. */
function watches(kind: "event" | "metric", { alarms: given, cloudwatchLogs }: AlarmedTrail): Value<boolean> {
  return ifSet<typeof given, boolean>(
    given,
    (chosen) =>
      someWatchBy(
        kind,
        watchedByDefault(get(chosen, "watch"), cloudwatchLogs),
        get(chosen, "changed_alarms"),
        get(chosen, "own_alarms"),
      ),
    false,
  );
}

/** Rules between the alarms and the trail. */
export const alarmRules: readonly {
  readonly at: "alarms";
  readonly requirement: string;
  readonly brokenBy: Readonly<Record<string, unknown>>;
  holds(inputs: AlarmedTrail): Value<boolean>;
}[] = [
  {
    at: "alarms",
    requirement: "must not watch by metric where cloudwatch_logs is null: there is no log group to watch",
    brokenBy: { alarms: { watch: "metric" } },
    holds: (inputs) => or(not(isNull(inputs.cloudwatchLogs)), not(watches("metric", inputs))),
  },
  {
    at: "alarms",
    requirement: "must not watch by metric a log group of the class INFREQUENT_ACCESS, which has no metric filters",
    brokenBy: { cloudwatch_logs: { log_group_class: "INFREQUENT_ACCESS" }, alarms: {} },
    holds: (inputs) =>
      or(
        not(
          ifSet<typeof inputs.cloudwatchLogs, boolean>(
            inputs.cloudwatchLogs,
            (logs) => equals(coalesce<string>(get(logs, "log_group_class"), "STANDARD"), "INFREQUENT_ACCESS"),
            false,
          ),
        ),
        not(watches("metric", inputs)),
      ),
  },
  {
    at: "alarms",
    requirement: `accept_organization ${ORGANIZATION_REQUIREMENT}`,
    brokenBy: { alarms: { accept_organization: true } },
    holds: ({ alarms: given, organization }) =>
      or(
        not(isNull(organization)),
        not(ifSet<typeof given, boolean>(given, (chosen) => get(chosen, "accept_organization"), false)),
      ),
  },
  {
    at: "alarms",
    requirement: `existing_topics ${TOPIC_REGION_REQUIREMENT}`,
    brokenBy: { alarms: { existing_topics: { pager: { arn: "arn:aws:sns:us-east-1:111122223333:pager" } } } },
    holds: ({ alarms: given, region }) =>
      ifSet<typeof given, boolean>(given, (chosen) => topicsAreInRegion(get(chosen, "existing_topics"), region), true),
  },
  {
    at: "alarms",
    requirement: `existing_topics ${TOPIC_ACCOUNT_REQUIREMENT}`,
    brokenBy: { alarms: { existing_topics: { pager: { arn: "arn:aws:sns:eu-central-1:444455556666:pager" } } } },
    holds: (inputs) =>
      ifSet<typeof inputs.alarms, boolean>(
        inputs.alarms,
        (chosen) => topicsAreInAccount(get(chosen, "existing_topics"), inputs.accountId, watches("event", inputs)),
        true,
      ),
  },
  {
    at: "alarms",
    requirement: `own_alarms ${OWN_PATTERNS_REQUIREMENT}`,
    brokenBy: { alarms: { own_alarms: { user_deleted: { title: "A user was deleted" } } } },
    holds: ({ alarms: given, cloudwatchLogs }) =>
      ifSet<typeof given, boolean>(
        given,
        (chosen) =>
          ownAlarmsHavePatterns(watchedByDefault(get(chosen, "watch"), cloudwatchLogs), get(chosen, "own_alarms")),
        true,
      ),
  },
];

/** What an audit trail gives of its alarms. */
export const alarmOutputs = {
  alarm_names: textsOutput("The names of the alarms and rules, by id. Null without alarms."),
  alarm_topic_arns: textsOutput(
    "The ARNs of the topics that were created to tell people, by name. Null without alarms.",
  ),
  alarm_topic_key_arn: textOutput("The ARN of the key that was created for the topics. Null if none was."),
  alarm_topic_key_policy: textOutput(
    "The policy of the key of the topics, as JSON. For an existing key, the policy that it needs.",
  ),
  alarm_dead_letter_queue_arn: textOutput(
    "The ARN of the queue for messages that could not be delivered. Null if there is none.",
  ),
  alarm_dead_letter_queue_policy: textOutput("The policy of that queue, as JSON. Null if there is none."),
  alarm_dashboard_name: textOutput("The name of the dashboard of the alarms. Null if there is none."),
  alarm_event_patterns: textsOutput(
    "The patterns of the alarms that watch by event and whose events also arrive in other regions, by id: what the nested " +
      "module `event-forwarding` takes. Null without alarms.",
  ),
  alarm_event_bus_arn: textOutput(
    "The ARN of the event bus to which other regions and accounts forward their events. Null without alarms.",
  ),
};
