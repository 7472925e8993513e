import { Testing } from "cdktf";
import { AlarmTopics, type AlarmTopicsProps } from "../../../src/components/alarm-topics/alarm-topics";
import { newStack } from "../../placement/support/stack";
import {
  anonymous,
  type Caller,
  EVERYTHING_ALLOWED,
  type Expectation,
  expectation,
  OTHER_ACCOUNT_ID,
  person,
  service,
  withContext,
  withoutContext,
} from "../../policy/support/calls";
import { describeDecisions } from "../../policy/support/decisions";
import type { PolicyDocument, ServiceCall } from "../../policy/support/evaluator";
import { mutantsOf } from "../../policy/support/mutants";

const ACCOUNT_ID = "111122223333";

interface Layout {
  readonly name: string;
  readonly partition: string;
  readonly region: string;
}

const layouts: readonly Layout[] = [
  { name: "aws", partition: "aws", region: "eu-central-1" },
  { name: "aws-cn", partition: "aws-cn", region: "cn-north-1" },
];
const TLS = { "aws:SecureTransport": "true" };

/** A policy out of the stack. */
function policyOf(layout: Layout, type: string, name: string): PolicyDocument {
  const props: AlarmTopicsProps = { accountId: ACCOUNT_ID, region: layout.region, name: "example-logs" };
  const stack = newStack();
  new AlarmTopics(stack, "Default", props);
  return JSON.parse(JSON.parse(Testing.synth(stack)).resource[type][name].policy) as PolicyDocument;
}

function arn({ partition, region }: Layout, ofService: string, name: string, accountId = ACCOUNT_ID): string {
  return `arn:${partition}:${ofService}:${region}:${accountId}:${name}`;
}

/** The same call for a source that is in another region, and in another partition. */
function fromElsewhere(layout: Layout, who: string, call: ServiceCall): readonly Expectation[] {
  const source = call.context["aws:SourceArn"] ?? "";
  const partition = layout.partition === "aws" ? "aws-cn" : "aws";
  return [
    expectation(
      who,
      "denied",
      `${call.action} for a source in another region`,
      withContext(call, { "aws:SourceArn": source.replace(`:${layout.region}:`, ":us-west-2:") }),
    ),
    expectation(
      who,
      "denied",
      `${call.action} for a source in another partition`,
      withContext(call, { "aws:SourceArn": source.replace(`arn:${layout.partition}:`, `arn:${partition}:`) }),
    ),
  ];
}

/** A call over TLS. */
function over(caller: Caller, action: string, resource: string): ServiceCall {
  return { ...caller, context: { ...TLS, ...caller.context }, action, resource, resourceAccountId: ACCOUNT_ID };
}

function withoutTls(call: ServiceCall): ServiceCall {
  return withContext(call, { "aws:SecureTransport": "false" });
}

describeDecisions<Layout>({
  title: "the policy of a topic",
  layouts,
  mistakenLayouts: layouts.slice(0, 1),
  policyOf: (layout) => policyOf(layout, "aws_sns_topic_policy", "alarm_topic_alarms"),
  mutantsOf: (policy) => mutantsOf(policy, []),
  expectationsOf(layout): readonly Expectation[] {
    const topic = arn(layout, "sns", "example-logs-alarms");
    const publish = (caller: Caller): ServiceCall => over(caller, "sns:Publish", topic);
    const source = {
      "aws:SourceArn": arn(layout, "cloudwatch", "alarm:example-logs-root_use"),
      "aws:SourceAccount": ACCOUNT_ID,
    };
    const cloudWatch = publish(service("cloudwatch.amazonaws.com", source));
    const eventBridge = publish(service("events.amazonaws.com", {}));
    const owner = publish(person(`arn:${layout.partition}:iam::${ACCOUNT_ID}:role/Admin`, EVERYTHING_ALLOWED));
    return [
      expectation("CloudWatch", "allowed", "publish for an alarm of the account", cloudWatch),
      expectation("CloudWatch", "denied", "publish for another account", {
        ...withContext(cloudWatch, { "aws:SourceAccount": OTHER_ACCOUNT_ID }),
      }),
      expectation("CloudWatch", "denied", "publish for an alarm of another account", {
        ...withContext(cloudWatch, {
          "aws:SourceArn": arn(layout, "cloudwatch", "alarm:x", OTHER_ACCOUNT_ID),
        }),
      }),
      expectation("CloudWatch", "denied", "publish for what is no alarm", {
        ...withContext(cloudWatch, { "aws:SourceArn": arn(layout, "cloudwatch", "insight-rule/x") }),
      }),
      ...fromElsewhere(layout, "CloudWatch", cloudWatch),
      expectation("CloudWatch", "denied", "publish for no alarm", withoutContext(cloudWatch, "aws:SourceArn")),
      expectation("CloudWatch", "denied", "publish for no account", withoutContext(cloudWatch, "aws:SourceAccount")),
      expectation("CloudWatch", "denied", "publish without TLS", withoutTls(cloudWatch)),
      expectation("CloudWatch", "denied", "delete the topic", { ...cloudWatch, action: "sns:DeleteTopic" }),
      expectation("CloudWatch", "denied", "publish to another topic", {
        ...cloudWatch,
        resource: arn(layout, "sns", "example-logs-other"),
      }),
      expectation("EventBridge", "allowed", "publish, also without a source", eventBridge),
      expectation("EventBridge", "denied", "publish without TLS", withoutTls(eventBridge)),
      expectation("EventBridge", "denied", "delete the topic", { ...eventBridge, action: "sns:DeleteTopic" }),
      expectation("EventBridge", "denied", "publish to another topic", {
        ...eventBridge,
        resource: arn(layout, "sns", "example-logs-other"),
      }),
      expectation("Another service", "denied", "publish", publish(service("s3.amazonaws.com", source))),
      expectation("Somebody of the account", "allowed", "publish with a policy of IAM", owner),
      expectation("Somebody of the account", "denied", "publish without TLS", withoutTls(owner)),
      // The policy of a topic cannot deny everything: SNS takes no `sns:*` in it.
      expectation("Somebody of the account", "allowed", "delete the topic without TLS", {
        ...withoutTls(owner),
        action: "sns:DeleteTopic",
      }),
      expectation("Anybody", "denied", "publish", publish(anonymous)),
      expectation(
        "Somebody of another account",
        "denied",
        "publish",
        publish(person(`arn:${layout.partition}:iam::${OTHER_ACCOUNT_ID}:role/Admin`, EVERYTHING_ALLOWED)),
      ),
    ];
  },
});

describeDecisions<Layout>({
  title: "the policy of the queue for what could not be delivered",
  layouts,
  mistakenLayouts: layouts.slice(0, 1),
  policyOf: (layout) => policyOf(layout, "aws_sqs_queue_policy", "dead_letters"),
  mutantsOf: (policy) => mutantsOf(policy, []),
  expectationsOf(layout): readonly Expectation[] {
    const queue = arn(layout, "sqs", "example-logs-dead-letters");
    const send = (caller: Caller): ServiceCall => over(caller, "sqs:SendMessage", queue);
    const sns = send(service("sns.amazonaws.com", { "aws:SourceArn": arn(layout, "sns", "example-logs-alarms") }));
    const rule = send(
      service("events.amazonaws.com", { "aws:SourceArn": arn(layout, "events", "rule/example-logs-root_use") }),
    );
    const owner = send(person(`arn:${layout.partition}:iam::${ACCOUNT_ID}:role/Admin`, EVERYTHING_ALLOWED));
    const elsewhere = { resource: arn(layout, "sqs", "example-logs-other") };
    return [
      expectation("SNS", "allowed", "send for a topic of the alarms", sns),
      expectation("SNS", "denied", "send for another topic", {
        ...withContext(sns, { "aws:SourceArn": arn(layout, "sns", "other-alarms") }),
      }),
      expectation("SNS", "denied", "send for a topic of another account", {
        ...withContext(sns, { "aws:SourceArn": arn(layout, "sns", "example-logs-alarms", OTHER_ACCOUNT_ID) }),
      }),
      ...fromElsewhere(layout, "SNS", sns),
      expectation("SNS", "denied", "send for no topic", withoutContext(sns, "aws:SourceArn")),
      expectation("SNS", "denied", "send without TLS", withoutTls(sns)),
      expectation("SNS", "denied", "send to another queue", { ...sns, ...elsewhere }),
      expectation("SNS", "denied", "receive", { ...sns, action: "sqs:ReceiveMessage" }),
      expectation("EventBridge", "allowed", "send for a rule of the account", rule),
      expectation("EventBridge", "denied", "send for a rule of another account", {
        ...withContext(rule, { "aws:SourceArn": arn(layout, "events", "rule/x", OTHER_ACCOUNT_ID) }),
      }),
      expectation("EventBridge", "denied", "send for what is no rule", {
        ...withContext(rule, { "aws:SourceArn": arn(layout, "events", "event-bus/x") }),
      }),
      ...fromElsewhere(layout, "EventBridge", rule),
      expectation("EventBridge", "denied", "send for no rule", withoutContext(rule, "aws:SourceArn")),
      expectation("EventBridge", "denied", "send without TLS", withoutTls(rule)),
      expectation("EventBridge", "denied", "send to another queue", { ...rule, ...elsewhere }),
      expectation("EventBridge", "denied", "receive", { ...rule, action: "sqs:ReceiveMessage" }),
      expectation("Another service", "denied", "send", {
        ...send(service("s3.amazonaws.com", { "aws:SourceArn": arn(layout, "sns", "example-logs-alarms") })),
      }),
      expectation("Another service", "denied", "send for a rule", {
        ...send(service("s3.amazonaws.com", { "aws:SourceArn": arn(layout, "events", "rule/x") })),
      }),
      expectation("Somebody of the account", "allowed", "send with a policy of IAM", owner),
      expectation("Somebody of the account", "denied", "send without TLS", withoutTls(owner)),
      expectation("Somebody of the account", "denied", "receive without TLS", {
        ...withoutTls(owner),
        action: "sqs:ReceiveMessage",
      }),
      expectation("Anybody", "denied", "send", send(anonymous)),
    ];
  },
});

describeDecisions<Layout>({
  title: "the policy of the key of the topics",
  layouts,
  mistakenLayouts: layouts.slice(0, 1),
  policyOf: (layout) => policyOf(layout, "aws_kms_key", "alarm_topics"),
  // The resource of every statement is the key: AWS knows no other.
  mutantsOf: (policy) => mutantsOf(policy, []),
  expectationsOf(layout): readonly Expectation[] {
    const key = arn(layout, "kms", "key/1234abcd-12ab-34cd-56ef-1234567890ab");
    const use = (caller: Caller, action: string): ServiceCall => over(caller, action, key);
    const cloudWatch = service("cloudwatch.amazonaws.com", { "aws:SourceAccount": ACCOUNT_ID });
    const eventBridge = service("events.amazonaws.com", {});
    const iam = `arn:${layout.partition}:iam`;
    return [
      ...["kms:Decrypt", "kms:GenerateDataKey", "kms:GenerateDataKeyWithoutPlaintext"].flatMap((action) => [
        expectation("CloudWatch", "allowed", `call ${action} for the account`, use(cloudWatch, action)),
        expectation(
          "CloudWatch",
          "denied",
          `call ${action} for another account`,
          withContext(use(cloudWatch, action), { "aws:SourceAccount": OTHER_ACCOUNT_ID }),
        ),
        expectation(
          "CloudWatch",
          "denied",
          `call ${action} for no account`,
          withoutContext(use(cloudWatch, action), "aws:SourceAccount"),
        ),
        expectation("EventBridge", "allowed", `call ${action}, also without a source`, use(eventBridge, action)),
      ]),
      expectation("CloudWatch", "denied", "call kms:Encrypt", use(cloudWatch, "kms:Encrypt")),
      expectation("EventBridge", "denied", "call kms:Encrypt", use(eventBridge, "kms:Encrypt")),
      expectation("CloudWatch", "denied", "delete the key", use(cloudWatch, "kms:ScheduleKeyDeletion")),
      expectation("EventBridge", "denied", "delete the key", use(eventBridge, "kms:ScheduleKeyDeletion")),
      expectation(
        "Another service",
        "denied",
        "decrypt",
        use(service("s3.amazonaws.com", { "aws:SourceAccount": ACCOUNT_ID }), "kms:Decrypt"),
      ),
      ...["kms:Decrypt", "kms:PutKeyPolicy"].flatMap((action) => [
        expectation(
          "Somebody of the account",
          "allowed",
          `call ${action} with a policy of IAM`,
          use(person(`${iam}::${ACCOUNT_ID}:role/Admin`, EVERYTHING_ALLOWED), action),
        ),
        expectation(
          "Somebody of another account",
          "denied",
          `call ${action}`,
          use(person(`${iam}::${OTHER_ACCOUNT_ID}:role/Admin`, EVERYTHING_ALLOWED), action),
        ),
      ]),
      expectation(
        "Somebody of the account",
        "denied",
        "decrypt without a policy of IAM",
        use(person(`${iam}::${ACCOUNT_ID}:role/Reader`), "kms:Decrypt"),
      ),
    ];
  },
});
