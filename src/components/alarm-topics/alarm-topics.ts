import { KmsAlias } from "@cdktf/provider-aws/lib/kms-alias";
import { KmsKey } from "@cdktf/provider-aws/lib/kms-key";
import { SnsTopic } from "@cdktf/provider-aws/lib/sns-topic";
import { SnsTopicPolicy } from "@cdktf/provider-aws/lib/sns-topic-policy";
import { SnsTopicSubscription } from "@cdktf/provider-aws/lib/sns-topic-subscription";
import { SqsQueue } from "@cdktf/provider-aws/lib/sqs-queue";
import { SqsQueuePolicy } from "@cdktf/provider-aws/lib/sqs-queue-policy";
import type { Construct } from "constructs";
import {
  Component,
  local,
  outputTokenIfSet,
  outputTokens,
  type PlacedElement,
  resource,
  resourceForEach,
  type Structure,
} from "../../placement";
import {
  alarmArn,
  CLOUDWATCH,
  EVENTBRIDGE,
  EVERYBODY,
  enableIamPolicies,
  eventRuleArn,
  partitionOf,
  policyDocument,
  queueArn,
  SNS,
  topicArn,
} from "../../policy";
import {
  and,
  choose,
  get,
  ifSet,
  isNull,
  jsonencode,
  mapValues,
  replaced,
  shortened,
  text,
  type Value,
} from "../../values";
import type { AlarmTopicsProps } from "../props";
import { alarmTopicsDefinition } from "./inputs";

export type { AlarmTopicsProps };

/** What remains of the 80 characters of a queue's name for that of the trail. Topics and keys may have longer names. */
const LONGEST_BEGINNING = 67;

/** How long a message that could not be delivered is kept: two weeks, the longest that SQS can. */
const LONGEST_RETENTION_SECONDS = 1_209_600;

/** How names of topics of a trail begin. Those of SNS have no dots. */
export function topicNamesBeginWith(trailName: Value<string>): Value<string> {
  return text`${replaced(trailName, ".", "-")}-`;
}

/**
 * The SNS topics that tell people of alarms.
 *
 * @see https://docs.aws.amazon.com/sns/latest/dg/sns-key-management.html
 */
export class AlarmTopics extends Component<typeof alarmTopicsDefinition.fields, typeof alarmTopicsDefinition.outputs> {
  static readonly definition = alarmTopicsDefinition;

  /**
   * @throws InputError naming every input that is wrong, before any resource is made
   */
  constructor(scope: Construct, id: string, props: AlarmTopicsProps, structure: Structure = {}) {
    super(scope, id, alarmTopicsDefinition, props, structure);
    const { accountId, region, topics, subscriptions, encryptTopics, deadLetterQueue, tags } = this.inputs;
    const partition = local(this, "partition", partitionOf(region));
    const beginning = local(this, "names_begin_with", topicNamesBeginWith(this.inputs.name));
    const address = (name: Value<string>) => ({ partition, region, accountId, name });
    const source = { StringEquals: { "aws:SourceAccount": accountId } };

    const keyPolicy = local(
      this,
      "key_policy",
      policyDocument(
        enableIamPolicies(partition, accountId),
        {
          Sid: "AllowCloudWatch",
          Effect: "Allow",
          Principal: CLOUDWATCH,
          Action: ["kms:Decrypt", "kms:GenerateDataKey*"],
          Resource: "*",
          Condition: source,
        },
        {
          // SNS lets EventBridge use a key on no condition: with one, messages are lost.
          Sid: "AllowEventBridge",
          Effect: "Allow",
          Principal: EVENTBRIDGE,
          Action: ["kms:Decrypt", "kms:GenerateDataKey*"],
          Resource: "*",
        },
      ),
    );
    const key = this.key(keyPolicy, beginning);
    const topic = resourceForEach(this, SnsTopic, "alarm_topic", topics, (chosen, name) => ({
      name: text`${beginning}${name}`,
      displayName: get(chosen, "display_name"),
      kmsMasterKeyId: key.arn,
      tags,
    }));
    const policies = resourceForEach(this, SnsTopicPolicy, "alarm_topic", topics, (_, name) => {
      const arn = topic.attribute(name, "arn");
      const resourceArn = topicArn(address(text`${beginning}${name}`));
      return {
        arn,
        policy: policyDocument(
          {
            Sid: "AllowCloudWatch",
            Effect: "Allow",
            Principal: CLOUDWATCH,
            Action: "sns:Publish",
            Resource: resourceArn,
            Condition: { ...source, ArnLike: { "aws:SourceArn": alarmArn(address("*")) } },
          },
          {
            // Topics take events of EventBridge on no condition that AWS documents.
            Sid: "AllowEventBridge",
            Effect: "Allow",
            Principal: EVENTBRIDGE,
            Action: "sns:Publish",
            Resource: resourceArn,
          },
          {
            Sid: "DenyInsecureTransport",
            Effect: "Deny",
            Principal: EVERYBODY,
            Action: "sns:Publish",
            Resource: resourceArn,
            Condition: { Bool: { "aws:SecureTransport": "false" } },
          },
        ),
      };
    });

    const shortName = local(this, "short_name", shortened(this.inputs.name, LONGEST_BEGINNING));
    const queueName = local(this, "dead_letter_queue_name", text`${topicNamesBeginWith(shortName)}dead-letters`);
    const deadLetters = local(this, "dead_letter_queue_arn", queueArn(address(queueName)));
    const queuePolicy = local(
      this,
      "dead_letter_queue_policy",
      policyDocument(
        {
          Sid: "AllowTopics",
          Effect: "Allow",
          Principal: SNS,
          Action: "sqs:SendMessage",
          Resource: deadLetters,
          Condition: { ArnLike: { "aws:SourceArn": topicArn(address(text`${beginning}*`)) } },
        },
        {
          Sid: "AllowEventBridge",
          Effect: "Allow",
          Principal: EVENTBRIDGE,
          Action: "sqs:SendMessage",
          Resource: deadLetters,
          Condition: { ArnLike: { "aws:SourceArn": eventRuleArn(address("*")) } },
        },
        {
          Sid: "DenyInsecureTransport",
          Effect: "Deny",
          Principal: EVERYBODY,
          Action: "sqs:*",
          Resource: deadLetters,
          Condition: { Bool: { "aws:SecureTransport": "false" } },
        },
      ),
    );
    const queue = this.deadLetterQueue(queueName, queuePolicy);
    resourceForEach(
      this,
      SnsTopicSubscription,
      "alarm_topic",
      subscriptions,
      (subscriber) => ({
        topicArn: topic.attribute(get(subscriber, "topic"), "arn"),
        protocol: get(subscriber, "protocol"),
        endpoint: get(subscriber, "endpoint"),
        redrivePolicy: choose(deadLetterQueue, jsonencode({ deadLetterTargetArn: deadLetters }), null),
      }),
      { dependsOn: [queue] },
    );

    const onlyWhere = (condition: Value<boolean>, value: Value<string>): Value<string> =>
      choose<string | null>(condition, value, null) as Value<string>;
    this.declareOutputs({
      topic_arns: {
        value: mapValues<unknown, string>(topics, ["name", "topic"], (_, name) =>
          topicArn(address(text`${beginning}${name}`)),
        ),
        after: [policies],
      },
      key_arn: { value: key.newArn },
      key_policy: { value: onlyWhere(encryptTopics, keyPolicy) },
      dead_letter_queue_arn: { value: onlyWhere(deadLetterQueue, deadLetters), after: [queue] },
      dead_letter_queue_policy: { value: onlyWhere(deadLetterQueue, queuePolicy) },
    });
  }

  private key(policy: Value<string>, beginning: Value<string>): { arn: Value<string | null>; newArn: Value<string> } {
    const { encryptTopics, existingTopicKey: existing } = this.inputs;
    const when = local(this, "creates_key", and(encryptTopics, isNull(existing)));
    const key = resource(
      this,
      KmsKey,
      "alarm_topics",
      {
        description: text`Encrypts the topics ${beginning}*`,
        policy,
        enableKeyRotation: true,
        deletionWindowInDays: 30,
        tags: this.inputs.tags,
      },
      { when },
    );
    resource(
      this,
      KmsAlias,
      "alarm_topics",
      { name: text`alias/${beginning}alarms`, targetKeyId: key.attribute("key_id") },
      { when },
    );
    const newArn = key.attribute("arn");
    const existingArn = ifSet<typeof existing, string | null>(existing, (given) => get(given, "arn"), null);
    return { newArn, arn: choose(when, newArn, choose<string | null>(encryptTopics, existingArn, null)) };
  }

  private deadLetterQueue(name: Value<string>, policy: Value<string>): PlacedElement {
    const when = this.inputs.deadLetterQueue;
    const queue = resource(
      this,
      SqsQueue,
      "dead_letters",
      {
        name,
        messageRetentionSeconds: LONGEST_RETENTION_SECONDS,
        sqsManagedSseEnabled: true,
        tags: this.inputs.tags,
      },
      { when, comment: "An alarm that could not be delivered is not lost: it waits here." },
    );
    return resource(this, SqsQueuePolicy, "dead_letters", { queueUrl: queue.attribute("url"), policy }, { when });
  }

  /** The ARNs of the topics by name, once alarms can publish to them. */
  get topicArns(): Readonly<Record<string, string>> {
    return outputTokens(this.outputs.topic_arns);
  }

  /** The ARN of the key that was made, where one was. */
  get keyArn(): string | undefined {
    return outputTokenIfSet(this.outputs.key_arn);
  }

  /** The key policy, as JSON, where there is a key: of an existing key, the policy that it needs. */
  get keyPolicy(): string | undefined {
    return outputTokenIfSet(this.outputs.key_policy);
  }

  /** The ARN of the queue for what could not be delivered, where there is one. */
  get deadLetterQueueArn(): string | undefined {
    return outputTokenIfSet(this.outputs.dead_letter_queue_arn);
  }

  /** The policy of that queue, as JSON. */
  get deadLetterQueuePolicy(): string | undefined {
    return outputTokenIfSet(this.outputs.dead_letter_queue_policy);
  }
}
