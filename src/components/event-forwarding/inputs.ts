import {
  accountId,
  defaulting,
  define,
  entryName,
  mapOf,
  PARTITIONS,
  region,
  required,
  tags,
  textLike,
  textOutput,
  trailName,
} from "../../inputs";
import { eventPattern } from "../alarms/inputs";

/** The event forwarding: what it takes and gives. */
export const eventForwardingDefinition = define({
  name: "event-forwarding",
  title: "Event forwarding",
  description:
    "Rules of EventBridge that forward events to the event bus on which the alarms of an audit trail watch: placed once in\n" +
    "each further region, and in each further account, whose events are to raise alarms. A rule sees one region of one\n" +
    "account; IAM, Organizations and sign-ins of the root user arrive in us-east-1 alone.",
  fields: {
    account_id: required(accountId, "The account whose events are forwarded: that of the provider."),
    region: required(region, "The region whose events are forwarded: that of the provider."),
    name: required(trailName, "The name of the trail. Names of rules begin with it."),
    event_patterns: required(
      mapOf(entryName, eventPattern).suchAs({ root_use: eventPattern.valid as string }),
      "The patterns of the events, as JSON, by id: the output `alarm_event_patterns` of the audit trail.",
    ),
    event_bus_arn: required(
      textLike(
        `^arn:${PARTITIONS}:events:[a-z0-9-]+:[0-9]{12}:event-bus/[A-Za-z0-9._/-]{1,256}$`,
        "must be the ARN of an event bus",
      )
        .suchAs("arn:aws:events:eu-central-1:111122223333:event-bus/default")
        .brokenBy("default"),
      "The ARN of the event bus of the alarms: the output `alarm_event_bus_arn` of the audit trail. That of another account " +
        "has to let this one in.",
    ),
    tags: defaulting(tags, {}, "Tags of rules and role."),
  },
  outputs: {
    role_arn: textOutput("The ARN of the role with which EventBridge forwards the events."),
  },
});
