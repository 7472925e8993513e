import { DeploymentRole, type DeploymentRoleProps } from "../../../src/components/deployment-role/deployment-role";
import { deploymentRoleDefinition } from "../../../src/components/deployment-role/inputs";
import { check, InputError, problemText } from "../../../src/inputs";
import type { Structure } from "../../../src/placement";
import { literal } from "../../../src/values";
import { addressesOf, bodyOf, newStack, synthesized } from "../../placement/support/stack";

const place = { accountId: "111122223333", region: "eu-central-1" };
const hcpTerraform = { organization: "acme", workspace: "audit-trail" };
const githubActions = { repository: "acme/infrastructure" };
const gitlab = { projectPath: "acme/infrastructure" };
const POLICY = '{"Version":"2012-10-17","Statement":[]}';

type Chosen = Omit<DeploymentRoleProps, "accountId" | "region">;

function placed(chosen: Chosen, structure: Structure = { accountCheck: "provider" }) {
  const stack = newStack();
  const component = new DeploymentRole(stack, "Default", { ...place, ...chosen }, structure);
  return { stack, component };
}

function addressesWith(chosen: Chosen): readonly string[] {
  return addressesOf(synthesized(placed(chosen).stack));
}

test("two roles are made, and a provider for each issuer that lets somebody in", () => {
  const roles = ["aws_iam_role.apply", "aws_iam_role.plan"];
  const provider = (name: string) => `aws_iam_openid_connect_provider.${name}`;
  expect(addressesWith({ hcpTerraform })).toEqual([provider("hcp_terraform"), ...roles]);
  expect(addressesWith({ githubActions })).toEqual([provider("github_actions"), ...roles]);
  expect(addressesWith({ gitlab })).toEqual([provider("gitlab"), ...roles]);
  expect(addressesWith({ hcpTerraform, githubActions, gitlab })).toEqual([
    ...["github_actions", "gitlab", "hcp_terraform"].map(provider),
    ...roles,
  ]);
});

test("a provider that is there is not made again, and trusted all the same", () => {
  const there = { ...githubActions, createProvider: false };
  expect(addressesWith({ githubActions: there })).toEqual(["aws_iam_role.apply", "aws_iam_role.plan"]);
  expect(bodyOf(placed({ githubActions: there }).stack, "aws_iam_role.plan").assume_role_policy).toBe(
    bodyOf(placed({ githubActions }).stack, "aws_iam_role.plan").assume_role_policy,
  );
});

test("a provider has its issuer and the audience of its tokens, and no thumbprint, which AWS does not need", () => {
  const { stack } = placed({ hcpTerraform, githubActions, gitlab: { ...gitlab, hostname: "git.acme.example" } });
  const providerOf = (name: string) => bodyOf(stack, `aws_iam_openid_connect_provider.${name}`);
  expect(providerOf("hcp_terraform")).toEqual({
    url: "https://app.terraform.io",
    client_id_list: ["aws.workload.identity"],
    tags: {},
  });
  expect(providerOf("github_actions")).toEqual({
    url: "https://token.actions.githubusercontent.com",
    client_id_list: ["sts.amazonaws.com"],
    tags: {},
  });
  expect(providerOf("gitlab")).toEqual({
    url: "https://git.acme.example",
    client_id_list: ["https://git.acme.example"],
    tags: {},
  });
});

test("a role has a name, a path, a boundary and a session that are chosen, and waits for the providers", () => {
  const boundary = "arn:aws:iam::111122223333:policy/Boundary";
  const { stack } = placed({
    githubActions,
    name: "trail",
    rolePath: "/audit/",
    permissionsBoundaryArn: boundary,
    maxSessionDuration: 7200,
    tags: { Own: "Example Owner" },
  });
  for (const phase of ["plan", "apply"]) {
    expect(bodyOf(stack, `aws_iam_role.${phase}`)).toMatchObject({
      name: `trail-${phase}`,
      path: "/audit/",
      permissions_boundary: boundary,
      max_session_duration: 7200,
      tags: { Own: "Example Owner" },
      depends_on: ["aws_iam_openid_connect_provider.github_actions"],
    });
  }
});

test("each policy is one of its own, attached to the role of its phase", () => {
  const { stack } = placed({
    githubActions,
    planPolicies: { read: POLICY },
    applyPolicies: { read: POLICY, write: POLICY },
  });
  expect(addressesOf(synthesized(stack)).filter((each) => each.includes("policy"))).toEqual([
    "aws_iam_policy.apply_read",
    "aws_iam_policy.apply_write",
    "aws_iam_policy.plan_read",
    "aws_iam_role_policy_attachment.apply_read",
    "aws_iam_role_policy_attachment.apply_write",
    "aws_iam_role_policy_attachment.plan_read",
  ]);
  expect(bodyOf(stack, "aws_iam_policy.apply_write")).toMatchObject({
    name: "audit-trail-apply-write",
    policy: POLICY,
  });
  expect(bodyOf(stack, "aws_iam_role_policy_attachment.apply_write")).toEqual({
    role: "${aws_iam_role.apply.name}",
    policy_arn: "${aws_iam_policy.apply_write.arn}",
  });
});

test("credentials of another account are refused by both roles", () => {
  const { stack } = placed({ githubActions }, {});
  for (const phase of ["plan", "apply"]) {
    expect(bodyOf(stack, `aws_iam_role.${phase}`).lifecycle).toMatchObject({
      precondition: [{ error_message: expect.stringContaining("must be the account of the credentials") }],
    });
  }
});

test("the outputs name the providers that take, and the variables of a workspace where there is one", () => {
  const { outputs } = placed({ hcpTerraform, gitlab: { ...gitlab, createProvider: false } }).component;
  expect(literal(outputs.oidc_provider_arns.value)).toEqual({
    gitlab: "arn:aws:iam::111122223333:oidc-provider/gitlab.com",
    hcp_terraform: "arn:aws:iam::111122223333:oidc-provider/app.terraform.io",
  });
  expect(Object.keys(outputs.hcp_terraform_variables.value)).toEqual([
    "TFC_AWS_PROVIDER_AUTH",
    "TFC_AWS_PLAN_ROLE_ARN",
    "TFC_AWS_APPLY_ROLE_ARN",
  ]);
  expect(placed({ githubActions }).component.outputs.hcp_terraform_variables.value).toBeNull();
});

test("roles that nobody could assume are refused, before anything is made", () => {
  const stack = newStack();
  expect(() => new DeploymentRole(stack, "Default", place)).toThrow(InputError);
  expect(stack.node.tryFindChild("Default")).toBeUndefined();
});

test.each([
  ["hcp_terraform", { organization: "*", workspace: "audit-trail" }, "organization: must be the name of one"],
  ["hcp_terraform", { organization: "acme", workspace: "*" }, "workspace: must be the name of one"],
  ["hcp_terraform", { organization: "acme", workspace: "" }, "workspace: must be the name of one"],
  [
    "hcp_terraform",
    { organization: "acme", project: "*", workspace: "audit-trail" },
    "project: must be the name of one",
  ],
  [
    "hcp_terraform",
    { organization: "acme:project", workspace: "audit-trail" },
    "organization: must be the name of one",
  ],
  ["github_actions", { repository: "acme/*" }, "repository: must be one repository"],
  ["github_actions", { repository: "acme" }, "repository: must be one repository"],
  ["github_actions", { repository: "acme/" }, "repository: must be one repository"],
  ["github_actions", { repository: "acme@1/infrastructure" }, "repository: must have either both ids or none"],
  ["github_actions", { repository: "acme/infrastructure:ref" }, "repository: must be one repository"],
  ["github_actions", { repository: "acme/infrastructure", environment: "*" }, "environment: must be the name of one"],
  ["gitlab", { project_path: "acme" }, "project_path: must be the path of one"],
  ["gitlab", { project_path: "acme/*" }, "project_path: must be the path of one"],
  ["gitlab", { project_path: "acme/infrastructure", branch: "release/*" }, "branch: must be the name of one"],
  ["gitlab", { project_path: "acme/infrastructure", hostname: "https://gitlab.com" }, "hostname: must be a host name"],
])("what would let in more than one, or nobody, is refused: %s %j", (input, given, requirement) => {
  const { problems } = check(deploymentRoleDefinition, {
    account_id: "111122223333",
    region: "eu-central-1",
    [input]: given,
  });
  expect(problems.map(problemText)).toEqual([expect.stringContaining(`${input}.${requirement}`)]);
});
