import { AuditTrail } from "../../src/audit-trail/audit-trail";
import { DeploymentRole, StateBucket } from "../../src/components";
import { type Files, moduleAddresses, terraformFiles } from "../../src/generator";
import { publishedModules } from "../../src/published";
import { synthesize } from "../../src/stacks";
import { everythingOn } from "../audit-trail/support/everything-on";
import { type Addresses, addressesOfModule, addressesOfStack, brokenPromises, readPinned } from "./support/addresses";

const files: Files = terraformFiles(AuditTrail, "json");
const ofModule = addressesOfModule(files);

/** The addresses of the stack with everything on: what alarms watch by metric in one, by event in another. */
function ofStack(): Addresses {
  const variants = [
    { watch: "metric" },
    { watch: "event" },
    { watch: "event", changedAlarms: { vpc_changes: { threshold: 2 } } },
  ] as const;
  const found = variants.map((variant) => {
    const stacks = synthesize([
      {
        name: "main",
        inputs: {
          accountId: "111122223333",
          accountName: "example",
          region: "eu-central-1",
          owner: "Me",
          ...everythingOn,
          organization: { id: "o-exampleorgid", managementAccountId: "111122223333" },
          alarms: {
            ...variant,
            acceptOrganization: true,
            subscriptions: { mail: { protocol: "email", endpoint: "security@example.com" } },
          },
        },
        state: { backend: "local", settings: { path: "terraform.tfstate" } },
        provider: { profile: null, role_arn: null },
        preventDestroy: false,
        regionArgument: false,
      },
    ]);
    return addressesOfStack(stacks.get("stacks/main/cdk.tf.json") as string);
  });
  return {
    present: [...new Set(found.flatMap(({ present }) => present))],
    moves: found.flatMap(({ moves }) => moves),
  };
}

/** What comes before the key in the addresses of resources that there is one of for each entry of a map. */
const REPEATED = [
  "aws_cloudwatch_event_rule.alarm",
  "aws_cloudwatch_event_rule.rate",
  "aws_cloudwatch_event_target.alarm",
  "aws_cloudwatch_log_metric_filter.alarm",
  "aws_cloudwatch_log_metric_filter.rate",
  "aws_cloudwatch_metric_alarm.alarm",
  "aws_cloudwatch_metric_alarm.counted_event",
  "aws_cloudwatch_metric_alarm.rate",
  "aws_cloudwatch_metric_alarm.silence",
  "aws_sns_topic.alarm_topic",
  "aws_sns_topic_policy.alarm_topic",
  "aws_sns_topic_subscription.alarm_topic",
];

describe("the addresses that users have in their states", () => {
  test("are those of the published module, or are moved to them", () => {
    expect(publishedModules.map(({ component }) => component)).toEqual([AuditTrail, DeploymentRole, StateBucket]);
    expect(brokenPromises(readPinned("module-addresses.txt"), ofModule)).toEqual([]);
  });

  test("are those of the published module of the state bucket, or are moved to them", () => {
    const ofStateBucket = addressesOfModule(terraformFiles(StateBucket, "json"));
    expect(brokenPromises(readPinned("state-bucket-addresses.txt"), ofStateBucket)).toEqual([]);
  });

  test("are those of the published module of the deployment role, or are moved to them", () => {
    const ofDeploymentRole = addressesOfModule(terraformFiles(DeploymentRole, "json"));
    expect(brokenPromises(readPinned("deployment-role-addresses.txt"), ofDeploymentRole)).toEqual([]);
  });

  test("are those of the stack with everything on, or are moved to them", () => {
    expect(brokenPromises(readPinned("stack-addresses.txt"), ofStack())).toEqual([]);
  });

  test("are as many in the stack as in the module: everything is on", () => {
    // What forwards events of further regions is no part of the module: callers place it beside.
    const within = ofStack().present.filter((address) => !address.includes(".events_of_"));
    const once = within.map((address) => REPEATED.find((each) => address.startsWith(`${each}_`)) ?? address);
    expect(new Set(once).size).toBe(ofModule.present.length);
  });

  test("are derived from the constructs as they stand in the files of the module", () => {
    const derived = moduleAddresses(AuditTrail).map(({ address }) => address);
    expect([...derived].sort()).toEqual([...ofModule.present].sort());
  });
});

describe("an address that changes", () => {
  const pinned = { file: "list.txt", addresses: ["module.a.aws_x.one", "module.a.aws_x.two[0]"] };
  const present = ["module.b.aws_x.first", "module.b.aws_x.two[0]"];
  const added = present.map((address) => `${address} is new: add a line for it to __tests__/published/list.txt.`);

  test("demands an entry in the list of moved addresses", () => {
    expect(brokenPromises(pinned, { present, moves: [] })).toEqual([
      expect.stringMatching(
        /^module\.a\.aws_x\.one is gone, .*demands an entry in the list `moved` of the component's/,
      ),
      expect.stringMatching(/^module\.a\.aws_x\.two\[0\] is gone, .*demands an entry in the list `moved`/),
      ...added,
    ]);
  });

  test("is found again by its entry, with its module and by one entry after the other", () => {
    const moves = [
      { from: "module.b.aws_x.one", to: "module.b.aws_x.first" },
      { from: "module.a", to: "module.b" },
    ];
    expect(brokenPromises(pinned, { present, moves })).toEqual(added);
    expect(brokenPromises(pinned, { present, moves: moves.slice(1) })).toEqual([
      expect.stringMatching(/^module\.a\.aws_x\.one is gone/),
      ...added,
    ]);
  });

  test("may get or lose the index of a count, which Terraform moves by itself", () => {
    const counted = { present: ["module.a[0].aws_x.one[0]", "module.a[0].aws_x.two"], moves: [] };
    expect(brokenPromises(pinned, counted)).toEqual([
      expect.stringMatching(/^module\.a\[0\]\.aws_x\.one\[0\] is new/),
      expect.stringMatching(/^module\.a\[0\]\.aws_x\.two is new/),
    ]);
  });
});
