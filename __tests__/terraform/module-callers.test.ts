import { profiles } from "../../src/audit-trail/profiles";
import type { Literal } from "../../src/values";
import { everythingOn } from "../audit-trail/support/everything-on";
import { policiesOf } from "./support/policies";
import { auditTrailModule } from "./support/two-forms";
import type { Plan, PlannedResource } from "./support/workspace";
import { workspacesOfTests } from "./support/workspaces";

const ACCOUNT = {
  account_id: "111122223333",
  account_name: "example",
  region: "eu-central-1",
  owner: "Example Owner",
};

const CIS = { ...ACCOUNT, ...profiles.cis.inputs };

type Inputs = Readonly<Record<string, Literal>>;

/** The calls of a module by name, with what is written beside the inputs. */
type Calls = Readonly<Record<string, Readonly<Record<string, unknown>>>>;

/** What a plan told. */
interface Told {
  readonly plan: Plan;
  /** The summaries of what it warned of. */
  readonly warnings: readonly string[];
}

const workspaces = workspacesOfTests();

/** Plans a root module that calls the published module. */
async function planOf(calls: Calls, beside: object = {}): Promise<Told> {
  const workspace = workspaces.empty();
  const module = Object.entries(calls).map(([name, call]) => [name, { source: "./module", ...call }]);
  workspace.write(new Map([...auditTrailModule()].map(([path, content]) => [`module/${path}`, content])));
  workspace.write({
    "main.tf.json": JSON.stringify({
      provider: { aws: [{ region: ACCOUNT.region }] },
      module: Object.fromEntries(module),
      ...beside,
    }),
  });
  await workspace.init();
  const { code, stdout, stderr } = await workspace.terraform("plan", "-input=false", "-json", "-out=plan");
  const diagnostics = stdout
    .split("\n")
    .filter((line) => line.startsWith("{"))
    .map((line) => (JSON.parse(line) as { readonly diagnostic?: Diagnostic }).diagnostic)
    .filter((diagnostic) => diagnostic !== undefined);
  if (code !== 0) {
    throw new Error(`terraform plan failed:\n${JSON.stringify(diagnostics, null, 2)}\n${stderr}`);
  }
  const plan = JSON.parse(await workspace.succeed("show", "-json", "plan")) as Plan;
  return { plan, warnings: diagnostics.map(({ summary }) => summary) };
}

interface Diagnostic {
  readonly summary: string;
}

/** What a call makes, by its address in the module. */
function made(plan: Plan, call: string): Readonly<Record<string, PlannedResource["change"]>> {
  const beginning = `module.${call}.`;
  return Object.fromEntries(
    (plan.resource_changes ?? [])
      .filter(({ address, mode }) => mode === "managed" && address.startsWith(beginning))
      .map(({ address, change }) => [address.slice(beginning.length), change]),
  );
}

describe("the published module", () => {
  describe("called with count, for_each, providers and depends_on, in the profile cis", () => {
    const INSTANCES = ["counted[0]", "counted[1]", 'each["one"]', 'each["other"]', "provided", "dependent"];
    let told: Told;

    beforeAll(async () => {
      const calls = {
        plain: CIS,
        counted: { ...CIS, count: 2 },
        each: { ...CIS, for_each: '${toset(["one", "other"])}' },
        provided: { ...CIS, providers: { aws: "aws.other" } },
        dependent: { ...CIS, depends_on: ["terraform_data.dependency"] },
      };
      told = await planOf(calls, {
        provider: {
          aws: [
            { region: ACCOUNT.region },
            { region: ACCOUNT.region, alias: "other", default_tags: [{ tags: { Provider: "other" } }] },
          ],
        },
        // It is about to be made, so that whatever depends on it knows nothing that is read from anywhere.
        resource: { terraform_data: { dependency: { input: "changes" } } },
      });
    });

    test("warns of nothing", () => {
      expect(told.warnings).toEqual([]);
    });

    test.each(["plain", ...INSTANCES])("as %s has every policy in full in the plan", (call) => {
      const policies = policiesOf(made(told.plan, call));
      expect(Object.keys(policies).sort()).toEqual([
        "module.alarm_topics[0].aws_kms_key.alarm_topics[0].policy",
        'module.alarm_topics[0].aws_sns_topic_policy.alarm_topic["alarms"].policy',
        "module.alarm_topics[0].aws_sqs_queue_policy.dead_letters[0].policy",
        "module.encryption_key[0].aws_kms_key.encryption_key[0].policy",
        "module.log_bucket[0].aws_s3_bucket_policy.log_bucket.policy",
        "module.log_bucket[0].module.access_log_bucket[0].aws_s3_bucket_policy.access_log_bucket.policy",
        "module.trail.aws_iam_role.cloudwatch_logs[0].assume_role_policy",
        "module.trail.aws_iam_role_policy.cloudwatch_logs[0].policy",
      ]);
      for (const policy of Object.values(policies)) {
        expect(policy?.Statement.length).toBeGreaterThanOrEqual(1);
      }
    });

    test.each(INSTANCES.filter((call) => call !== "provided"))("as %s plans what it plans alone", (call) => {
      expect(made(told.plan, call)).toEqual(made(told.plan, "plain"));
      // The trail with everything around it, and its alarms: a filter beside each of those by metric.
      expect(Object.keys(made(told.plan, call))).toHaveLength(79);
    });

    test("makes everything with the provider that is passed", () => {
      const tagsOf = (call: string): readonly unknown[] =>
        Object.values(made(told.plan, call)).flatMap(({ after }) =>
          after?.tags_all === undefined ? [] : [after.tags_all],
        );
      expect(tagsOf("plain").length).toBeGreaterThan(5);
      expect(tagsOf("provided")).toEqual(tagsOf("plain").map((tags) => ({ ...(tags as object), Provider: "other" })));
    });
  });

  describe("given what is not known before it is made", () => {
    const madeLater: string[] = [];
    /** Stands for what somebody makes in the same run: known only once that is done. */
    const unknown = (text: string): string => `\${terraform_data.later[${madeLater.push(text) - 1}].output}`;
    const arn = (service: string, rest: string, region = ACCOUNT.region): string =>
      `arn:aws:${service}:${region}:${ACCOUNT.account_id}:${rest}`;

    /** The inputs that bring values, each of them known or not. */
    const cases: readonly (readonly [title: string, inputs: (value: (text: string) => string) => Inputs])[] = [
      [
        "the key, bucket, log group and role that are there already",
        (value) => ({
          encryption: {
            existing_key: { arn: value(arn("kms", "key/1234abcd-12ab-34cd-56ef-1234567890ab")) },
            readers: [value(arn("iam", "role/Auditor", ""))],
          },
          log_bucket: { existing_bucket: { name: value("central-logs") } },
          cloudwatch_logs: {
            existing_log_group: { arn: value(arn("logs", "log-group:audit")) },
            existing_role: { arn: value(arn("iam", "role/Delivery", "")) },
          },
        }),
      ],
      [
        "the log group that is there already, for a new role with a permissions boundary",
        (value) => ({
          cloudwatch_logs: {
            existing_log_group: { arn: value(arn("logs", "log-group:audit")) },
            permissions_boundary_arn: value(arn("iam", "policy/Boundary", "")),
          },
        }),
      ],
      [
        "the role and the bucket for access logs that are there already, and the readers of a new key",
        (value) => ({
          encryption: { readers: [value(arn("iam", "role/Auditor", ""))] },
          log_bucket: { access_logs: { existing_bucket: { name: value("access-logs") } } },
          cloudwatch_logs: { existing_role: { arn: value(arn("iam", "role/Delivery", "")) } },
        }),
      ],
      [
        "every name and number of new parts",
        (value) => ({
          name: value("audit"),
          account_name: value("prod"),
          encryption: { alias: value("alias/audit"), rotation_period_in_days: value("90") },
          log_bucket: {
            name: value("new-logs"),
            prefix: value("audit"),
            additional_policy: value('{"Version":"2012-10-17","Statement":[]}'),
            retention_days: value("2557"),
            transitions: [{ days: value("90"), storage_class: value("GLACIER_IR") }],
            access_logs: { name: value("access-logs"), prefix: value("logs"), retention_days: value("90") },
          },
          cloudwatch_logs: {
            log_group_name: value("audit"),
            retention_in_days: value("365"),
            role_name: value("delivery"),
          },
        }),
      ],
      [
        "account, owner, organization, further trails, and what is recorded",
        (value) => ({
          account_id: value(ACCOUNT.account_id),
          owner: value("Somebody"),
          tags: { Stage: value("audit") },
          organization: { id: value("o-exampleorgid"), management_account_id: value(ACCOUNT.account_id) },
          s3_data_events: { buckets: [value("records")], prefixes: [value("records/2026/")] },
          lambda_data_events: { functions: [value(arn("lambda", "function:orders"))] },
          log_bucket: {
            restrict_to_organization: { id: value("o-exampleorgid") },
            further_trails: [{ account_id: value("444455556666"), region: value("eu-west-1"), name: value("other") }],
          },
          encryption: {},
          cloudwatch_logs: {},
        }),
      ],
    ];
    let told: Told;

    beforeAll(async () => {
      const calls = cases.flatMap(([, inputs], index) => [
        [`known_${index}`, { ...ACCOUNT, ...inputs((text) => text) }] as const,
        [`unknown_${index}`, { ...ACCOUNT, ...inputs(unknown) }] as const,
      ]);
      const key = { ...ACCOUNT, encryption: { existing_key: { arn: "${aws_kms_key.own.arn}" } } };
      told = await planOf(Object.fromEntries([...calls, ["own_key", key] as const]), {
        locals: { later: madeLater },
        resource: {
          terraform_data: { later: { count: "${length(local.later)}", input: "${local.later[count.index]}" } },
          aws_kms_key: { own: { description: "Own" } },
        },
      });
    });

    test.each(cases.map(([title], index) => [title, index] as const))("plans the same resources: %s", (_, index) => {
      const addresses = Object.keys(made(told.plan, `unknown_${index}`)).sort();
      expect(addresses).toEqual(Object.keys(made(told.plan, `known_${index}`)).sort());
      expect(addresses).toContain("module.trail.aws_cloudtrail.trail[0]");
      // What is said not to be known is not.
      expect(JSON.stringify(made(told.plan, `unknown_${index}`))).not.toBe(
        JSON.stringify(made(told.plan, `known_${index}`)),
      );
    });

    test("takes a key that is made in the same plan, and makes none itself", () => {
      const key = made(told.plan, "own_key");
      expect(Object.keys(key).filter((address) => address.includes("aws_kms"))).toEqual([]);
      expect(key["module.trail.aws_cloudtrail.trail[0]"]?.after_unknown).toMatchObject({ kms_key_id: true });
      const policies = Object.values(policiesOf(key));
      expect(policies.length).toBeGreaterThanOrEqual(1);
      expect(policies).not.toContain(undefined);
    });

    test("warns of nothing", () => {
      expect(told.warnings).toEqual([]);
    });
  });

  describe("with every part on", () => {
    const ON = { ...ACCOUNT, ...everythingOn };
    const logBucket = everythingOn.log_bucket as Inputs;
    const cloudWatchLogs = everythingOn.cloudwatch_logs as Inputs;
    const ENCRYPTION_KEY = [
      "module.encryption_key[0].aws_kms_alias.encryption_key[0]",
      "module.encryption_key[0].aws_kms_key.encryption_key[0]",
    ];
    const LOG_GROUP = ["module.trail.aws_cloudwatch_log_group.trail[0]"];
    const ROLE = [
      "module.trail.aws_iam_role.cloudwatch_logs[0]",
      "module.trail.aws_iam_role_policy.cloudwatch_logs[0]",
    ];
    const BUCKET = [
      "aws_s3_bucket",
      "aws_s3_bucket_lifecycle_configuration",
      "aws_s3_bucket_ownership_controls",
      "aws_s3_bucket_policy",
      "aws_s3_bucket_public_access_block",
      "aws_s3_bucket_server_side_encryption_configuration",
      "aws_s3_bucket_versioning",
    ];
    const ACCESS_LOG_BUCKET = BUCKET.map(
      (type) => `module.log_bucket[0].module.access_log_bucket[0].${type}.access_log_bucket`,
    );
    const ACCESS_LOGS = [...ACCESS_LOG_BUCKET, "module.log_bucket[0].aws_s3_bucket_logging.log_bucket[0]"];
    const LOG_BUCKET = [...BUCKET.map((type) => `module.log_bucket[0].${type}.log_bucket`), ...ACCESS_LOGS];
    const TRAIL = ["module.trail.aws_cloudtrail.trail[0]"];
    const NOTIFICATION = "module.log_bucket[0].aws_s3_bucket_notification.log_bucket[0]";
    /** The resources of the alarms, in a plan of everything. */
    const alarms = (): readonly string[] =>
      whole.filter((address) => address === NOTIFICATION || /^module\.alarm(s|_topics)\[0\]/.test(address));
    /** Those of one alarm. */
    const ofAlarm = (id: string): readonly string[] => alarms().filter((address) => address.endsWith(`["${id}"]`));
    const OF_DELIVERY = /(no_delivery"|rule\.delivery)\]?(\[0\])?$/;
    const iam = (rest: string): string => `arn:aws:iam::${ACCOUNT.account_id}:${rest}`;

    /** What is chosen, and the resources that go by it. */
    const SWITCHES: Readonly<Record<string, readonly [inputs: Inputs, gone: () => readonly string[]]>> = {
      encryption: [{ encryption: null }, () => [...ENCRYPTION_KEY, ...ofAlarm("tamper_key")]],
      // Alarms would watch by event then.
      cloudwatch_logs: [{ cloudwatch_logs: null, alarms: null }, () => [...LOG_GROUP, ...ROLE, ...alarms()]],
      alarms: [{ alarms: null }, alarms],
      log_bucket: [
        { log_bucket: { existing_bucket: { name: "central-logs" } } },
        () => [...LOG_BUCKET, NOTIFICATION, ...alarms().filter((address) => OF_DELIVERY.test(address))],
      ],
      insights: [{ insights: null }, () => []],
      management_events: [{ management_events: null, insights: null }, () => []],
      s3_data_events: [{ s3_data_events: null }, () => []],
      lambda_data_events: [{ lambda_data_events: null }, () => []],
      "log_bucket.access_logs": [{ log_bucket: { ...logBucket, access_logs: null } }, () => ACCESS_LOGS],
      "log_bucket.access_logs.existing_bucket": [
        { log_bucket: { ...logBucket, access_logs: { existing_bucket: { name: "access-logs" } } } },
        () => ACCESS_LOG_BUCKET,
      ],
      "encryption.existing_key": [
        {
          encryption: {
            existing_key: {
              arn: `arn:aws:kms:eu-central-1:${ACCOUNT.account_id}:key/1234abcd-12ab-34cd-56ef-1234567890ab`,
            },
          },
        },
        () => ENCRYPTION_KEY,
      ],
      "cloudwatch_logs.existing_log_group": [
        {
          cloudwatch_logs: {
            ...cloudWatchLogs,
            existing_log_group: { arn: `arn:aws:logs:eu-central-1:${ACCOUNT.account_id}:log-group:audit:*` },
          },
        },
        () => LOG_GROUP,
      ],
      "cloudwatch_logs.existing_role": [
        { cloudwatch_logs: { ...cloudWatchLogs, existing_role: { arn: iam("role/Delivery") } } },
        () => ROLE,
      ],
      create_trail: [{ create_trail: false }, () => TRAIL],
    };
    const names = Object.keys(SWITCHES);
    let told: Told;
    let whole: readonly string[];

    beforeAll(async () => {
      const calls = names.map((name, index) => [`switch_${index}`, { ...ON, ...SWITCHES[name]?.[0] }] as const);
      told = await planOf({ on: ON, ...Object.fromEntries(calls) });
      whole = Object.keys(made(told.plan, "on")).sort();
    });

    test("makes the resources of every part, and warns of nothing", () => {
      const parts = [...ENCRYPTION_KEY, ...LOG_GROUP, ...ROLE, ...LOG_BUCKET, ...TRAIL];
      expect(whole).toEqual([...parts, ...alarms()].sort());
      expect(alarms().length).toBeGreaterThan(50);
      expect(told.warnings).toEqual([]);
    });

    test("has a switch here for every part that can be switched off", () => {
      expect(names).toEqual(expect.arrayContaining(Object.keys(everythingOn)));
    });

    test.each(names)("makes, without what %s switches, all but the resources of that", (name) => {
      const [, gone] = SWITCHES[name] as (typeof SWITCHES)[string];
      const left = Object.keys(made(told.plan, `switch_${names.indexOf(name)}`));
      expect(whole.filter((address) => !left.includes(address))).toEqual([...gone()].sort());
      expect(left.filter((address) => !whole.includes(address))).toEqual([]);
    });
  });
});
