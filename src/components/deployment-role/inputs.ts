import {
  accountId,
  boolean,
  defaulting,
  define,
  entryName,
  type Fields,
  mapOf,
  object,
  objectOfOptions,
  optional,
  policyArn,
  policyJson,
  region,
  required,
  rolePath,
  separatedBySlashes,
  tags,
  textLike,
  textOutput,
  textsOutput,
  wholeNumber,
} from "../../inputs";
import { atMost, isNull, length, matches, not, or, type Value } from "../../values";

/*
 * Names of what may assume the roles. Each becomes a part of the subject of a token, which is compared as it is: none of
 * them may hold a colon, which ends a part, nor what stands for anything.
 */

const hostName = textLike(
  "^[a-z0-9]([a-z0-9-]*[a-z0-9])?([.][a-z0-9]([a-z0-9-]*[a-z0-9])?)+$",
  "must be a host name in lower-case letters, without https:// before it and a path after it",
)
  .suchAs("tokens.example.com")
  .brokenBy("https://tokens.example.com");

const organization = textLike(
  "^[A-Za-z0-9][A-Za-z0-9_-]{0,39}$",
  "must be the name of one organization: letters, digits, underscores and hyphens",
)
  .suchAs("acme")
  .brokenBy("*");

const project = textLike(
  "^[A-Za-z0-9_-][A-Za-z0-9 _-]{0,38}[A-Za-z0-9_-]$",
  "must be the name of one project: letters, digits, spaces within it, underscores and hyphens",
)
  .suchAs("Default Project")
  .brokenBy("*");

const workspace = textLike(
  "^[A-Za-z0-9_-]{1,90}$",
  "must be the name of one workspace: letters, digits, underscores and hyphens",
)
  .suchAs("audit-trail")
  .brokenBy("audit-*");

const repository = textLike(
  "^[A-Za-z0-9-]{1,39}(@[0-9]+)?/[A-Za-z0-9._-]{1,100}(@[0-9]+)?$",
  "must be one repository, as OWNER/NAME, or OWNER@ID/NAME@ID where its tokens have ids in their subject",
)
  .suchAs("acme/infrastructure")
  .brokenBy("acme/*")
  .where("must have either both ids or none", (value) =>
    or(matches(value, "^[^@]+$"), matches(value, "@[0-9]+/[^@]+@[0-9]+$")),
  )
  .brokenBy("acme@123456/infrastructure");

const environment = textLike(
  "^[A-Za-z0-9_.-]([A-Za-z0-9 ._/-]{0,253}[A-Za-z0-9_.-])?$",
  "must be the name of one environment: letters, digits, spaces within it, and characters of _ . / -",
)
  .suchAs("production")
  .brokenBy("*");

const projectPath = textLike(
  "^[A-Za-z0-9_.-]+(/[A-Za-z0-9_.-]+)+$",
  "must be the path of one project, as GROUP/PROJECT or GROUP/SUBGROUP/PROJECT",
)
  .suchAs("acme/infrastructure")
  .brokenBy("acme/*");

const branch = separatedBySlashes(
  textLike("^[A-Za-z0-9._/-]{1,255}$", "must be the name of one branch: letters, digits and . _ / -").brokenBy(
    "release-*",
  ),
  "/main",
).suchAs("main");

const createProvider = defaulting(
  boolean(),
  true,
  "Whether the OIDC provider is created. An account has one for each issuer: false takes the one that is there.",
);

/** Those who may assume the roles, each null where it may not: inputs of the component, and of a configuration. */
export const assumedByFields = {
  hcp_terraform: optional(
    object({
      organization: required(organization, "The organization of HCP Terraform or Terraform Enterprise."),
      project: defaulting(project, "Default Project", "The project that the workspace is in."),
      workspace: required(workspace, "The workspace."),
      hostname: defaulting(hostName, "app.terraform.io", "The host that signs the tokens."),
      create_provider: createProvider,
    }),
    "A workspace of HCP Terraform or Terraform Enterprise, by dynamic provider credentials. Its plans assume the one role, " +
      "its applies the other. Null lets none in.",
  ),
  github_actions: optional(
    object({
      repository: required(
        repository,
        "The repository, as `OWNER/NAME`. One made, renamed or moved after 15 July 2026 has ids in the subject of its tokens: " +
          "`OWNER@ID/NAME@ID`.",
      ),
      environment: defaulting(
        environment,
        "production",
        "The environment whose jobs apply. Let it demand a review, and take the branch that is deployed alone.",
      ),
      create_provider: createProvider,
    }),
    "A repository on github.com, by its workflows. Those of pull requests plan, jobs of the environment apply. Null lets none " +
      "in.",
  ),
  gitlab: optional(
    object({
      project_path: required(projectPath, "The project, as `GROUP/PROJECT`."),
      branch: defaulting(branch, "main", "The branch whose pipelines plan and apply. Protect it."),
      plan_from_any_branch: defaulting(
        boolean(),
        false,
        "Whether pipelines of all branches of the project plan, as those of merge requests do: GitLab does not say in the " +
          "subject that it is one.",
      ),
      hostname: defaulting(hostName, "gitlab.com", "The host that signs the tokens."),
      create_provider: createProvider,
    }),
    "A project of GitLab, by its pipelines. Null lets none in.",
  ),
} as const satisfies Fields;

/** What holds for the roles themselves: inputs of the component, and of a configuration. */
export const roleFields = {
  name: defaulting(
    textLike(
      "^[A-Za-z0-9+=,.@_-]{1,50}$",
      "must be 1 to 50 letters, digits or characters of + = , . @ _ -, as names of policies follow it",
    )
      .suchAs("audit-trail")
      .brokenBy("audit trail"),
    "audit-trail",
    "How the names of the roles begin: `-plan` and `-apply` follow it.",
  ),
  permissions_boundary_arn: optional(policyArn, "The ARN of a policy beyond which the roles may nothing."),
  role_path: defaulting(rolePath, "/", "The path of the roles and of their policies."),
  max_session_duration: defaulting(
    wholeNumber(3600, 43200, "seconds"),
    3600,
    "Seconds after which a run has to assume the role anew.",
  ),
} as const satisfies Fields;

/** Characters that a managed policy may have, white space aside. */
export const LONGEST_MANAGED_POLICY = 6144;

/** Managed policies that may be attached to a role. */
export const MOST_MANAGED_POLICIES = 10;

const policies = mapOf(
  entryName,
  policyJson
    .where(
      `must have at most ${LONGEST_MANAGED_POLICY} characters`,
      (value) => atMost(length(value), LONGEST_MANAGED_POLICY),
      { maxLength: LONGEST_MANAGED_POLICY },
    )
    .brokenBy(`{"Version":"2012-10-17","Statement":[]${" ".repeat(LONGEST_MANAGED_POLICY)}}`),
)
  .where(`must have at most ${MOST_MANAGED_POLICIES} entries, as IAM attaches no more to a role`, (value) =>
    atMost(length(value), MOST_MANAGED_POLICIES),
  )
  .brokenBy(
    Object.fromEntries(
      Array.from({ length: MOST_MANAGED_POLICIES + 1 }, (_, index) => [`policy_${index}`, policyJson.valid]),
    ),
  );

/** Roles that nobody may assume are of no use. */
const assumedBySomebody = {
  at: "hcp_terraform",
  requirement: "must be given, or github_actions or gitlab must: nobody could assume the roles",
  brokenBy: { hcp_terraform: null, github_actions: null, gitlab: null },
  holds: (inputs: Readonly<Record<"hcpTerraform" | "githubActions" | "gitlab", Value<unknown>>>): Value<boolean> =>
    or(not(isNull(inputs.hcpTerraform)), not(isNull(inputs.githubActions)), not(isNull(inputs.gitlab))),
} as const;

/** What a configuration says of the roles that deploy a trail. */
export const deploymentRoleOption = objectOfOptions({ ...assumedByFields, ...roleFields }, [assumedBySomebody]).suchAs({
  github_actions: { repository: "acme/infrastructure" },
} as never);

/** The roles that deploy: what they take and give. */
export const deploymentRoleDefinition = define({
  name: "deployment-role",
  title: "Deployment role",
  description:
    "Two IAM roles, one that plans and one that applies, for runs of Terraform in HCP Terraform, GitHub Actions and GitLab.\n" +
    "A run shows a token that its host has signed (OpenID Connect): there is no key that could be stolen. Each role lets in\n" +
    "the runs of one workspace, one repository or one project alone.",
  fields: {
    account_id: required(accountId, "The account of the roles."),
    region: required(region, "A region of the account, which tells the partition of AWS."),
    ...assumedByFields,
    plan_policies: defaulting(
      policies,
      {},
      "What the role that plans may do: policies as JSON, by name. `npx cdktf-audit-trail deployment-policy --phase plan` prints " +
        "those that an audit trail needs.",
    ),
    apply_policies: defaulting(
      policies,
      {},
      "What the role that applies may do: policies as JSON, by name. `npx cdktf-audit-trail deployment-policy --phase apply` prints " +
        "those that an audit trail needs.",
    ),
    ...roleFields,
    tags: defaulting(tags, {}, "Tags of roles, policies and OIDC providers."),
  },
  rules: [assumedBySomebody],
  outputs: {
    plan_role_arn: textOutput("The ARN of the role that plans, available once it may do what its policies say."),
    apply_role_arn: textOutput("The ARN of the role that applies, available once it may do what its policies say."),
    oidc_provider_arns: textsOutput("The ARNs of the OIDC providers, by whose tokens they take."),
    hcp_terraform_variables: textsOutput(
      "The environment variables of the workspace of HCP Terraform, by which its runs assume the roles. Null where there is " +
        "none.",
    ),
  },
});
