import { StateBucket, type StateBucketProps } from "../../../src/components/state-bucket/state-bucket";
import { literal } from "../../../src/values";
import { bodyOf, newStack } from "../../placement/support/stack";
import {
  anonymous,
  type Caller,
  EVERYTHING_ALLOWED,
  type Expectation,
  expectation,
  OTHER_ACCOUNT_ID,
  overTls,
  person,
  service,
  TLS_1_3,
  withContext,
  withoutContext,
  withoutTls,
} from "../../policy/support/calls";
import { describeDecisions } from "../../policy/support/decisions";
import { decide, type PolicyDocument, type ServiceCall } from "../../policy/support/evaluator";
import { mutantsOf, resourcesOfBucket } from "../../policy/support/mutants";

const ACCOUNT_ID = "111122223333";
const NAME = "example-states";
const KEY = "audit-trail/production/terraform.tfstate";
const OTHER_KEY = "audit-trail/sandbox/terraform.tfstate";

const NOT_OF_OBJECTS = "no object has the action s3:ListBucket";

interface Layout {
  readonly name: string;
  readonly partition: string;
  readonly region: string;
  readonly dnsSuffix: string;
}

const layouts: readonly Layout[] = [
  { name: "aws", partition: "aws", region: "eu-central-1", dnsSuffix: "amazonaws.com" },
  { name: "aws-cn", partition: "aws-cn", region: "cn-north-1", dnsSuffix: "amazonaws.com.cn" },
];

function bucketOf({ partition }: Layout): string {
  return `arn:${partition}:s3:::${NAME}`;
}

function keyOf({ partition, region }: Layout): string {
  return `arn:${partition}:kms:${region}:${ACCOUNT_ID}:key/1234abcd-12ab-34cd-56ef-1234567890ab`;
}

function roleOf({ partition }: Layout, name = "Deployer", account = OTHER_ACCOUNT_ID): string {
  return `arn:${partition}:iam::${account}:role/${name}`;
}

/** A bucket with a deployer of another account, and one of its own that has a policy of IAM alone. */
function stackOf(layout: Layout, encryption: StateBucketProps["encryption"]) {
  const stack = newStack();
  const component = new StateBucket(stack, "Default", {
    name: NAME,
    accountId: ACCOUNT_ID,
    region: layout.region,
    encryption: encryption as never,
    deployers: { production: { roleArn: roleOf(layout) }, sandbox: {} },
  });
  return { stack, component };
}

function bucketPolicy(layout: Layout): PolicyDocument {
  return JSON.parse(`${bodyOf(stackOf(layout, null).stack, "aws_s3_bucket_policy.state_bucket").policy}`);
}

function keyPolicy(layout: Layout): PolicyDocument {
  return JSON.parse(`${bodyOf(stackOf(layout, {}).stack, "aws_kms_key.state_bucket").policy}`);
}

/** The policy of the deployer of `production`, as for the role of the account itself. */
function deployerPolicy(layout: Layout, encryption: StateBucketProps["encryption"]): PolicyDocument {
  const { outputs } = stackOf(layout, encryption).component;
  return JSON.parse((literal(outputs.deployer_policies.value) as Record<string, string>).production as string);
}

/** What Terraform does with the state of a deployer, and its lock file. */
function callsOfTerraform(bucket: string, caller: Caller): Readonly<Record<string, ServiceCall>> {
  const call = (action: string, resource: string, context: Readonly<Record<string, string>> = {}): ServiceCall => ({
    ...caller,
    action,
    resource,
    resourceAccountId: ACCOUNT_ID,
    context: { ...TLS_1_3, ...caller.context, ...context },
  });
  return {
    "list its state": call("s3:ListBucket", bucket, { "s3:prefix": KEY }),
    "list further workspaces": call("s3:ListBucket", bucket, { "s3:prefix": "env:/" }),
    "learn that there is no state yet": call("s3:ListBucket", bucket),
    "read its state": call("s3:GetObject", `${bucket}/${KEY}`),
    "write its state": call("s3:PutObject", `${bucket}/${KEY}`),
    "read its lock": call("s3:GetObject", `${bucket}/${KEY}.tflock`),
    "write its lock": call("s3:PutObject", `${bucket}/${KEY}.tflock`),
    "remove its lock": call("s3:DeleteObject", `${bucket}/${KEY}.tflock`),
  };
}

/** What no deployer does. */
function callsOfOthers(bucket: string, caller: Caller): Readonly<Record<string, ServiceCall>> {
  const base = callsOfTerraform(bucket, caller)["read its state"] as ServiceCall;
  const call = (action: string, resource: string): ServiceCall => ({ ...base, action, resource });
  return {
    "list the state of another": withContext(call("s3:ListBucket", bucket), { "s3:prefix": OTHER_KEY }),
    "read the state of another": call("s3:GetObject", `${bucket}/${OTHER_KEY}`),
    "write the state of another": call("s3:PutObject", `${bucket}/${OTHER_KEY}`),
    "remove the lock of another": call("s3:DeleteObject", `${bucket}/${OTHER_KEY}.tflock`),
    "read what begins as its state does": call("s3:GetObject", `${bucket}/${KEY}-2`),
    "write beside its state": call("s3:PutObject", `${bucket}/audit-trail/production/other`),
    "write anywhere else": call("s3:PutObject", `${bucket}/other`),
    "read anything else": call("s3:GetObject", `${bucket}/other`),
    "delete its state": call("s3:DeleteObject", `${bucket}/${KEY}`),
    "delete an old version of its state": call("s3:DeleteObjectVersion", `${bucket}/${KEY}`),
    "read an old version of the lock": call("s3:GetObjectVersion", `${bucket}/${KEY}.tflock`),
    "read the policy of the bucket": call("s3:GetBucketPolicy", bucket),
    "delete the bucket": call("s3:DeleteBucket", bucket),
  };
}

function expectations(
  who: string,
  expected: "allowed" | "denied",
  calls: Readonly<Record<string, ServiceCall>>,
): readonly Expectation[] {
  return Object.entries(calls).map(([title, call]) => expectation(who, expected, title, call));
}

describeDecisions<Layout>({
  title: "the policy of a bucket for states",
  layouts,
  mistakenLayouts: layouts.slice(0, 1),
  policyOf: bucketPolicy,
  withoutEffect: () => ({ "Findproduction: Resource is the bucket and everything in it": NOT_OF_OBJECTS }),
  mutantsOf: (policy, layout) => mutantsOf(policy, resourcesOfBucket(bucketOf(layout))),
  expectationsOf(layout) {
    const bucket = bucketOf(layout);
    const role = person(roleOf(layout), EVERYTHING_ALLOWED);
    const administrator = person(roleOf(layout, "Admin", ACCOUNT_ID), EVERYTHING_ALLOWED);
    const ofAdministrator = { ...callsOfTerraform(bucket, administrator), ...callsOfOthers(bucket, administrator) };
    const inAnotherWay = (
      calls: Readonly<Record<string, ServiceCall>>,
      how: string,
      by: (call: ServiceCall) => ServiceCall,
    ) => Object.fromEntries(Object.entries(calls).map(([title, call]) => [`${title} ${how}`, by(call)]));
    return [
      ...expectations("A deployer of another account", "allowed", callsOfTerraform(bucket, role)),
      ...expectations("A deployer of another account", "denied", callsOfOthers(bucket, role)),
      ...expectations(
        "Another role of that account",
        "denied",
        callsOfTerraform(bucket, person(roleOf(layout, "Other"), EVERYTHING_ALLOWED)),
      ),
      ...expectations("A caller without credentials", "denied", callsOfTerraform(bucket, anonymous)),
      ...expectations("CloudTrail", "denied", callsOfTerraform(bucket, service("cloudtrail.amazonaws.com", {}))),
      ...expectations("An administrator", "allowed", ofAdministrator),
      ...expectations(
        "An administrator",
        "allowed",
        inAnotherWay(ofAdministrator, "over TLS 1.2", (call) => overTls(call, "1.2")),
      ),
      ...expectations(
        "An administrator",
        "denied",
        inAnotherWay(ofAdministrator, "over TLS 1.1", (call) => overTls(call, "1.1")),
      ),
      ...expectations("An administrator", "denied", inAnotherWay(ofAdministrator, "without TLS", withoutTls)),
    ];
  },
});

/** The policy of a key leaves the rest to IAM policies, as a bucket does that has no policy. */
function delegatingPolicy({ action, principal }: ServiceCall): PolicyDocument | undefined {
  const root = `${principal}`.replace(/:role\/.*/, ":root");
  return action.startsWith("kms:")
    ? {
        Version: "2012-10-17",
        Statement: [{ Effect: "Allow", Principal: { AWS: root }, Action: "kms:*", Resource: "*" }],
      }
    : undefined;
}

describeDecisions<Layout>({
  title: "the policy of a deployer",
  layouts,
  mistakenLayouts: layouts.slice(0, 1),
  policyOf: (layout) => deployerPolicy(layout, { existingKey: { arn: keyOf(layout) } }),
  decide: (policy, call) => decide(delegatingPolicy(call), { ...call, identityPolicies: [policy] }),
  withoutEffect: () => ({ "Findproduction: Resource is the bucket and everything in it": NOT_OF_OBJECTS }),
  mutantsOf: (policy, layout) => mutantsOf(policy, resourcesOfBucket(bucketOf(layout))),
  expectationsOf(layout) {
    const bucket = bucketOf(layout);
    const role = person(roleOf(layout, "Deployer", ACCOUNT_ID));
    const through = { "kms:ViaService": `s3.${layout.region}.${layout.dnsSuffix}` };
    const onKey = (action: string, resource = keyOf(layout)): ServiceCall => ({
      ...role,
      action,
      resource,
      resourceAccountId: ACCOUNT_ID,
      context: { ...role.context, ...through },
    });
    const wrongWays = {
      "another service": { "kms:ViaService": `dynamodb.${layout.region}.${layout.dnsSuffix}` },
      "S3 of another region": { "kms:ViaService": `s3.us-west-2.${layout.dnsSuffix}` },
    };
    return [
      ...expectations("It", "allowed", callsOfTerraform(bucket, role)),
      ...expectations("It", "denied", callsOfOthers(bucket, role)),
      ...expectations("It, in another bucket,", "denied", callsOfTerraform(`${bucket}-2`, role)),
      expectation("It", "allowed", "decrypt through S3", onKey("kms:Decrypt")),
      expectation("It", "allowed", "encrypt through S3", onKey("kms:GenerateDataKey")),
      expectation("It", "denied", "decrypt directly", withoutContext(onKey("kms:Decrypt"), "kms:ViaService")),
      ...Object.entries(wrongWays).map(([way, context]) =>
        expectation("It", "denied", `decrypt through ${way}`, withContext(onKey("kms:Decrypt"), context)),
      ),
      expectation("It", "denied", "encrypt with the key itself", onKey("kms:Encrypt")),
      expectation("It", "denied", "decrypt with another key", onKey("kms:Decrypt", keyOf(layout).replace("1234", "9"))),
    ];
  },
});

describeDecisions<Layout>({
  title: "the policy of the key for states",
  layouts,
  mistakenLayouts: layouts.slice(0, 1),
  policyOf: keyPolicy,
  mutantsOf: (policy) => mutantsOf(policy, []),
  expectationsOf(layout) {
    const through = { "kms:ViaService": `s3.${layout.region}.${layout.dnsSuffix}` };
    const on = (caller: Caller, action: string, context: Readonly<Record<string, string>> = through): ServiceCall => ({
      ...caller,
      action,
      resource: keyOf(layout),
      resourceAccountId: ACCOUNT_ID,
      context: { ...caller.context, ...context },
    });
    const role = person(roleOf(layout), EVERYTHING_ALLOWED);
    const administrator = person(roleOf(layout, "Admin", ACCOUNT_ID), EVERYTHING_ALLOWED);
    const actions = ["kms:Decrypt", "kms:GenerateDataKey"];
    const further = ["kms:Encrypt", "kms:PutKeyPolicy", "kms:ScheduleKeyDeletion", "kms:DescribeKey"];
    const others: Readonly<Record<string, Caller>> = {
      "Another role of that account": person(roleOf(layout, "Other"), EVERYTHING_ALLOWED),
      "A role of the key's account without permissions": person(roleOf(layout, "Guest", ACCOUNT_ID)),
      "A caller without credentials": anonymous,
    };
    return [
      ...actions.map((action) =>
        expectation("A deployer of another account", "allowed", `${action} through S3`, on(role, action)),
      ),
      ...actions.map((action) =>
        expectation("A deployer of another account", "denied", `${action} directly`, on(role, action, {})),
      ),
      ...actions.map((action) =>
        expectation(
          "A deployer of another account",
          "denied",
          `${action} through S3 of another region`,
          on(role, action, { "kms:ViaService": `s3.us-west-2.${layout.dnsSuffix}` }),
        ),
      ),
      ...actions.map((action) =>
        expectation(
          "A deployer of another account",
          "denied",
          `${action} through another service`,
          on(role, action, { "kms:ViaService": `dynamodb.${layout.region}.${layout.dnsSuffix}` }),
        ),
      ),
      ...further.map((action) => expectation("A deployer of another account", "denied", action, on(role, action))),
      ...[...actions, ...further].map((action) =>
        expectation("An administrator", "allowed", action, on(administrator, action, {})),
      ),
      ...Object.entries(others).flatMap(([who, caller]) =>
        [...actions, ...further].map((action) => expectation(who, "denied", action, on(caller, action))),
      ),
    ];
  },
});
