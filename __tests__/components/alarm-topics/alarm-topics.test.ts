import { Testing } from "cdktf";
import { AlarmTopics, type AlarmTopicsProps } from "../../../src/components/alarm-topics/alarm-topics";
import { type Body, newStack } from "../../placement/support/stack";

type Resources = Readonly<Record<string, Readonly<Record<string, Body>> | undefined>>;

const props: AlarmTopicsProps = {
  accountId: "111122223333",
  region: "eu-central-1",
  name: "example.logs",
  tags: { Own: "Example Owner" },
};
const mail = { protocol: "email", endpoint: "security@example.com" } as const;

function resourcesOf(given: AlarmTopicsProps): Resources {
  const stack = newStack();
  new AlarmTopics(stack, "Default", given);
  return (JSON.parse(Testing.synth(stack)) as { readonly resource: Resources }).resource;
}

function addressesOf(resources: Resources): readonly string[] {
  return Object.entries(resources)
    .flatMap(([type, names]) => Object.keys(names ?? {}).map((name) => `${type}.${name}`))
    .toSorted();
}

function refusal(given: Partial<AlarmTopicsProps>): () => void {
  return () => {
    new AlarmTopics(newStack(), "Default", { ...props, ...given });
  };
}

describe("the topics", () => {
  test("are by default one, with its key, its policy and a queue for what could not be delivered", () => {
    expect(addressesOf(resourcesOf(props))).toEqual([
      "aws_kms_alias.alarm_topics",
      "aws_kms_key.alarm_topics",
      "aws_sns_topic.alarm_topic_alarms",
      "aws_sns_topic_policy.alarm_topic_alarms",
      "aws_sqs_queue.dead_letters",
      "aws_sqs_queue_policy.dead_letters",
    ]);
  });

  test("are named after the trail, without its dots, and encrypted with the key", () => {
    const { aws_sns_topic: topics, aws_kms_alias: aliases } = resourcesOf({
      ...props,
      topics: { alarms: {}, quiet: { displayName: "Quiet" } },
    });
    expect(topics).toEqual({
      alarm_topic_alarms: {
        name: "example-logs-alarms",
        display_name: "Audit trail",
        kms_master_key_id: "${aws_kms_key.alarm_topics.arn}",
        tags: props.tags,
      },
      alarm_topic_quiet: {
        name: "example-logs-quiet",
        display_name: "Quiet",
        kms_master_key_id: "${aws_kms_key.alarm_topics.arn}",
        tags: props.tags,
      },
    });
    expect(aliases?.alarm_topics).toEqual({
      name: "alias/example-logs-alarms",
      target_key_id: "${aws_kms_key.alarm_topics.key_id}",
    });
  });

  test("are encrypted with a key that is there already, or with none", () => {
    const arn = "arn:aws:kms:eu-central-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab";
    const existing = resourcesOf({ ...props, existingTopicKey: { arn } });
    expect(existing.aws_kms_key).toBeUndefined();
    expect(existing.aws_kms_alias).toBeUndefined();
    expect(existing.aws_sns_topic?.alarm_topic_alarms?.kms_master_key_id).toBe(arn);
    const none = resourcesOf({ ...props, encryptTopics: false });
    expect(none.aws_kms_key).toBeUndefined();
    expect(none.aws_sns_topic?.alarm_topic_alarms).not.toHaveProperty("kms_master_key_id");
  });

  test("have a key that is rotated, and a month to save it in", () => {
    expect(resourcesOf(props).aws_kms_key?.alarm_topics).toMatchObject({
      enable_key_rotation: true,
      deletion_window_in_days: 30,
      tags: props.tags,
    });
  });
});

describe("subscribers", () => {
  test("are told by their topic, and what does not reach them is kept once the queue takes it", () => {
    const { aws_sns_topic_subscription: subscriptions } = resourcesOf({ ...props, subscriptions: { mail } });
    expect(subscriptions).toEqual({
      alarm_topic_mail: {
        topic_arn: "${aws_sns_topic.alarm_topic_alarms.arn}",
        protocol: "email",
        endpoint: "security@example.com",
        redrive_policy: '{"deadLetterTargetArn":"arn:aws:sqs:eu-central-1:111122223333:example-logs-dead-letters"}',
        depends_on: ["aws_sqs_queue_policy.dead_letters"],
      },
    });
  });

  test("have no queue where that is off", () => {
    const resources = resourcesOf({ ...props, deadLetterQueue: false, subscriptions: { mail } });
    expect(resources.aws_sqs_queue).toBeUndefined();
    expect(resources.aws_sqs_queue_policy).toBeUndefined();
    expect(resources.aws_sns_topic_subscription?.alarm_topic_mail).not.toHaveProperty("redrive_policy");
    expect(resources.aws_sns_topic_subscription?.alarm_topic_mail).not.toHaveProperty("depends_on");
  });

  test.each([
    { protocol: "https", endpoint: "https://alerts.example.com/hooks/audit" },
    { protocol: "https", endpoint: "https://example.com:8443" },
    { protocol: "sqs", endpoint: "arn:aws:sqs:eu-central-1:111122223333:alarms" },
    { protocol: "lambda", endpoint: "arn:aws-cn:lambda:cn-north-1:111122223333:function:alarms" },
  ] as const)("may be $protocol: $endpoint", (subscription) => {
    expect(refusal({ subscriptions: { one: subscription } })).not.toThrow();
  });

  test.each([
    { protocol: "email", endpoint: "security" },
    { protocol: "https", endpoint: "http://example.com" },
    { protocol: "https", endpoint: "https://user:password@example.com" },
    { protocol: "https", endpoint: "https://example.com/hook?token=x" },
    { protocol: "sqs", endpoint: "https://sqs.eu-central-1.amazonaws.com/111122223333/alarms" },
    { protocol: "lambda", endpoint: "alarms" },
  ] as const)("may not be $protocol: $endpoint", (subscription) => {
    expect(refusal({ subscriptions: { one: subscription } })).toThrow("must be what protocol says");
  });

  test.each([
    "https://hooks.slack.com/services/T000/B000/secret",
    "https://discord.com/api/webhooks/1/secret",
    "https://events.eu.pagerduty.com/integration/secret/enqueue",
    "https://acme.webhook.office.com/webhookb2/secret",
  ])("may not be a URL that is a secret: %s", (endpoint) => {
    expect(refusal({ subscriptions: { one: { protocol: "https", endpoint } } })).toThrow(
      "must be no URL that is a secret",
    );
  });

  test("need a topic that is there", () => {
    expect(refusal({ subscriptions: { one: { ...mail, topic: "other" } } })).toThrow(
      "must be about topics that are there",
    );
  });
});

describe("the queue for what could not be delivered", () => {
  test("keeps it for two weeks, encrypted", () => {
    expect(resourcesOf(props).aws_sqs_queue?.dead_letters).toEqual({
      name: "example-logs-dead-letters",
      message_retention_seconds: 1209600,
      sqs_managed_sse_enabled: true,
      tags: props.tags,
    });
  });
});

test("the names of topics, key and queue are within the limits of AWS for the longest name of a trail", () => {
  const nameOfQueue = (name: string): string =>
    String(resourcesOf({ ...props, name }).aws_sqs_queue?.dead_letters?.name);
  const { aws_sns_topic: topics, aws_kms_alias: aliases } = resourcesOf({ ...props, name: "a".repeat(128) });
  for (const { name } of [...Object.values(topics ?? {}), ...Object.values(aliases ?? {})]) {
    expect(String(name).length).toBeLessThanOrEqual(256);
  }
  expect(nameOfQueue("a".repeat(67))).toBe(`${"a".repeat(67)}-dead-letters`);
  expect(nameOfQueue("a".repeat(128))).toMatch(/^a{58}-[0-9a-f]{8}-dead-letters$/);
  expect(nameOfQueue(`${"a".repeat(127)}b`)).not.toBe(nameOfQueue("a".repeat(128)));
});
