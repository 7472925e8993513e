import { CloudwatchLogGroup } from "@cdktf/provider-aws/lib/cloudwatch-log-group";
import { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import { IamRolePolicy } from "@cdktf/provider-aws/lib/iam-role-policy";
import { Testing } from "cdktf";
import { newLogGroup } from "../../../src/components/trail/cloudwatch-logs";
import { trailDefinition } from "../../../src/components/trail/inputs";
import { Trail, type TrailProps } from "../../../src/components/trail/trail";
import { outputTokenIfSet } from "../../../src/placement";
import { hcl } from "../../../src/values";
import { addressesOf, bodyOf, newDraft, newStack, resolved, synthesized } from "../../placement/support/stack";
import { variablesOf } from "../../placement/support/variables";

const props: TrailProps = {
  name: "example-logs",
  accountId: "111122223333",
  region: "eu-central-1",
  s3BucketName: "example-bucket",
};

type Logs = NonNullable<TrailProps["cloudwatchLogs"]>;

const GROUP = "arn:aws:logs:eu-central-1:111122223333:log-group:/aws/cloudtrail/example-logs";
const EXISTING_GROUP = "arn:aws:logs:eu-central-1:111122223333:log-group:all-events";
const EXISTING_ROLE = "arn:aws:iam::111122223333:role/audit/deliver";

/** The trail in a stack, with CloudWatch Logs. */
function trailWith(cloudwatchLogs: Logs | null, inputs: Partial<TrailProps> = {}) {
  const stack = newStack();
  const { outputs } = new Trail(
    stack,
    "Default",
    { ...props, ...inputs, cloudwatchLogs },
    { accountCheck: "provider" },
  );
  const { resource = {} } = synthesized(stack);
  return {
    stack,
    addresses: addressesOf({ resource }),
    trail: resource.aws_cloudtrail?.trail ?? {},
    group: resource.aws_cloudwatch_log_group?.trail,
    role: resource.aws_iam_role?.cloudwatch_logs,
    rolePolicy: resource.aws_iam_role_policy?.cloudwatch_logs,
    outputs: resolved(stack, {
      name: outputTokenIfSet(outputs.log_group_name),
      arn: outputTokenIfSet(outputs.log_group_arn),
      role: outputTokenIfSet(outputs.cloudwatch_logs_role_arn),
    }),
  };
}

function policyOf(body: object | undefined, name: "policy" | "assume_role_policy") {
  return JSON.parse((body as Record<string, string>)[name] as string);
}

describe("CloudWatch Logs that are off", () => {
  test("make nothing, and are named nowhere", () => {
    const { addresses, trail, outputs } = trailWith(null);
    expect(addresses).toEqual(["aws_cloudtrail.trail"]);
    expect(Object.keys(trail).filter((name) => /cloud_watch|depends_on/.test(name))).toEqual([]);
    expect(outputs).toEqual({ name: undefined, arn: undefined, role: undefined });
  });
});

describe("CloudWatch Logs that are on", () => {
  const { stack, addresses, trail, group, role, rolePolicy, outputs } = trailWith({});

  test("are a group, a role and its policy", () => {
    expect(addresses).toEqual([
      "aws_cloudtrail.trail",
      "aws_cloudwatch_log_group.trail",
      "aws_iam_role.cloudwatch_logs",
      "aws_iam_role_policy.cloudwatch_logs",
    ]);
    expect(Testing.synth(stack)).toHaveResourceWithProperties(CloudwatchLogGroup, { retention_in_days: 365 });
    expect(Testing.synth(stack)).toHaveResourceWithProperties(IamRole, { name: "example-logs-cloudwatch-logs" });
    expect(Testing.synth(stack)).toHaveResourceWithProperties(IamRolePolicy, { name: "deliver-events" });
  });

  test("are told to the trail with what stands for the streams, once the role may write", () => {
    expect(trail).toMatchObject({
      cloud_watch_logs_group_arn: "${aws_cloudwatch_log_group.trail.arn}:*",
      cloud_watch_logs_role_arn: "${aws_iam_role.cloudwatch_logs.arn}",
      depends_on: ["aws_iam_role_policy.cloudwatch_logs"],
    });
  });

  test("have by default a group that is named after the trail, and kept for a year", () => {
    expect(group).toEqual({ name: "/aws/cloudtrail/example-logs", retention_in_days: 365, tags: {} });
  });

  test("say no class of the group by default, as regions without classes refuse even the standard one", () => {
    expect(group).not.toHaveProperty("log_group_class");
  });

  test("have a role that CloudTrail alone may assume", () => {
    expect(role).toEqual({
      name: "example-logs-cloudwatch-logs",
      path: "/",
      description: "Delivers the events of the trail example-logs to CloudWatch Logs",
      assume_role_policy: expect.any(String),
      tags: {},
    });
    expect(policyOf(role, "assume_role_policy")).toEqual({
      Version: "2012-10-17",
      Statement: [
        {
          Sid: "AllowCloudTrail",
          Effect: "Allow",
          Principal: { Service: "cloudtrail.amazonaws.com" },
          Action: "sts:AssumeRole",
        },
      ],
    });
  });

  test("have a policy of that role which lets it write to the streams of the trail alone", () => {
    expect(rolePolicy).toEqual({
      name: "deliver-events",
      role: "${aws_iam_role.cloudwatch_logs.name}",
      policy: expect.any(String),
    });
    expect(policyOf(rolePolicy, "policy")).toEqual({
      Version: "2012-10-17",
      Statement: [
        {
          Sid: "DeliverEvents",
          Effect: "Allow",
          Action: ["logs:CreateLogStream", "logs:PutLogEvents"],
          Resource: [`${GROUP}:log-stream:111122223333_CloudTrail_eu-central-1*`],
        },
      ],
    });
  });

  test("have outputs: the group, and the role once it exists", () => {
    expect(outputs).toEqual({
      name: "${aws_cloudwatch_log_group.trail.name}",
      arn: "${aws_cloudwatch_log_group.trail.arn}",
      role: "${aws_iam_role.cloudwatch_logs.arn}",
    });
  });
});

describe("each option of the group", () => {
  test.each<[Logs, object]>([
    [{ retentionInDays: 3653 }, { retention_in_days: 3653 }],
    [{ logGroupClass: "INFREQUENT_ACCESS" }, { log_group_class: "INFREQUENT_ACCESS" }],
    [{ logGroupClass: "STANDARD" }, { log_group_class: "STANDARD" }],
    [{ logGroupName: "audit/events" }, { name: "audit/events" }],
  ])("%j is what the group is told", (options, expected) => {
    expect(trailWith(options).group).toEqual({ ...trailWith({}).group, ...expected });
  });

  test("its name is in every ARN of it", () => {
    const arn = "arn:aws:logs:eu-central-1:111122223333:log-group:audit/events";
    const { group, trail, rolePolicy } = trailWith({ logGroupName: "audit/events" });
    expect(trail.cloud_watch_logs_group_arn).toBe("${aws_cloudwatch_log_group.trail.arn}:*");
    expect(policyOf(rolePolicy, "policy").Statement[0].Resource).toEqual([
      `${arn}:log-stream:111122223333_CloudTrail_eu-central-1*`,
    ]);
    expect(group).toMatchObject({ name: "audit/events" });
  });

  test("it is encrypted with the key of the trail, and has its tags", () => {
    const kmsKeyArn = "arn:aws:kms:eu-central-1:111122223333:key/1234abcd";
    expect(trailWith({}, { kmsKeyArn, tags: { a: "b" } }).group).toEqual({
      ...trailWith({}).group,
      kms_key_id: kmsKeyArn,
      tags: { a: "b" },
    });
  });
});

describe("a group that is there already", () => {
  test.each([EXISTING_GROUP, `${EXISTING_GROUP}:*`])("is used as %s", (arn) => {
    const { addresses, trail, rolePolicy, outputs } = trailWith({ existingLogGroup: { arn } });
    expect(addresses).toEqual([
      "aws_cloudtrail.trail",
      "aws_iam_role.cloudwatch_logs",
      "aws_iam_role_policy.cloudwatch_logs",
    ]);
    expect(trail.cloud_watch_logs_group_arn).toBe(`${EXISTING_GROUP}:*`);
    expect(policyOf(rolePolicy, "policy").Statement[0].Resource).toEqual([
      `${EXISTING_GROUP}:log-stream:111122223333_CloudTrail_eu-central-1*`,
    ]);
    expect(outputs).toMatchObject({ arn: EXISTING_GROUP });
    expect(outputs).not.toHaveProperty("name");
  });
});

describe("the role", () => {
  test.each<[Logs, object]>([
    [{ roleName: "deliver" }, { name: "deliver" }],
    [{ rolePath: "/audit/" }, { path: "/audit/" }],
    [
      { permissionsBoundaryArn: "arn:aws:iam::111122223333:policy/boundary" },
      { permissions_boundary: "arn:aws:iam::111122223333:policy/boundary" },
    ],
  ])("is told %j", (options, expected) => {
    expect(trailWith(options).role).toEqual({ ...trailWith({}).role, ...expected });
  });

  test.each([
    [48, "a".repeat(48), `${"a".repeat(48)}-cloudwatch-logs`],
    [49, "a".repeat(49), `${"a".repeat(39)}-8f9bec6a-cloudwatch-logs`],
    [128, "a".repeat(128), `${"a".repeat(39)}-6836cf13-cloudwatch-logs`],
  ])("of a trail whose name has %p letters has a name of at most 64", (_length, name, expected) => {
    expect(trailWith({}, { name }).role).toMatchObject({ name: expected });
    expect(expected.length).toBeLessThanOrEqual(64);
  });

  test("has the tags of the trail", () => {
    expect(trailWith({}, { tags: { a: "b" } }).role).toMatchObject({ tags: { a: "b" } });
  });

  test("is assumed on behalf of the one trail where that is asked for", () => {
    const trustOf = (inputs: Partial<TrailProps>) =>
      policyOf(trailWith({ trustTrailOnly: true }, inputs).role, "assume_role_policy").Statement[0].Condition;
    expect(trustOf({})).toEqual({
      StringEquals: { "aws:SourceArn": "arn:aws:cloudtrail:eu-central-1:111122223333:trail/example-logs" },
    });
    const organization = { id: "o-exampleorgid", managementAccountId: "444455556666" };
    expect(trustOf({ organization, region: "cn-north-1" })).toEqual({
      StringEquals: { "aws:SourceArn": "arn:aws-cn:cloudtrail:cn-north-1:444455556666:trail/example-logs" },
    });
  });

  test("that is there already is used, and nothing of it is made", () => {
    const { addresses, trail, outputs } = trailWith({ existingRole: { arn: EXISTING_ROLE } });
    expect(addresses).toEqual(["aws_cloudtrail.trail", "aws_cloudwatch_log_group.trail"]);
    expect(trail).toMatchObject({
      cloud_watch_logs_role_arn: EXISTING_ROLE,
    });
    expect(outputs).toMatchObject({ role: EXISTING_ROLE });
  });

  test("and a group that are both there already leave nothing to make", () => {
    const { addresses, trail } = trailWith({
      existingRole: { arn: EXISTING_ROLE },
      existingLogGroup: { arn: EXISTING_GROUP },
    });
    expect(addresses).toEqual(["aws_cloudtrail.trail"]);
    expect(trail).not.toHaveProperty("depends_on");
    expect(trail).toMatchObject({
      cloud_watch_logs_group_arn: `${EXISTING_GROUP}:*`,
      cloud_watch_logs_role_arn: EXISTING_ROLE,
    });
  });
});

test("an organization writes to streams of its own, too", () => {
  const organization = { id: "o-exampleorgid", managementAccountId: "111122223333" };
  const { rolePolicy } = trailWith({}, { organization });
  expect(policyOf(rolePolicy, "policy").Statement[0].Resource).toEqual([
    `${GROUP}:log-stream:111122223333_CloudTrail_eu-central-1*`,
    `${GROUP}:log-stream:o-exampleorgid_*`,
  ]);
});

test.each([
  ["cn-north-1", "aws-cn"],
  ["us-gov-west-1", "aws-us-gov"],
])("in %s all is of the partition %s", (region, partition) => {
  const { trail, rolePolicy } = trailWith({}, { region });
  const group = GROUP.replace("arn:aws:", `arn:${partition}:`).replace("eu-central-1", region);
  expect(trail.cloud_watch_logs_group_arn).toBe("${aws_cloudwatch_log_group.trail.arn}:*");
  expect(policyOf(rolePolicy, "policy").Statement[0].Resource).toEqual([
    `${group}:log-stream:111122223333_CloudTrail_${region}*`,
  ]);
});

test("in a module every resource has its switch, and no count depends on an ARN", () => {
  const { stack, locals } = newDraft();
  new Trail(stack, "Default", variablesOf<TrailProps>(trailDefinition.fields));
  expect(bodyOf(stack, "aws_cloudwatch_log_group.trail").count).toBe("${local.creates_log_group ? 1 : 0}");
  expect(bodyOf(stack, "aws_iam_role.cloudwatch_logs").count).toBe("${local.creates_role ? 1 : 0}");
  expect(bodyOf(stack, "aws_iam_role_policy.cloudwatch_logs").count).toBe("${local.creates_role ? 1 : 0}");
  expect([hcl(locals.creates_log_group), hcl(locals.creates_role)]).toEqual([
    "var.cloudwatch_logs == null ? false : var.cloudwatch_logs.existing_log_group == null",
    "var.cloudwatch_logs == null ? false : var.cloudwatch_logs.existing_role == null",
  ]);
});

describe("the log group that a key has to know", () => {
  test("is none without CloudWatch Logs", () => {
    expect(newLogGroup(newStack(), null, "example-logs")).toEqual({ when: false, name: null });
  });
});
