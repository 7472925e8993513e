import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { EventForwarding, type EventForwardingProps } from "../../../src/components/event-forwarding/event-forwarding";
import { eventForwardingDefinition } from "../../../src/components/event-forwarding/inputs";
import { check, problemText } from "../../../src/inputs";
import { addressesOf, bodyOf, newStack, synthesized } from "../../placement/support/stack";

const BUS = "arn:aws:events:eu-central-1:111122223333:event-bus/default";
const PATTERN = '{"detail-type":["AWS API Call via CloudTrail"]}';
const props: EventForwardingProps = {
  accountId: "111122223333",
  region: "us-east-1",
  name: "example-logs",
  eventPatterns: { root_use: PATTERN, iam_policy_changes: PATTERN },
  eventBusArn: BUS,
};

describe("event forwarding", () => {
  test("is a rule with one target for each pattern, and the role of all", () => {
    const stack = newStack();
    new EventForwarding(stack, "Default", props);
    expect(addressesOf(synthesized(stack))).toEqual([
      "aws_cloudwatch_event_rule.forwarded_iam_policy_changes",
      "aws_cloudwatch_event_rule.forwarded_root_use",
      "aws_cloudwatch_event_target.forwarded_iam_policy_changes",
      "aws_cloudwatch_event_target.forwarded_root_use",
      "aws_iam_role.event_forwarding",
      "aws_iam_role_policy.event_forwarding",
    ]);
    expect(bodyOf(stack, "aws_cloudwatch_event_rule.forwarded_root_use")).toEqual({
      name: "example-logs-forward-root_use",
      description: "Forwards events to the alarm root_use of the trail example-logs",
      event_pattern: PATTERN,
      state: "ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS",
      tags: {},
    });
    expect(bodyOf(stack, "aws_cloudwatch_event_target.forwarded_root_use")).toEqual({
      rule: "${aws_cloudwatch_event_rule.forwarded_root_use.name}",
      target_id: "alarms",
      arn: BUS,
      role_arn: "${aws_iam_role.event_forwarding.arn}",
      depends_on: ["aws_iam_role_policy.event_forwarding"],
    });
  });

  test("has names within the limits of AWS for the longest name of a trail, id and region", () => {
    const stack = newStack();
    const id = "a".repeat(31);
    new EventForwarding(stack, "Default", {
      ...props,
      name: "n".repeat(128),
      region: "ap-southeast-2",
      eventPatterns: { [id]: PATTERN },
    });
    expect(String(bodyOf(stack, `aws_cloudwatch_event_rule.forwarded_${id}`).name)).toHaveLength(64);
    expect(String(bodyOf(stack, "aws_iam_role.event_forwarding").name).length).toBeLessThanOrEqual(64);
  });

  test("has other names for another trail, also where the names of both begin alike", () => {
    const [one, two] = ["one", "two"].map((end) => {
      const stack = newStack();
      new EventForwarding(stack, "Default", { ...props, name: `${"n".repeat(60)}-${end}` });
      return [
        bodyOf(stack, "aws_cloudwatch_event_rule.forwarded_root_use").name,
        bodyOf(stack, "aws_iam_role.event_forwarding").name,
      ];
    }) as [string[], string[]];
    expect(new Set([...one, ...two]).size).toBe(4);
  });

  test("is made through the provider of its region", () => {
    const stack = newStack();
    const provider = new AwsProvider(stack, "aws_us_east_1", { alias: "us_east_1", region: "us-east-1" });
    new EventForwarding(stack, "Default", props, { provider });
    const { resource = {} } = synthesized(stack);
    const providers = Object.values(resource).flatMap((named) =>
      Object.values(named ?? {}).map((each) => each.provider),
    );
    expect(providers).toEqual(Array(6).fill("aws.us_east_1"));
  });

  test.each([
    [{ event_bus_arn: "default" }, 'event_bus_arn: must be the ARN of an event bus; got "default"'],
    [
      { event_patterns: { root_use: "{}" } },
      'event_patterns.root_use: must be a pattern of EventBridge in JSON, with detail-type; got "{}"',
    ],
  ])("refuses %j", (wrong, problem) => {
    const given = {
      account_id: "111122223333",
      region: "us-east-1",
      name: "example-logs",
      event_patterns: { root_use: PATTERN },
      event_bus_arn: BUS,
      ...wrong,
    };
    expect(check(eventForwardingDefinition, given).problems.map(problemText)).toEqual([problem]);
  });
});
