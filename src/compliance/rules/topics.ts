import { allowsEverybody, deniesWithoutTls, type ReadStatement } from "../../policy";
import type { Resource, Stack } from "../../stacks/stack";
import { statementsOf } from "../statements";
import type { Rule } from "./rule";

/** The topics that the stack makes. */
export function topicsOf(stack: Stack): readonly Resource[] {
  return stack.of("aws_sns_topic");
}

/** The queues that the stack makes. */
export function queuesOf(stack: Stack): readonly Resource[] {
  return stack.of("aws_sqs_queue");
}

/** What takes messages, with what its policy says and the action of whoever sends one. */
interface Mailbox {
  readonly resource: Resource;
  readonly statements: readonly ReadStatement[];
  readonly sending: string;
}

function mailboxesOf(stack: Stack): readonly Mailbox[] {
  return [
    ...topicsOf(stack).map((resource) => ({
      resource,
      statements: stack.belongingTo(resource, "aws_sns_topic_policy", "arn").flatMap((each) => statementsOf(each)),
      sending: "sns:Publish",
    })),
    ...queuesOf(stack).map((resource) => ({
      resource,
      statements: stack
        .belongingTo(resource, "aws_sqs_queue_policy", "queue_url")
        .flatMap((each) => statementsOf(each)),
      sending: "sqs:*",
    })),
  ];
}

/** Whoever may send messages is named: else anybody could cry wolf until nobody listens. */
export const topicsAreClosed: Rule = {
  id: "topics-are-closed",
  title: "Every topic and queue has a policy, and none is open to everybody",
  findings: (stack) =>
    mailboxesOf(stack).flatMap(({ resource: { address }, statements }) => [
      ...(statements.length === 0 ? [{ resource: address, message: "has no policy" }] : []),
      ...(statements.some((each) => allowsEverybody(each))
        ? [{ resource: address, message: "is open to everybody" }]
        : []),
    ]),
};

/** No message travels without TLS. */
export const topicsDenyHttp: Rule = {
  id: "topics-deny-http",
  title: "Every topic and queue denies messages without TLS",
  findings: (stack) =>
    mailboxesOf(stack)
      .filter(({ statements, sending }) => !statements.some((each) => deniesWithoutTls(each, sending, [])))
      .map(({ resource }) => ({ resource: resource.address, message: "takes messages without TLS" })),
};

/** Somebody hears what is sent to a topic. Whether they confirmed is known to AWS alone. */
export const topicsAreHeard: Rule = {
  id: "topics-are-heard",
  title: "Every topic has a subscriber",
  findings: (stack) =>
    topicsOf(stack)
      .filter((topic) => stack.belongingTo(topic, "aws_sns_topic_subscription", "topic_arn").length === 0)
      .map(({ address }) => ({ resource: address, message: "has no subscriber: nobody hears of an alarm" })),
};
