import { readFileSync } from "node:fs";
import { join } from "node:path";
import { PutObjectCommand } from "@aws-sdk/client-s3";
import { decide, type PolicyDocument } from "../__tests__/policy/support/evaluator";
import type { Phase } from "../src/components/deployment-role/trust";
import { deploymentPolicies } from "../src/deployment";
import type { Literal } from "../src/values";
import { Account } from "./support/account";
import { STACK, writeCisConfiguration, writeDefaultConfiguration } from "./support/default-configuration";
import { Deployment } from "./support/deployment";
import { Emulator } from "./support/emulator";
import { type IamRequest, IamRequests } from "./support/iam-requests";
import { ACCOUNT_ID, NAMES, REGION, STATE } from "./support/names";
import { RecordingProxy } from "./support/recording-proxy";

type Chosen = Readonly<Record<string, Literal>>;

/** A configuration that is deployed, changed and destroyed, with all calls that are made for it. */
interface Recorded {
  readonly name: string;
  write(deployment: Deployment, chosen: Chosen): void;
  /** What is chosen to be able to destroy it. */
  readonly chosen: Chosen;
  /** What is changed, and then changed back. */
  readonly changed: Chosen;
}

/** Alarms by event, also of us-east-1. Everything that is quick: the provider waits half a minute for a queue. */
const BY_EVENT = {
  dead_letter_queue: false,
  subscriptions: { security: { protocol: "email", endpoint: "security@example.com" } },
};

const recordings: readonly Recorded[] = [
  {
    name: "the profile essential",
    write: (deployment, chosen) => writeDefaultConfiguration(deployment, {}, chosen),
    chosen: { log_bucket: { force_destroy: true } },
    changed: {
      log_bucket: { force_destroy: true },
      multi_region: false,
      enable_logging: false,
      insights: {},
      tags: { Environment: "audit" },
    },
  },
  {
    name: "the profile cis",
    write: writeCisConfiguration,
    chosen: { prevent_destroy: false, log_bucket: { force_destroy: true, access_logs: { force_destroy: true } } },
    changed: {
      prevent_destroy: false,
      log_bucket: { force_destroy: true, access_logs: { force_destroy: true } },
      cloudwatch_logs: { retention_in_days: 731, trust_trail_only: true },
      encryption: { rotation_period_in_days: 180, readers: [`arn:aws:iam::${ACCOUNT_ID}:role/Auditor`] },
      insights: {},
      tags: { Environment: "audit" },
    },
  },
  {
    name: "alarms by event",
    write: (deployment, chosen) => writeDefaultConfiguration(deployment, {}, chosen),
    chosen: { log_bucket: { force_destroy: true }, alarms: BY_EVENT },
    changed: { log_bucket: { force_destroy: true }, alarms: BY_EVENT, insights: {}, tags: { Environment: "audit" } },
  },
];

const PHASES: readonly Phase[] = ["plan", "apply"];

/** Actions that are allowed and were not recorded, each with the reason. */
const NOT_RECORDED: Readonly<Record<string, string>> = {
  "iam:UpdateRoleDescription": "A later version may describe a role in other words.",
  "kms:UpdateAlias": "An alias gets another key where somebody has destroyed the one that it had.",
  "kms:UpdateKeyDescription": "A later version may describe a key in other words.",
  "logs:AssociateKmsKey": "A log group gets a key where encryption is turned on for one that is there.",
  "logs:DisassociateKmsKey": "A log group loses its key where encryption is turned off.",
  "sns:SetSubscriptionAttributes": "A subscription changes where its queue for dead letters is turned on or off.",
};

const ROLE = `arn:aws:iam::${ACCOUNT_ID}:role/audit-trail`;

/** The policy of a key leaves the rest to IAM, as all keys have it that are made here. */
const KEY_POLICY: PolicyDocument = {
  Version: "2012-10-17",
  Statement: [
    { Effect: "Allow", Principal: { AWS: `arn:aws:iam::${ACCOUNT_ID}:root` }, Action: "kms:*", Resource: "*" },
  ],
};

async function isAllowed(
  policies: readonly PolicyDocument[],
  { action, resource, context }: IamRequest,
): Promise<boolean> {
  const decision = await decide(/:key\//.test(resource) ? KEY_POLICY : undefined, {
    principal: ROLE,
    identityPolicies: policies,
    action,
    resource,
    resourceAccountId: ACCOUNT_ID,
    context,
  });
  return decision === "allowed";
}

async function denied(
  policies: readonly PolicyDocument[],
  requests: readonly IamRequest[],
): Promise<readonly IamRequest[]> {
  const found: IamRequest[] = [];
  for (const request of requests) {
    if (!(await isAllowed(policies, request))) {
      found.push(request);
    }
  }
  return found;
}

function distinct(requests: readonly IamRequest[]): readonly IamRequest[] {
  return [...new Map(requests.map((each) => [JSON.stringify(each), each])).values()];
}

function policiesOf(deployment: Deployment, phase: Phase): readonly PolicyDocument[] {
  const json = readFileSync(join(deployment.path, "cdk.tf.json"), "utf8");
  const settings = JSON.parse(json).terraform.backend.s3;
  const policies = deploymentPolicies({ name: STACK, json, state: { backend: "s3", settings } }, phase);
  return Object.values(policies) as unknown as readonly PolicyDocument[];
}

/** The policies without one statement, for each of the statements, by its Sid. */
function withoutEach(policies: readonly PolicyDocument[]): readonly (readonly [string, readonly PolicyDocument[]])[] {
  return policies.flatMap((policy, index) =>
    policy.Statement.map(
      ({ Sid }, at) =>
        [`${Sid}`, policies.with(index, { ...policy, Statement: policy.Statement.toSpliced(at, 1) })] as const,
    ),
  );
}

function actionsOf(policies: readonly PolicyDocument[]): ReadonlySet<string> {
  return new Set(policies.flatMap(({ Statement }) => Statement.flatMap(({ Action }) => Action)));
}

/** All actions that were recorded, of all configurations. An apply plans, too. */
const recorded: Readonly<Record<Phase, Set<string>>> = { plan: new Set(), apply: new Set() };

/** All actions that are allowed, of all configurations. */
const allowed: Readonly<Record<Phase, Set<string>>> = { plan: new Set(), apply: new Set() };

describe.each(recordings)("the policies that are derived from $name", ({ name, write, chosen, changed }) => {
  let policies: Readonly<Record<Phase, readonly PolicyDocument[]>>;
  const requests: Record<Phase, readonly IamRequest[]> = { plan: [], apply: [] };

  beforeAll(async () => {
    const emulator = await Emulator.start(`deployment-policy-${name.split(" ").at(-1)}`);
    const account = new Account(emulator, REGION);
    const proxy = await RecordingProxy.start(emulator.url);
    const deployment = new Deployment(name, { ...emulator.environment(REGION), AWS_ENDPOINT_URL: proxy.url });
    const asked = new IamRequests(ACCOUNT_ID);
    const record = (phase: Phase): void => {
      const taken = proxy.take().flatMap((call) => asked.of(call));
      requests[phase] = distinct([...requests[phase], ...taken]);
    };
    try {
      await account.makeVersionedBucket(STATE.bucket);
      write(deployment, chosen);
      policies = { plan: policiesOf(deployment, "plan"), apply: policiesOf(deployment, "apply") };
      await deployment.init();
      await deployment.changes();
      record("plan");
      await deployment.apply();
      record("apply");
      await deployment.changes();
      record("plan");
      write(deployment, changed);
      await deployment.apply();
      record("apply");
      await deployment.changes();
      record("plan");
      write(deployment, chosen);
      await deployment.apply();
      await account.s3.send(new PutObjectCommand({ Bucket: NAMES.logBucket, Key: "AWSLogs/log", Body: "log" }));
      await deployment.destroy();
      record("apply");
    } finally {
      deployment.remove();
      account.close();
      await proxy.stop();
      await emulator.stop();
    }
    for (const phase of PHASES) {
      for (const { action } of [...requests.plan, ...requests[phase]]) {
        recorded[phase].add(action);
      }
      for (const action of actionsOf(policies[phase])) {
        allowed[phase].add(action);
      }
    }
  });

  test("let Terraform plan: every call is allowed", async () => {
    expect(requests.plan.length).toBeGreaterThan(20);
    expect(await denied(policies.plan, requests.plan)).toEqual([]);
  });

  test("let Terraform apply, change and destroy: every call is allowed", async () => {
    expect(requests.apply.length).toBeGreaterThan(40);
    expect(await denied(policies.apply, [...requests.apply, ...requests.plan])).toEqual([]);
  });

  test("let a plan change nothing but the lock", async () => {
    const ofApply = requests.apply.filter(({ action }) => !actionsOf(policies.plan).has(action));
    expect(ofApply.length).toBeGreaterThan(10);
    expect((await denied(policies.plan, ofApply)).length).toBe(ofApply.length);
  });

  test.each(PHASES)("have no statement without which all calls are allowed: %s", async (phase) => {
    const unneeded: string[] = [];
    for (const [sid, others] of withoutEach(policies[phase])) {
      if ((await denied(others, requests[phase])).length === 0) {
        unneeded.push(sid);
      }
    }
    expect(unneeded).toEqual([]);
  });
});

test.each(PHASES)(
  "no action is allowed that no configuration was recorded with, but those with a reason: %s",
  (phase) => {
    const others = [...allowed[phase]].filter((action) => !recorded[phase].has(action));
    expect(others.filter((action) => !Object.hasOwn(NOT_RECORDED, action))).toEqual([]);
  },
);

test("what is said not to be recorded is not", () => {
  expect(Object.keys(NOT_RECORDED).filter((action) => recorded.apply.has(action))).toEqual([]);
});
