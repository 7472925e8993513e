import { join } from "node:path";
import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { TerraformStack, Testing } from "cdktf";
import { DeploymentRole, type DeploymentRoleProps } from "../../src/components/deployment-role/deployment-role";
import { isCallExample, moduleFiles, rejectedInputs, terraformFiles } from "../../src/generator";
import { fromProps } from "../../src/inputs";
import { AWS_PROVIDER } from "../../src/placement";
import { deploymentRoleModule } from "../../src/published/terraform-aws-deployment-role";
import { differences, plannedByInstance } from "./support/equality";
import { ACCOUNT_ID, IdentityServer } from "./support/identity-server";
import { Workspace } from "./support/workspace";

const REGION = "eu-central-1";
const place = { accountId: ACCOUNT_ID, region: REGION };
const hcpTerraform = { organization: "acme", workspace: "audit-trail" };
const githubActions = { repository: "acme@123456/infrastructure@456789", environment: "Production EU" };
const gitlab = { projectPath: "acme/platform/infrastructure" };
const POLICY =
  '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"s3:ListAllMyBuckets","Resource":"*"}]}';

const roles: readonly DeploymentRoleProps[] = [
  { ...place, githubActions },
  { ...place, hcpTerraform: { ...hcpTerraform, project: "Audit", hostname: "tfe.acme.example" }, name: "trail" },
  { ...place, gitlab: { ...gitlab, planFromAnyBranch: true, branch: "release" }, planPolicies: { read: POLICY } },
  {
    ...place,
    hcpTerraform: { ...hcpTerraform, createProvider: false },
    githubActions,
    gitlab,
    planPolicies: { read: POLICY },
    applyPolicies: { read: POLICY, write: POLICY },
    permissionsBoundaryArn: "arn:aws:iam::111122223333:policy/Boundary",
    rolePath: "/audit/",
    maxSessionDuration: 7200,
    tags: { Own: "Example Owner" },
  },
];

describe("the deployment role", () => {
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
    const inline = new TerraformStack(Testing.app(), "roles");
    new AwsProvider(inline, "aws", { region: REGION });
    inline.addOverride("terraform.required_providers.aws", AWS_PROVIDER);
    roles.forEach((props, index) => {
      new DeploymentRole(inline, `c${index}`, props);
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
    const calls = roles.map((props, index) => [
      `c${index}`,
      { source: "./deployment-role", ...(fromProps(DeploymentRole.definition.fields, props) as object) },
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
        ...[...terraformFiles(DeploymentRole)].map(([path, content]) => [`deployment-role/${path}`, content] as const),
      ]),
    );
    const [stackPlan, modulePlan] = await Promise.all([inline.plan(), called.plan()]);
    const planned = plannedByInstance(stackPlan);
    const counts = Object.entries(planned).map(([instance, resources]) => [instance, Object.keys(resources).length]);
    expect(Object.fromEntries(counts)).toEqual({ c0: 3, c1: 3, c2: 5, c3: 10 });
    expect(differences(plannedByInstance(modulePlan), planned)).toEqual([]);
  });

  test("is published as a module that is well formed and valid, takes its examples and refuses what it must", async () => {
    const workspace = await workspaceWith(moduleFiles(deploymentRoleModule));
    await workspace.succeed("fmt", "-check", "-recursive");
    await workspace.validate();
    const { examples, accepted = [] } = deploymentRoleModule;
    const taken = examples.filter(isCallExample).length + accepted.length;
    const runs = taken + rejectedInputs(DeploymentRole.definition).length;
    expect(await workspace.succeed("test", "-no-color")).toContain(`${runs} passed, 0 failed.`);
    for (const { name } of examples) {
      await workspace.succeed(`-chdir=${join("examples", name)}`, "init", "-backend=false", "-input=false");
      await workspace.succeed(`-chdir=${join("examples", name)}`, "validate", "-no-color");
    }
  });
});
