import { join } from "node:path";
import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { TerraformStack, Testing } from "cdktf";
import { StateBucket, type StateBucketProps } from "../../src/components/state-bucket/state-bucket";
import { isCallExample, moduleFiles, rejectedInputs, terraformFiles } from "../../src/generator";
import { fromProps } from "../../src/inputs";
import { AWS_PROVIDER } from "../../src/placement";
import { stateBucketModule } from "../../src/published/terraform-aws-state-bucket";
import { differences, lifecyclesOfModule, lifecyclesOfStack, plannedByInstance } from "./support/equality";
import { ACCOUNT_ID, IdentityServer } from "./support/identity-server";
import { Workspace } from "./support/workspace";

const REGION = "eu-central-1";
const KEY = `arn:aws:kms:${REGION}:${ACCOUNT_ID}:key/1234abcd-12ab-34cd-56ef-1234567890ab`;
const place = { accountId: ACCOUNT_ID, region: REGION };
const deployers = {
  "prod-eu": { roleArn: "arn:aws:iam::444455556666:role/Deployer" },
  test_1: { stateKey: "states/test" },
};

const buckets: readonly StateBucketProps[] = [
  { ...place, name: "states-by-default" },
  { ...place, name: "states.with.key", encryption: {}, deployers, oldVersionDays: 365, tags: { Own: "Example Owner" } },
  { ...place, name: "states-with-existing-key", encryption: { existingKey: { arn: KEY } }, deployers },
  { ...place, name: "states-with-alias", encryption: { alias: "alias/states", deletionWindowInDays: 7 } },
];

describe("the state bucket", () => {
  let server: IdentityServer;
  const workspaces: Workspace[] = [];
  const workspaceWith = async (files: Parameters<Workspace["write"]>[0]): Promise<Workspace> => {
    const workspace = new Workspace(server.environment);
    workspaces.push(workspace);
    workspace.write(files);
    await workspace.init();
    return workspace;
  };

  /** All of them, inline in one stack. */
  const stack = (): string => {
    const inline = new TerraformStack(Testing.app(), "states");
    new AwsProvider(inline, "aws", { region: REGION });
    inline.addOverride("terraform.required_providers.aws", AWS_PROVIDER);
    buckets.forEach((props, index) => {
      new StateBucket(inline, `c${index}`, props, { preventDestroy: true });
    });
    return Testing.synth(inline);
  };

  beforeAll(async () => {
    server = await IdentityServer.start();
  });

  afterAll(async () => {
    for (const workspace of workspaces) {
      workspace.remove();
    }
    await server.stop();
  });

  test("plans the same in both forms", async () => {
    const calls = buckets.map((props, index) => [
      `c${index}`,
      { source: "./state-bucket", ...(fromProps(StateBucket.definition.fields, props) as object) },
    ]);
    const inline = await workspaceWith({ "cdk.tf.json": stack() });
    const called = await workspaceWith(
      new Map([
        [
          "main.tf.json",
          JSON.stringify({
            terraform: { required_providers: { aws: AWS_PROVIDER } },
            provider: { aws: [{ region: REGION }] },
            module: Object.fromEntries(calls),
          }),
        ],
        ...[...terraformFiles(StateBucket)].map(([path, content]) => [`state-bucket/${path}`, content] as const),
      ]),
    );
    const [stackPlan, modulePlan] = await Promise.all([inline.plan(), called.plan()]);
    const planned = plannedByInstance(stackPlan);
    const counts = Object.entries(planned).map(([instance, resources]) => [instance, Object.keys(resources).length]);
    expect(Object.fromEntries(counts)).toEqual({ c0: 7, c1: 9, c2: 7, c3: 9 });
    expect(differences(plannedByInstance(modulePlan), planned)).toEqual([]);
  });

  test("is protected from destruction in both forms alike", async () => {
    const module = terraformFiles(StateBucket, "hcl", { preventDestroy: true });
    const lifecycles = await lifecyclesOfModule(module);
    expect(lifecycles).toEqual(lifecyclesOfStack(stack(), "c1"));
    expect(Object.keys(lifecycles).sort()).toEqual(["aws_kms_key.state_bucket", "aws_s3_bucket.state_bucket"]);
  });

  test("is published as a module that is well formed and valid, takes its examples and refuses what it must", async () => {
    const workspace = await workspaceWith(moduleFiles(stateBucketModule));
    await workspace.succeed("fmt", "-check", "-recursive");
    await workspace.validate();
    const runs =
      rejectedInputs(StateBucket.definition).length + stateBucketModule.examples.filter(isCallExample).length;
    expect(await workspace.succeed("test", "-no-color")).toContain(`${runs} passed, 0 failed.`);
    for (const { name } of stateBucketModule.examples) {
      await workspace.succeed(`-chdir=${join("examples", name)}`, "init", "-backend=false", "-input=false");
      await workspace.succeed(`-chdir=${join("examples", name)}`, "validate", "-no-color");
    }
  });
});
