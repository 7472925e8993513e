import { DeploymentRole } from "../components";
import { licenseText, type ModuleSource } from "../generator";

const ACCOUNT_ID = "111122223333";

const place = { account_id: ACCOUNT_ID, region: "eu-central-1" } as const;

/** What an example lets the roles do: the real policies are longer, and printed by the command. */
const policies = {
  plan_policies: {
    read_trail: JSON.stringify({
      Version: "2012-10-17",
      Statement: [{ Sid: "ReadTrails", Effect: "Allow", Action: ["cloudtrail:DescribeTrails"], Resource: "*" }],
    }),
  },
} as const;

/** That a role lets in tokens about a subject. */
function subjectIs(role: string, subject: string): string {
  const tests = `values(jsondecode(aws_iam_role.${role}.assume_role_policy).Statement[0].Condition.StringEquals)`;
  return ["contains(", `      ${tests},`, `      ${JSON.stringify(subject)},`, "    )"].join("\n");
}

/** The module of the roles that deploy, with its examples. */
export const deploymentRoleModule: ModuleSource = {
  component: DeploymentRole,
  name: "terraform-aws-deployment-role",
  address: "NAMESPACE/deployment-role/aws",
  license: { name: "Apache-2.0", text: licenseText },
  accepted: [
    {
      name: "an_oidc_provider_that_is_there",
      inputs: { github_actions: { repository: "acme@123456/infrastructure@456789", create_provider: false } },
      expected: {
        "No OIDC provider should be created.": "length(aws_iam_openid_connect_provider.github_actions) == 0",
        "The ids in the subject of a token should be kept.": subjectIs(
          "plan",
          "repo:acme@123456/infrastructure@456789:pull_request",
        ),
      },
    },
    {
      name: "any_branch_that_plans",
      inputs: {
        github_actions: null,
        gitlab: { project_path: "acme/infrastructure", plan_from_any_branch: true },
      },
      expected: {
        "Every branch of the project should be let in to plan.": `(
      jsondecode(aws_iam_role.plan.assume_role_policy).Statement[1].Condition.StringLike
      == { "gitlab.com:sub" = "project_path:acme/infrastructure:ref_type:branch:ref:*" }
    )`,
        "No other branch should be let in to apply.":
          "length(jsondecode(aws_iam_role.apply.assume_role_policy).Statement) == 1",
      },
    },
  ],
  examples: [
    {
      name: "github-actions",
      title: "Workflows of GitHub Actions",
      description:
        "Pull requests of one repository plan, jobs of its environment `production` apply. Replace the repository, and the\n" +
        "policy, which is short here: `npx cdktf-audit-trail deployment-policy` prints those that an audit trail needs.",
      inputs: { ...place, github_actions: { repository: "acme/infrastructure" }, ...policies },
      expected: {
        "Pull requests of the repository should be let in to plan.": subjectIs(
          "plan",
          "repo:acme/infrastructure:pull_request",
        ),
        "Jobs of the environment should be let in to apply.": subjectIs(
          "apply",
          "repo:acme/infrastructure:environment:production",
        ),
      },
    },
    {
      name: "hcp-terraform",
      title: "A workspace of HCP Terraform",
      description:
        "The runs of one workspace, by dynamic provider credentials: their plans assume the one role, their applies the other.\n" +
        "Replace the organization and the workspace, and give the workspace the environment variables of the output\n" +
        "`hcp_terraform_variables`.",
      inputs: {
        ...place,
        github_actions: null,
        hcp_terraform: { organization: "acme", workspace: "audit-trail" },
        ...policies,
      },
      expected: {
        "Plans of the workspace should be let in to plan.": subjectIs(
          "plan",
          "organization:acme:project:Default Project:workspace:audit-trail:run_phase:plan",
        ),
        "Applies of the workspace should be let in to apply.": subjectIs(
          "apply",
          "organization:acme:project:Default Project:workspace:audit-trail:run_phase:apply",
        ),
      },
    },
    {
      name: "gitlab",
      title: "Pipelines of GitLab",
      description:
        "The pipelines of the branch `main` of one project plan and apply. For those of merge requests to plan, too, set\n" +
        "`plan_from_any_branch`. Replace the project.",
      inputs: { ...place, github_actions: null, gitlab: { project_path: "acme/infrastructure" }, ...policies },
      expected: {
        "Pipelines of the branch should be let in.": subjectIs(
          "apply",
          "project_path:acme/infrastructure:ref_type:branch:ref:main",
        ),
      },
    },
  ],
};
