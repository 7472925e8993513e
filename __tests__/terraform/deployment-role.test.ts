import { DeploymentRole, type DeploymentRoleProps } from "../../src/components/deployment-role/deployment-role";
import { deploymentRoleModule } from "../../src/published/terraform-aws-deployment-role";
import { differences, plannedByInstance } from "./support/equality";
import { ACCOUNT_ID } from "./support/identity-server";
import { expectSound } from "./support/sound-module";
import { bothForms, instancesOf } from "./support/two-forms";
import { workspacesOfTests } from "./support/workspaces";

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
  const workspaces = workspacesOfTests();

  test("plans the same in both forms", async () => {
    const { stack, caller } = await bothForms(workspaces, instancesOf(DeploymentRole, roles));
    const [inline, called] = await Promise.all([stack.plan(), caller.plan()]);
    const planned = plannedByInstance(inline);
    const counts = Object.entries(planned).map(([instance, resources]) => [instance, Object.keys(resources).length]);
    expect(Object.fromEntries(counts)).toEqual({ c0: 3, c1: 3, c2: 5, c3: 10 });
    expect(differences(plannedByInstance(called), planned)).toEqual([]);
  });

  test("is published as a module that is well formed and valid, takes its examples and refuses what it must", () =>
    expectSound(workspaces, deploymentRoleModule));
});
