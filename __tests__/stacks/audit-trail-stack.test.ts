import { App, Testing } from "cdktf";
import { AuditTrailStack, type AuditTrailStackProps, type State, synthesize } from "../../src/stacks";
import { misfits, type ProviderSchema, providerSchemas } from "../generator/support/provider-schemas";

const S3: State = {
  backend: "s3",
  settings: { bucket: "example-states", key: "a", region: "eu-central-1", encrypt: true, use_lockfile: true },
};

const PROPS: AuditTrailStackProps = {
  inputs: { accountId: "111122223333", accountName: "example", region: "eu-central-1", owner: "Me" },
  state: S3,
  provider: { profile: null, role_arn: null },
  preventDestroy: false,
  regionArgument: false,
};

interface StackJson {
  readonly terraform: Readonly<Record<string, unknown>>;
  readonly provider: { readonly aws: readonly Readonly<Record<string, unknown>>[] };
  readonly output: Readonly<Record<string, { readonly description: string }>>;
  readonly resource: Readonly<Record<string, Readonly<Record<string, Readonly<Record<string, unknown>>>>>>;
}

/** The Terraform JSON of a stack. */
function stackOf(props: Partial<AuditTrailStackProps> = {}): StackJson {
  const files = synthesize([{ name: "main", ...PROPS, ...props }]);
  return JSON.parse(files.get("stacks/main/cdk.tf.json") as string) as StackJson;
}

describe("the stack of an audit trail", () => {
  test("requires the provider in every version known to work, and nothing else", () => {
    expect(stackOf().terraform.required_providers).toEqual({
      aws: { source: "hashicorp/aws", version: ">= 5.100.0, < 7.0.0" },
    });
  });

  const cloud = (workspaces: object): State =>
    ({ backend: "cloud", settings: { organization: "o", workspaces } }) as State;

  test.each<[string, State, string]>([
    ["the lock file in S3", S3, ">= 1.10.0"],
    ["S3 without it", { ...S3, settings: { ...S3.settings, use_lockfile: false } }, ">= 1.9.0"],
    ["a workspace by name", cloud({ name: "a" }), ">= 1.9.0"],
    ["a workspace by tags", cloud({ tags: { a: "b" } }), ">= 1.10.0"],
    ["a file", { backend: "local", settings: { path: "a" } }, ">= 1.9.0"],
    ["another backend", { backend: "gcs", settings: { bucket: "a" } }, ">= 1.9.0"],
    [
      "another backend with settings of those names",
      { backend: "http", settings: { use_lockfile: true, workspaces: { tags: {} } } },
      ">= 1.9.0",
    ],
    ["the backend that Terraform 1.12 brought", { backend: "oci", settings: {} }, ">= 1.12.0"],
  ])("requires the Terraform that knows %s", (_, state, expected) => {
    expect(stackOf({ state }).terraform.required_version).toBe(expected);
  });

  test.each<[string, State]>([
    ["s3", S3],
    ["local", { backend: "local", settings: { path: "../../../terraform.main.tfstate" } }],
    ["azurerm", { backend: "azurerm", settings: { container_name: "states", key: "a", use_oidc: true } }],
    ["remote", { backend: "remote", settings: { organization: "o", workspaces: { name: "w" } } }],
    [
      "http",
      { backend: "http", settings: { address: "https://a/b?c=d&e=<f>", retry_max: 3, skip_cert_verification: false } },
    ],
    ["pg", { backend: "pg", settings: {} }],
  ])("has one backend, with its settings as they are: %s", (backend, state) => {
    const { terraform } = stackOf({ state });
    expect(terraform.backend).toEqual({ [backend]: state.settings });
    expect(terraform.cloud).toBeUndefined();
  });

  test("has HCP Terraform as cloud, with tags as a map", () => {
    const state = cloud({ tags: { app: "audit", "a b": "c" }, project: "p" });
    const { terraform } = stackOf({ state });
    expect(terraform.cloud).toEqual(state.settings);
    expect(terraform.backend).toBeUndefined();
  });

  test("does not escape the settings of a backend, which Terraform takes as they are", () => {
    const state: State = { backend: "local", settings: { path: "${a}%{b}" } };
    expect(stackOf({ state }).terraform.backend).toEqual({ local: { path: "${a}%{b}" } });
  });

  test("lets no other account than its own be changed, with the credentials of the environment", () => {
    expect(stackOf().provider.aws).toEqual([{ allowed_account_ids: ["111122223333"], region: "eu-central-1" }]);
  });

  test("takes a profile, assumes a role, and has both as they are", () => {
    const provider = { profile: 'a "b" ${c} %{d}', role_arn: "arn:aws:iam::111122223333:role/audit" };
    expect(stackOf({ provider }).provider.aws).toEqual([
      {
        allowed_account_ids: ["111122223333"],
        region: "eu-central-1",
        // The provider's settings are evaluated, so that these are escaped.
        profile: 'a "b" $${c} %%{d}',
        assume_role: [{ role_arn: "arn:aws:iam::111122223333:role/audit" }],
      },
    ]);
  });

  test("keeps the log bucket from being destroyed where that is asked for", () => {
    expect(stackOf({ preventDestroy: true }).resource.aws_s3_bucket?.log_bucket?.lifecycle).toEqual({
      prevent_destroy: true,
    });
    expect(stackOf().resource.aws_s3_bucket?.log_bucket?.lifecycle).toBeUndefined();
  });

  test("says the region of every resource that has one where that is asked for, with the provider that knows it", () => {
    const inputs = { ...PROPS.inputs, encryption: {}, cloudwatchLogs: {}, logBucket: { accessLogs: {} } };
    const newest = providerSchemas.at(-1) as ProviderSchema;
    const regionsOf = ({ resource }: StackJson) =>
      Object.entries(resource).flatMap(([type, byName]) =>
        newest.resource[type]?.attributes.region === undefined ? [] : Object.values(byName).map(({ region }) => region),
      );
    const [regional, plain] = [stackOf({ inputs, regionArgument: true }), stackOf({ inputs })];
    expect(new Set(regionsOf(plain))).toEqual(new Set([undefined]));
    expect(regionsOf(regional)).toEqual(regionsOf(plain).map(() => "eu-central-1"));
    expect(misfits({ ...regional }, newest)).toEqual([]);
    expect(regional.terraform.required_providers).toEqual({
      aws: { source: "hashicorp/aws", version: ">= 6.0.0, < 7.0.0" },
    });
  });

  test("has the outputs of the trail under their names, each described", () => {
    const { output } = stackOf();
    expect(Object.keys(output).sort()).toEqual([
      "log_bucket_arn",
      "log_bucket_name",
      "log_bucket_policy",
      "trail_arn",
      "trail_home_region",
      "trail_name",
    ]);
    expect(Object.values(output).every(({ description }) => description.endsWith("."))).toBe(true);
  });

  test("is written as JSON alone: cdktf would lose the backend in HCL", () => {
    const stack = new AuditTrailStack(new App({ outdir: Testing.app().outdir }), "main", PROPS);
    expect(() => stack.toHclTerraform()).toThrow("run cdktf without --hcl");
  });

  test("refuses wrong inputs and leaves nothing behind", () => {
    expect(() => stackOf({ inputs: { ...PROPS.inputs, region: "nowhere" } })).toThrow(
      /region: must be the name of an AWS/,
    );
  });
});

describe("the events of further regions", () => {
  const alarmed = { ...PROPS.inputs, alarms: {} };
  const regionsOf = (props: Partial<AuditTrailStackProps>): readonly unknown[] =>
    stackOf(props)
      .provider.aws.slice(1)
      .map(({ region }) => region);

  test("are forwarded through a provider of the region, which gets to the same account", () => {
    const stack = stackOf({ inputs: alarmed, provider: { profile: "audit", role_arn: null } });
    expect(stack.provider.aws.slice(1)).toEqual([
      { alias: "us_east_1", region: "us-east-1", allowed_account_ids: ["111122223333"], profile: "audit" },
    ]);
    expect(stack.resource.aws_cloudwatch_event_target?.events_of_us_east_1_forwarded_root_use).toMatchObject({
      arn: "arn:aws:events:eu-central-1:111122223333:event-bus/default",
      provider: "aws.us_east_1",
      rule: "${aws_cloudwatch_event_rule.events_of_us_east_1_forwarded_root_use.name}",
    });
    expect(stack.resource.aws_cloudwatch_event_rule?.events_of_us_east_1_forwarded_root_use?.tags).toEqual({
      Own: "Me",
    });
    expect(stack.resource.aws_cloudwatch_event_rule).not.toHaveProperty("events_of_us_east_1_forwarded_tamper_trail");
  });

  test("keep their provider where something in them has yet to be destroyed", () => {
    expect(regionsOf({ formerAlarmRegions: ["us-east-1"] })).toEqual(["us-east-1"]);
    const moved = { inputs: alarmed, alarmRegions: ["eu-west-1"], formerAlarmRegions: ["us-east-1", "eu-west-1"] };
    expect(regionsOf(moved)).toEqual(["eu-west-1", "us-east-1"]);
  });

  test.each<[string, Partial<AuditTrailStackProps>, readonly string[]]>([
    ["there are no alarms", {}, []],
    ["alarms watch by metric", { inputs: { ...alarmed, cloudwatchLogs: {} } }, []],
    ["the home region is that of the global services", { inputs: { ...alarmed, region: "us-east-1" } }, []],
    ["the trail records its home region alone", { inputs: { ...alarmed, multiRegion: false } }, []],
    ["none are chosen", { inputs: alarmed, alarmRegions: [] }, []],
    ["some are chosen", { inputs: alarmed, alarmRegions: ["eu-west-1", "us-east-1"] }, ["eu-west-1", "us-east-1"]],
    ["it is China", { inputs: { ...alarmed, region: "cn-northwest-1" } }, ["cn-north-1"]],
    ["it is AWS GovCloud", { inputs: { ...alarmed, region: "us-gov-east-1" } }, ["us-gov-west-1"]],
  ])("where %s", (_, props, regions) => {
    expect(regionsOf(props)).toEqual(regions);
  });
});
