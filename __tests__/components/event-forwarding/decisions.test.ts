import { Testing } from "cdktf";
import { EventForwarding } from "../../../src/components/event-forwarding/event-forwarding";
import { newStack } from "../../placement/support/stack";
import {
  anonymous,
  type Caller,
  EVERYTHING_ALLOWED,
  type Expectation,
  expectation,
  OTHER_ACCOUNT_ID,
  otherPartition,
  person,
  service,
  withContext,
  withoutContext,
} from "../../policy/support/calls";
import { describeDecisions } from "../../policy/support/decisions";
import { decide, type PolicyDocument, type ServiceCall } from "../../policy/support/evaluator";
import { mutantsOf } from "../../policy/support/mutants";

const ACCOUNT_ID = "111122223333";

interface Layout {
  readonly name: string;
  readonly partition: string;
  readonly region: string;
  readonly home: string;
}

const layouts: readonly Layout[] = [
  { name: "aws", partition: "aws", region: "us-east-1", home: "eu-central-1" },
  { name: "aws-cn", partition: "aws-cn", region: "cn-north-1", home: "cn-northwest-1" },
];

function busOf({ partition, home }: Layout, accountId = ACCOUNT_ID): string {
  return `arn:${partition}:events:${home}:${accountId}:event-bus/default`;
}

/** A policy of the role, out of the stack. */
function policyOf(layout: Layout, which: "trust" | "permissions"): PolicyDocument {
  const stack = newStack();
  new EventForwarding(stack, "Default", {
    accountId: ACCOUNT_ID,
    region: layout.region,
    name: "example-logs",
    eventPatterns: { root_use: '{"detail-type":["AWS API Call via CloudTrail"]}' },
    eventBusArn: busOf(layout),
  });
  const { aws_iam_role: role, aws_iam_role_policy: policy } = JSON.parse(Testing.synth(stack)).resource;
  const text = which === "trust" ? role.event_forwarding.assume_role_policy : policy.event_forwarding.policy;
  return JSON.parse(text) as PolicyDocument;
}

describeDecisions<Layout>({
  title: "the trust of the role that forwards events",
  layouts,
  mistakenLayouts: layouts.slice(0, 1),
  policyOf: (layout) => policyOf(layout, "trust"),
  mutantsOf: (policy) => mutantsOf(policy, []),
  expectationsOf({ partition, region }): readonly Expectation[] {
    const assume = (caller: Caller): ServiceCall => ({
      ...caller,
      action: "sts:AssumeRole",
      resource: `arn:${partition}:iam::${ACCOUNT_ID}:role/example-logs-forward-${region}`,
      resourceAccountId: ACCOUNT_ID,
    });
    const rule = `arn:${partition}:events:${region}:${ACCOUNT_ID}:rule/example-logs-forward-root_use`;
    const source = { "aws:SourceArn": rule, "aws:SourceAccount": ACCOUNT_ID };
    const eventBridge = assume(service("events.amazonaws.com", source));
    const wrongRules: Readonly<Record<string, string>> = {
      "another rule": rule.replace("example-logs-forward-", "other-"),
      "a rule of another region": rule.replace(`:${region}:`, ":us-west-2:"),
      "a rule of another account": rule.replace(`:${ACCOUNT_ID}:`, `:${OTHER_ACCOUNT_ID}:`),
      "a rule of another partition": rule.replace(`arn:${partition}:`, `arn:${otherPartition(partition)}:`),
    };
    return [
      expectation("EventBridge", "allowed", "assume the role for a rule that forwards", eventBridge),
      ...Object.entries(wrongRules).map(([which, arn]) =>
        expectation(
          "EventBridge",
          "denied",
          `assume the role for ${which}`,
          withContext(eventBridge, { "aws:SourceArn": arn }),
        ),
      ),
      expectation("EventBridge", "denied", "assume the role for no rule", withoutContext(eventBridge, "aws:SourceArn")),
      expectation(
        "EventBridge",
        "denied",
        "assume the role for another account",
        withContext(eventBridge, { "aws:SourceAccount": OTHER_ACCOUNT_ID }),
      ),
      expectation(
        "EventBridge",
        "denied",
        "assume the role for no account",
        withoutContext(eventBridge, "aws:SourceAccount"),
      ),
      expectation("EventBridge", "denied", "tag a session of the role", { ...eventBridge, action: "sts:TagSession" }),
      expectation("Another service", "denied", "assume the role", assume(service("lambda.amazonaws.com", source))),
      expectation(
        "An administrator",
        "denied",
        "assume the role",
        assume(person(`arn:${partition}:iam::${ACCOUNT_ID}:user/administrator`, EVERYTHING_ALLOWED)),
      ),
      expectation("A caller without credentials", "denied", "assume the role", assume(anonymous)),
    ];
  },
});

describeDecisions<Layout>({
  title: "the policy of the role that forwards events",
  layouts,
  mistakenLayouts: layouts.slice(0, 1),
  policyOf: (layout) => policyOf(layout, "permissions"),
  mutantsOf: (policy, layout) =>
    mutantsOf(policy, [
      ["every bus", `arn:${layout.partition}:events:${layout.home}:${ACCOUNT_ID}:event-bus/*`],
      ["everything", "*"],
    ]),
  decide: (policy, call) => decide(undefined, { ...call, identityPolicies: [policy] }),
  expectationsOf(layout): readonly Expectation[] {
    const { partition, region, home } = layout;
    const role = person(`arn:${partition}:sts::${ACCOUNT_ID}:assumed-role/example-logs-forward-${region}/session`);
    const put = (bus: string, action = "events:PutEvents"): ServiceCall => ({
      ...role,
      action,
      resource: bus,
      resourceAccountId: bus.split(":")[4] ?? ACCOUNT_ID,
    });
    const bus = busOf(layout);
    return [
      expectation("the role", "allowed", "put events on the bus of the alarms", put(bus)),
      expectation("the role", "denied", "put events on another bus", put(bus.replace("/default", "/other"))),
      expectation("the role", "denied", "put events on the bus of its own region", put(bus.replace(home, region))),
      expectation(
        "the role",
        "denied",
        "put events on the bus of another account",
        put(busOf(layout, OTHER_ACCOUNT_ID)),
      ),
      expectation("the role", "denied", "delete the bus", put(bus, "events:DeleteEventBus")),
      expectation("the role", "denied", "look at the bus", put(bus, "events:DescribeEventBus")),
    ];
  },
});
