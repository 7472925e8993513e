import { CloudwatchEventRule } from "@cdktf/provider-aws/lib/cloudwatch-event-rule";
import { CloudwatchEventTarget } from "@cdktf/provider-aws/lib/cloudwatch-event-target";
import { CloudwatchMetricAlarm } from "@cdktf/provider-aws/lib/cloudwatch-metric-alarm";
import type { Construct } from "constructs";
import { blockWhenSet, local, type Placed, resourceForEach } from "../../placement";
import {
  atLeast,
  choose,
  entriesWhere,
  flatten,
  forEachEntry,
  get,
  mapOfItems,
  not,
  shortened,
  text,
  type Value,
} from "../../values";
import { type Alarm, type AlarmsInputs, countedCalls, description, tellsOf } from "./alarm";
import { nameOfAlarm } from "./metric-alarms";

/** The metrics that EventBridge keeps of its rules, at no charge. */
export const EVENTS_NAMESPACE = "AWS/Events";

/** How often a rule met an event. */
export const MATCHES_METRIC = "TriggeredRules";

/** The state of a rule that is also told of calls that only read. */
const ALSO_READS = "ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS";

/** What remains of the 64 characters of a rule's name once a hyphen and an id are in it. */
const LONGEST_BEGINNING = 32;

/** What the names of rules begin with: the name of the trail, as much of it as there is room for. */
export function beginningOfRuleNames(trailName: Value<string>): Value<string> {
  return shortened(trailName, LONGEST_BEGINNING);
}

/** The name of a rule. */
export function nameOfRule({ ruleNamesBeginWith }: AlarmsInputs, id: Value<string>): Value<string> {
  return text`${ruleNamesBeginWith}-${id}`;
}

/** The state of a rule. */
export function stateOfRule(alsoReads: Value<boolean>): Value<string> {
  return choose(alsoReads, ALSO_READS, "ENABLED");
}

/** What EventBridge takes out of an event for the message. */
const INPUT_PATHS = {
  account: "$.account",
  from: "$.detail.sourceIPAddress",
  id: "$.detail.eventID",
  kind: "$.detail.userIdentity.type",
  region: "$.detail.awsRegion",
  what: "$.detail.eventName",
  when: "$.detail.eventTime",
  who: "$.detail.userIdentity.arn",
};

/** The message about an event: who did what, when, from where. In quotes, as EventBridge wants a text. */
function messageTemplate(alarm: Value<Alarm>): Value<string> {
  return text`"${get(alarm, "title")}: <what> by <kind> <who> from <from> at <when>, account <account>, region <region>, event <id>. ${get(alarm, "why")}"`;
}

/** One message: an alarm, and a topic that tells of it. */
type Told = {
  readonly alarm: string;
  readonly topic: string;
  readonly topic_arn: string;
  readonly template: string;
};

/**
 * The alarms that watch by event: a rule of EventBridge tells of each matching event within seconds, at no charge. Where
 * it takes several calls to raise the alarm, one of CloudWatch counts how often the rule matched.
 *
 * @see https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-service-event-cloudtrail.html
 */
export function eventAlarms(scope: Construct, inputs: AlarmsInputs, watching: Value<Record<string, Alarm>>): Placed {
  const { name: trailName, topics, tags, deadLetterQueueArn } = inputs;
  const rules = resourceForEach(scope, CloudwatchEventRule, "alarm", watching, (alarm, id) => ({
    name: nameOfRule(inputs, id),
    description: description(alarm),
    eventPattern: get(alarm, "event_pattern"),
    state: stateOfRule(get(alarm, "read_only")),
    tags,
  }));

  const isCounted = (alarm: Value<Alarm>): Value<boolean> => atLeast(get(alarm, "threshold"), 2);
  const told = local(
    scope,
    "messages",
    mapOfItems<Told, Told>(
      flatten<Told>(
        forEachEntry<Alarm, readonly Told[]>(
          watching,
          ["id", "alarm"],
          (id, alarm) =>
            forEachEntry(
              topics,
              ["name", "topic"],
              (name, topic) =>
                ({
                  alarm: id,
                  topic: name,
                  topic_arn: get(topic, "arn"),
                  template: messageTemplate(alarm),
                }) as Value<Told>,
              (_, topic) => tellsOf(topic, get(alarm, "severity")),
            ),
          (_, alarm) => not(isCounted(alarm)),
        ),
      ),
      "message",
      (message) => text`${get(message, "alarm")}_${get(message, "topic")}`,
      (message) => message,
    ),
  );
  resourceForEach(scope, CloudwatchEventTarget, "alarm", told, (message) => ({
    rule: rules.attribute(get(message, "alarm"), "name"),
    targetId: get(message, "topic"),
    arn: get(message, "topic_arn"),
    inputTransformer: { inputPaths: INPUT_PATHS, inputTemplate: get(message, "template") },
    deadLetterConfig: blockWhenSet(deadLetterQueueArn, (arn) => ({ arn })),
  }));

  const counted = local(scope, "counted_event_alarms", entriesWhere<Alarm>(watching, ["id", "alarm"], isCounted));
  resourceForEach(scope, CloudwatchMetricAlarm, "counted_event", counted, (alarm, id) => ({
    alarmName: nameOfAlarm(trailName, id),
    alarmDescription: description(alarm),
    namespace: EVENTS_NAMESPACE,
    metricName: MATCHES_METRIC,
    dimensions: { RuleName: rules.attribute(id, "name") },
    ...countedCalls(inputs, alarm),
  }));
  return rules;
}
