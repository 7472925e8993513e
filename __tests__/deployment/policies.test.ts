import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Phase } from "../../src/components/deployment-role/trust";
import { deploymentPolicies, type KnownPolicy } from "../../src/deployment";
import { KNOWN_TYPES } from "../../src/deployment/permissions";
import type { State } from "../../src/stacks";
import { decide, type PolicyDocument, type ServiceCall } from "../policy/support/evaluator";

const ACCOUNT_ID = "111122223333";
const REGION = "eu-central-1";
const LOCAL: State = { backend: "local", settings: { path: "terraform.tfstate" } };

type Resources = Readonly<Record<string, Readonly<Record<string, object>>>>;

function policiesOf(resource: Resources, phase: Phase = "apply", state = LOCAL): Readonly<Record<string, KnownPolicy>> {
  const provider = {
    aws: [
      { region: REGION, allowed_account_ids: [ACCOUNT_ID] },
      { alias: "us_east_1", region: "us-east-1", allowed_account_ids: [ACCOUNT_ID] },
    ],
  };
  return deploymentPolicies({ name: "main", json: JSON.stringify({ provider, resource }), state }, phase);
}

function statementsOf(resource: Resources, phase: Phase = "apply") {
  return Object.values(policiesOf(resource, phase)).flatMap(({ Statement }) => Statement);
}

function statementOf(sid: string, resource: Resources, phase: Phase = "apply") {
  return statementsOf(resource, phase).find(({ Sid }) => Sid === sid);
}

/** The statements about a state. */
function accessTo(settings: State["settings"], phase: Phase): readonly object[] {
  return policiesOf({}, phase, { backend: "s3", settings }).state?.Statement ?? [];
}

const BUCKET = { aws_s3_bucket: { log_bucket: { bucket: "logs" } } };
const ROLE = { aws_iam_role: { delivery: { name: "delivery", path: "/audit/" } } };
const ROLE_ARN = `arn:aws:iam::${ACCOUNT_ID}:role/audit/delivery`;

test("the calls for every type of resource that a stack has are known, and for no other", () => {
  const pinned = readFileSync(join(__dirname, "../published/stack-addresses.txt"), "utf8").match(/^aws_\w+(?=\.)/gm);
  expect([...KNOWN_TYPES].sort()).toEqual([...new Set(pinned)].sort());
});

test("a type of resource whose calls are not known is told, with its address", () => {
  expect(() => policiesOf({ aws_instance: { web: {} } })).toThrow(
    "aws_instance.web: the calls that Terraform makes for aws_instance are not known",
  );
  expect(() => policiesOf({ constructor: { web: {} } })).toThrow("constructor.web: the calls");
});

test("a plan reads, and an apply reads and writes", () => {
  const plan = statementOf("Buckets", BUCKET, "plan");
  const apply = statementOf("Buckets", BUCKET, "apply");
  expect(plan?.Action).toContain("s3:GetBucketPolicy");
  expect(plan?.Action).not.toContain("s3:DeleteBucket");
  expect(apply?.Action).toEqual(
    expect.arrayContaining([...(plan?.Action ?? []), "s3:CreateBucket", "s3:DeleteBucket"]),
  );
});

test("the parts of one thing share a statement, and so do things to which the same is done", () => {
  const part = { log_bucket: { bucket: "${aws_s3_bucket.log_bucket.bucket}" } };
  const one = { ...BUCKET, aws_s3_bucket_versioning: part };
  expect(statementsOf(one).map(({ Sid }) => Sid)).toEqual(["Buckets"]);
  expect(statementOf("Buckets", one)?.Action).toContain("s3:PutBucketVersioning");
  const two = { ...one, aws_s3_bucket: { ...BUCKET.aws_s3_bucket, others: { bucket: "others" } } };
  expect(statementsOf(two).map(({ Sid, Resource }) => [Sid, Resource])).toEqual([
    ["Buckets", "arn:aws:s3:::logs"],
    ["Buckets2", "arn:aws:s3:::others"],
  ]);
  expect(statementsOf({ aws_s3_bucket: two.aws_s3_bucket }).map(({ Resource }) => Resource)).toEqual([
    ["arn:aws:s3:::logs", "arn:aws:s3:::others"],
  ]);
});

test("objects are deleted of a bucket alone that Terraform is to empty", () => {
  expect(statementOf("ObjectsThatAreDestroyed", BUCKET)).toBeUndefined();
  const emptied = { aws_s3_bucket: { log_bucket: { bucket: "logs", force_destroy: true } } };
  expect(statementOf("ObjectsThatAreDestroyed", emptied)).toMatchObject({
    Action: ["s3:DeleteObject", "s3:DeleteObjectVersion"],
    Resource: "arn:aws:s3:::logs/*",
  });
});

test("what is in another region is named there", () => {
  const rules = { aws_cloudwatch_event_rule: { a: { name: "a" }, b: { name: "b", provider: "aws.us_east_1" } } };
  expect(statementOf("EventRules", rules)?.Resource).toEqual([
    `arn:aws:events:eu-central-1:${ACCOUNT_ID}:rule/a`,
    `arn:aws:events:us-east-1:${ACCOUNT_ID}:rule/b`,
  ]);
});

test("a role is passed to the service alone that it is for", () => {
  const trail = { name: "logs", cloud_watch_logs_role_arn: "${aws_iam_role.delivery.arn}" };
  const target = { rule: "${aws_cloudwatch_event_rule.a.name}", role_arn: "${aws_iam_role.delivery.arn}" };
  const passed = (resource: Resources) => statementOf("PassedRoles", { ...ROLE, ...resource });
  expect(passed({ aws_cloudtrail: { trail } })).toMatchObject({
    Action: "iam:PassRole",
    Resource: ROLE_ARN,
    Condition: { StringEquals: { "iam:PassedToService": "cloudtrail.amazonaws.com" } },
  });
  expect(
    passed({ aws_cloudwatch_event_rule: { a: { name: "a" } }, aws_cloudwatch_event_target: { a: target } }),
  ).toMatchObject({
    Resource: ROLE_ARN,
    Condition: { StringEquals: { "iam:PassedToService": "events.amazonaws.com" } },
  });
  expect(passed({ aws_cloudtrail: { trail: { name: "logs" } } })).toBeUndefined();
});

test("a role that is there already is passed by its ARN", () => {
  const arn = `arn:aws:iam::${ACCOUNT_ID}:role/there`;
  const resource = { aws_cloudtrail: { trail: { name: "logs", cloud_watch_logs_role_arn: arn } } };
  expect(statementOf("PassedRoles", resource)?.Resource).toBe(arn);
});

test("a role with a boundary is made and changed with that alone, and never loses it", () => {
  const boundary = `arn:aws:iam::${ACCOUNT_ID}:policy/Boundary`;
  const bounded = { aws_iam_role: { delivery: { ...ROLE.aws_iam_role.delivery, permissions_boundary: boundary } } };
  const policy = { aws_iam_role_policy: { delivery: { name: "deliver", role: "${aws_iam_role.delivery.name}" } } };
  expect(statementOf("PowerOfRoles", { ...bounded, ...policy })).toMatchObject({
    Action: ["iam:CreateRole", "iam:DeleteRolePolicy", "iam:PutRolePermissionsBoundary", "iam:PutRolePolicy"],
    Resource: ROLE_ARN,
    Condition: { StringEquals: { "iam:PermissionsBoundary": boundary } },
  });
  expect(statementOf("PowerOfRoles", { ...ROLE, ...policy })).toMatchObject({
    Action: ["iam:CreateRole", "iam:DeleteRolePolicy", "iam:PutRolePolicy"],
  });
  const actions = statementsOf({ ...bounded, ...policy }).flatMap(({ Action }) => Action);
  expect(actions).not.toContain("iam:DeleteRolePermissionsBoundary");
});

test("the trail of an organization may be the management account's, whose ARN a delegated administrator names", () => {
  const resourceOf = (organization: boolean) =>
    statementOf("Trail", { aws_cloudtrail: { trail: { name: "logs", is_organization_trail: organization } } })
      ?.Resource;
  expect(resourceOf(true)).toBe("arn:aws:cloudtrail:eu-central-1:*:trail/logs");
  expect(resourceOf(false)).toBe(`arn:aws:cloudtrail:eu-central-1:${ACCOUNT_ID}:trail/logs`);
});

test("the trail of an organization needs what CloudTrail asks on behalf of who makes it", () => {
  const trail = (more: object) => ({ aws_cloudtrail: { trail: { name: "logs", ...more } } });
  expect(statementOf("Organization", trail({ is_organization_trail: true }))).toBeDefined();
  expect(statementOf("ServiceLinkedRoles", trail({ is_organization_trail: true }))).toMatchObject({
    Condition: { StringEquals: { "iam:AWSServiceName": "cloudtrail.amazonaws.com" } },
  });
  expect(statementOf("Organization", trail({ is_organization_trail: false }))).toBeUndefined();
});

test("a key is known by the tag of its owner, as AWS makes up its id", () => {
  const key = { aws_kms_key: { key: { tags: { Own: "Me", Environment: "audit" } } } };
  expect(statementOf("Keys", key)).toMatchObject({
    Resource: `arn:aws:kms:eu-central-1:${ACCOUNT_ID}:key/*`,
    Condition: { StringEquals: { "aws:ResourceTag/Own": "Me" } },
  });
  expect(() => policiesOf({ aws_kms_key: { key: { tags: {} } } })).toThrow(
    "aws_kms_key.key: a key is known by its tag Own",
  );
});

test("a name that AWS alone knows is told", () => {
  expect(() => policiesOf({ aws_sqs_queue: { letters: { name: "${aws_sns_topic.a.id}" } } })).toThrow(
    "aws_sqs_queue.letters: its name is known to AWS alone",
  );
  expect(() => policiesOf({ aws_sqs_queue_policy: { letters: { queue_url: "https://example.com" } } })).toThrow(
    "aws_sqs_queue_policy.letters: its queue_url refers to nothing in the stack",
  );
});

describe("what is done with a state", () => {
  const settings = { bucket: "states", key: "main.tfstate", region: REGION, use_lockfile: true };

  test("is to read it for a plan, and also to write it for an apply, both under a lock", () => {
    const [find, state, lock] = accessTo(settings, "plan");
    expect(find).toMatchObject({ Action: "s3:ListBucket", Resource: "arn:aws:s3:::states" });
    expect(state).toMatchObject({ Action: "s3:GetObject", Resource: "arn:aws:s3:::states/main.tfstate" });
    expect(lock).toMatchObject({ Resource: "arn:aws:s3:::states/main.tfstate.tflock" });
    expect(accessTo(settings, "apply")).toEqual([find, { ...state, Action: ["s3:GetObject", "s3:PutObject"] }, lock]);
  });

  test("takes no lock where none is wanted", () => {
    expect(accessTo({ ...settings, use_lockfile: false }, "apply")).toHaveLength(2);
  });

  test("takes the key that encrypts it, through S3 alone", () => {
    const key = `arn:aws:kms:${REGION}:${ACCOUNT_ID}:key/1`;
    expect(accessTo({ ...settings, kms_key_id: key }, "apply").at(-1)).toMatchObject({
      Resource: key,
      Condition: { StringEquals: { "kms:ViaService": "s3.eu-central-1.amazonaws.com" } },
    });
  });

  test("is to assume the role that has access to it, where there is one", () => {
    const role = "arn:aws:iam::444455556666:role/states";
    expect(accessTo({ ...settings, assume_role: { role_arn: role } }, "apply")).toEqual([
      { Sid: "AssumeRoleOfState", Effect: "Allow", Action: "sts:AssumeRole", Resource: role },
    ]);
  });

  test("is nothing that IAM decides where it is not in AWS", () => {
    expect(policiesOf(BUCKET)).not.toHaveProperty("state");
  });
});

describe("policies that are too long for one", () => {
  const alarms = (count: number) => ({
    aws_cloudwatch_metric_alarm: Object.fromEntries(
      Array.from({ length: count }, (_, index) => [`a${index}`, { alarm_name: `${"a".repeat(80)}-${index}` }]),
    ),
  });

  test("are as many as it takes, each short enough, and name everything once", () => {
    const policies = policiesOf(alarms(100));
    expect(Object.keys(policies).length).toBeGreaterThan(2);
    for (const policy of Object.values(policies)) {
      expect(JSON.stringify(policy).length).toBeLessThanOrEqual(6144);
    }
    const named = statementsOf(alarms(100)).flatMap(({ Resource }) => Resource);
    expect(named).toHaveLength(101);
    expect(new Set(named).size).toBe(101);
    const sids = statementsOf(alarms(100)).map(({ Sid }) => Sid);
    expect(new Set(sids).size).toBe(sids.length);
  });

  test("are told where IAM would not attach so many to a role", () => {
    expect(() => policiesOf(alarms(400))).toThrow(
      /main: it takes \d+ policies to apply it, and IAM attaches at most 10/,
    );
  });
});

describe("what is allowed of everything", () => {
  /** A stack in which everything is done that IAM takes no ARN for. */
  const everything = {
    aws_cloudtrail: { trail: { name: "logs", is_organization_trail: true } },
    aws_cloudwatch_event_permission: { bus: {} },
    aws_cloudwatch_log_group: { group: { name: "logs" } },
    aws_kms_alias: { alias: { name: "alias/a" } },
    aws_kms_key: { key: { tags: { Own: "Me" } } },
  };
  const actions = statementsOf(everything)
    .filter(({ Resource }) => Resource === "*")
    .flatMap(({ Action }) => Action);

  test.each(actions)("is what IAM knows no ARN for: %s", async (action) => {
    const everybody: PolicyDocument = {
      Version: "2012-10-17",
      Statement: [{ Effect: "Allow", Action: action, Resource: "*" }],
    };
    const call: ServiceCall = {
      principal: `arn:aws:iam::${ACCOUNT_ID}:role/a`,
      identityPolicies: [everybody],
      action,
      resource: "*",
      resourceAccountId: ACCOUNT_ID,
      context: {},
    };
    // The evaluator throws where the action is about one resource, and `*` would be many.
    expect(await decide(undefined, call)).toBe("allowed");
  });

  test("is little", () => {
    expect([...actions].sort()).toEqual([
      "cloudtrail:DescribeTrails",
      "events:PutPermission",
      "events:RemovePermission",
      "kms:CreateKey",
      "kms:ListAliases",
      "logs:DescribeLogGroups",
      "organizations:DescribeOrganization",
      "organizations:ListAWSServiceAccessForOrganization",
      "organizations:ListAccounts",
    ]);
  });
});
