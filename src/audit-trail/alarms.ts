import type { Construct } from "constructs";
import { Alarms, AlarmTopics } from "../components";
import type { Severity } from "../components/alarms/catalogue";
import type { InputValues } from "../inputs";
import { ifPlaced, type OutputValues, place, type Structure } from "../placement";
import { attributeOfEntry, get, ifSet, mapValues, merge, type TypeOf, type Value } from "../values";
import { watchedByDefault } from "./alarms-inputs";
import type { auditTrailDefinition } from "./inputs";

type AuditTrailInputs = InputValues<typeof auditTrailDefinition.fields>;

/** What the alarms need to know of the trail that they watch. */
export interface Watched {
  readonly name: Value<string>;
  readonly logBucketName: Value<string>;
  readonly logBucketTellsEventbridge: Value<boolean>;
  readonly logGroup: Value<{ readonly name: string } | null>;
  readonly keyArn: Value<string | null>;
  readonly tags: Value<Record<string, string>>;
}

type Topic = { readonly arn: string; readonly severities: readonly Severity[] };

type TopicChoices = Omit<Topic, "arn"> & { readonly display_name: string };

/** What the alarms of an audit trail, and their topics, give. */
export interface PlacedAlarms {
  readonly topics: OutputValues<typeof AlarmTopics.definition.outputs>;
  readonly alarms: OutputValues<typeof Alarms.definition.outputs>;
}

/** Whether the alarms want to be told of each log that is delivered. */
export function listensForDelivery(alarms: AuditTrailInputs["alarms"]): Value<boolean> {
  return ifSet<typeof alarms, boolean>(alarms, (chosen) => get(get(chosen, "silence"), "delivery"), false);
}

/** Places the alarms of an audit trail with the topics that tell people of them, where they are wanted. */
export function placeAlarms(
  scope: Construct,
  inputs: AuditTrailInputs,
  watched: Watched,
  structure: Structure,
): PlacedAlarms | undefined {
  const { accountId, region, organization, alarms, encryption, cloudwatchLogs } = inputs;
  const { name, tags } = watched;
  return ifPlaced(alarms, (given, when) => {
    const chosen = given as Value<NonNullable<TypeOf<typeof alarms>>>;
    const chosenTopics = get(chosen, "topics") as Value<Record<string, TopicChoices>>;
    const topics = place(
      scope,
      AlarmTopics,
      "alarm_topics",
      {
        accountId,
        region,
        name,
        topics: mapValues<TopicChoices, Pick<TopicChoices, "display_name">>(
          chosenTopics,
          ["name", "topic"],
          (topic) => ({ display_name: get(topic, "display_name") }),
        ),
        subscriptions: get(chosen, "subscriptions"),
        encryptTopics: get(chosen, "encrypt_topics"),
        existingTopicKey: get(chosen, "existing_topic_key"),
        deadLetterQueue: get(chosen, "dead_letter_queue"),
        tags,
      },
      structure,
      { when },
    );
    const placed = place(
      scope,
      Alarms,
      "alarms",
      {
        accountId,
        region,
        name,
        organization,
        logBucketName: watched.logBucketName,
        logBucketTellsEventbridge: watched.logBucketTellsEventbridge,
        logGroup: watched.logGroup,
        encryption: ifSet<typeof encryption, { readonly kms_key_arn: string } | null>(
          encryption,
          () => ({ kms_key_arn: watched.keyArn }) as Value<{ readonly kms_key_arn: string }>,
          null,
        ),
        watch: watchedByDefault(get(chosen, "watch"), cloudwatchLogs),
        singleSignOn: get(chosen, "single_sign_on"),
        modifySecurityGroupRules: get(chosen, "modify_security_group_rules"),
        changedAlarms: get(chosen, "changed_alarms"),
        ownAlarms: get(chosen, "own_alarms"),
        rates: get(chosen, "rates"),
        silence: get(chosen, "silence"),
        acceptOrganization: get(chosen, "accept_organization"),
        dashboard: get(chosen, "dashboard"),
        topics: merge<Topic>(
          mapValues<string, Topic>(topics.topicArns, ["name", "arn"], (arn, topic) => ({
            arn,
            severities: attributeOfEntry(chosenTopics, topic, "severities"),
          })),
          get(chosen, "existing_topics") as Value<Record<string, Topic>>,
        ),
        deadLetterQueueArn: topics.deadLetterQueueArn,
        tags,
      },
      structure,
      { when },
    );
    return { topics, alarms: placed };
  });
}

/** What an audit trail gives of its alarms: nulls where there are none. */
export function alarmOutputValues(placed: PlacedAlarms | undefined) {
  const of = <V>(value: V | undefined) => ({ value: value ?? (null as V) });
  return {
    alarm_names: of(placed?.alarms.alarmNames),
    alarm_topic_arns: of(placed?.topics.topicArns),
    alarm_topic_key_arn: of(placed?.topics.keyArn),
    alarm_topic_key_policy: of(placed?.topics.keyPolicy),
    alarm_dead_letter_queue_arn: of(placed?.topics.deadLetterQueueArn),
    alarm_dead_letter_queue_policy: of(placed?.topics.deadLetterQueuePolicy),
    alarm_dashboard_name: of(placed?.alarms.dashboardName),
    alarm_event_patterns: of(placed?.alarms.eventPatterns),
    alarm_event_bus_arn: of(placed?.alarms.eventBusArn),
  };
}
