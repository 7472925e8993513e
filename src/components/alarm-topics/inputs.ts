import {
  accountId,
  boolean,
  defaulting,
  define,
  entryName,
  mapOf,
  object,
  oneOf,
  optional,
  PARTITIONS,
  region,
  required,
  tags,
  text,
  textOutput,
  textsOutput,
  trailName,
} from "../../inputs";
import { and, contains, equals, every, forEachEntry, get, keys, matches, not, or, type Value } from "../../values";
import { existingKey } from "../key-options";

/** By what a message reaches a subscriber, and what the address of such a one looks like. */
const ENDPOINTS = {
  email: "^[^@ ]+@[^@ ]+[.][^@ ]+$",
  https: "^https://[A-Za-z0-9.-]+(:[0-9]+)?(/[A-Za-z0-9._~/-]*)?$",
  lambda: `^arn:${PARTITIONS}:lambda:[a-z0-9-]+:[0-9]{12}:function:[A-Za-z0-9_:-]+$`,
  sqs: `^arn:${PARTITIONS}:sqs:[a-z0-9-]+:[0-9]{12}:[A-Za-z0-9_.-]+$`,
} as const;

/** Hosts whose addresses are secrets: whoever knows one can post there. */
const SECRET_HOSTS =
  "^https://(hooks[.]slack[.]com|hooks[.]slack-gov[.]com|(canary[.]|ptb[.])?discord(app)?[.]com|events([.]eu)?[.]pagerduty[.]com|[A-Za-z0-9.-]+[.]webhook[.]office[.]com|outlook[.]office[.]com|api[.]opsgenie[.]com|chat[.]googleapis[.]com|alert[.]victorops[.]com)(/|$)";

/** The address that stands in configurations we write, to be replaced. */
export const EXAMPLE_ADDRESS = "security@example.com";

/** A subscriber of a topic. */
const subscription = object({
  topic: defaulting(text(), "alarms", "The topic, by its name in `topics`."),
  protocol: required(
    oneOf("email", "https", "lambda", "sqs"),
    "By what messages come: `email`, `https`, `lambda`, `sqs`.",
  ),
  endpoint: required(
    text().suchAs(EXAMPLE_ADDRESS),
    "Where they go: an e-mail address, which has to confirm, a URL, or the ARN of a function or queue, whose own policy has " +
      "to let SNS in.",
    EXAMPLE_ADDRESS,
  ),
})
  .suchAs({ topic: "alarms", protocol: "email", endpoint: EXAMPLE_ADDRESS })
  .whereAttribute(
    "endpoint",
    "must be what protocol says: an e-mail address, a URL without user and query, or an ARN",
    (value) =>
      and(
        ...Object.entries(ENDPOINTS).map(([protocol, pattern]) =>
          or(not(equals(get(value, "protocol"), protocol)), matches(get(value, "endpoint") as Value<string>, pattern)),
        ),
      ),
  )
  .brokenBy({ protocol: "email", endpoint: "security" })
  .whereAttribute(
    "endpoint",
    "must be no URL that is a secret: it would lie in the state; put a function or queue before it",
    (value) => not(matches(get(value, "endpoint") as Value<string>, SECRET_HOSTS)),
  )
  .brokenBy({ protocol: "https", endpoint: "https://hooks.slack.com/services/T0/B0/x" });

/** What can be chosen about a topic. */
export const topicFields = {
  display_name: defaulting(text(), "Audit trail", "The sender that subscribers see."),
};

/** What can be chosen about those who are told. */
export const alarmTopicOptions = {
  subscriptions: defaulting(mapOf(entryName, subscription), {}, "Who is told, by a name. Without one, nobody is."),
  encrypt_topics: defaulting(
    boolean(),
    true,
    "Whether the topics are encrypted with a KMS key that CloudWatch and EventBridge may use. AWS charges for the key.",
  ),
  existing_topic_key: optional(
    existingKey,
    "An existing key to use instead of a new one. Its policy needs the statements of the output with the key policy.",
  ),
  dead_letter_queue: defaulting(
    boolean(),
    true,
    "Whether messages that could not be delivered are kept in an SQS queue, for two weeks.",
  ),
};

/** The rule that every subscriber has a topic that is there. */
export const SUBSCRIBED_TOPICS_REQUIREMENT = "must be about topics that are there";

/** Whether every subscriber has a topic that is there. */
export function haveTopics(
  subscriptions: Value<Record<string, { readonly topic: string }>>,
  topics: Value<Record<string, unknown>>,
): Value<boolean> {
  return every(
    forEachEntry(subscriptions, ["name", "subscription"], (_, subscriber) =>
      contains(keys(topics), get(subscriber, "topic")),
    ),
  );
}

/** The topics of the alarms: what they take and give. */
export const alarmTopicsDefinition = define({
  name: "alarm-topics",
  title: "Alarm topics",
  description:
    "The SNS topics that tell people of alarms: encrypted with a key that CloudWatch and EventBridge may use, closed to\n" +
    "everybody else, with a queue for what could not be delivered.",
  fields: {
    account_id: required(accountId, "The account of the topics."),
    region: required(region, "The region of the topics, which is that of the alarms."),
    name: required(trailName, "How the names of the topics begin: the name of the trail."),
    topics: defaulting(mapOf(entryName, object(topicFields)), { alarms: {} }, "The topics, by name."),
    ...alarmTopicOptions,
    tags: defaulting(tags, {}, "Tags of topics, key and queue."),
  },
  rules: [
    {
      at: "subscriptions",
      requirement: SUBSCRIBED_TOPICS_REQUIREMENT,
      brokenBy: { subscriptions: { mail: { topic: "other", protocol: "email", endpoint: "security@example.com" } } },
      holds: ({ subscriptions, topics }) => haveTopics(subscriptions, topics),
    },
  ],
  outputs: {
    topic_arns: textsOutput("The ARNs of the topics by name, available once alarms can publish to them."),
    key_arn: textOutput("The ARN of the key that was made. Null where none was."),
    key_policy: textOutput("The key policy, as JSON: of an existing key, the policy that it needs. Null without one."),
    dead_letter_queue_arn: textOutput("The ARN of the queue for what could not be delivered. Null without one."),
    dead_letter_queue_policy: textOutput("The policy of that queue, as JSON. Null without one."),
  },
});
