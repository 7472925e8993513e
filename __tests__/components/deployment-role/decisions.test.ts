import { DeploymentRole, type DeploymentRoleProps } from "../../../src/components/deployment-role/deployment-role";
import { bodyOf, newStack } from "../../placement/support/stack";
import { type Expectation, expectation, OTHER_ACCOUNT_ID, otherPartition } from "../../policy/support/calls";
import { describeDecisions } from "../../policy/support/decisions";
import type { PolicyDocument, ServiceCall } from "../../policy/support/evaluator";
import { mutantsOf } from "../../policy/support/mutants";

const ACCOUNT_ID = "111122223333";

type Phase = "plan" | "apply";

interface Layout {
  readonly name: string;
  readonly partition: string;
  readonly region: string;
}

const layouts: readonly Layout[] = [
  { name: "aws", partition: "aws", region: "eu-central-1" },
  { name: "aws-us-gov", partition: "aws-us-gov", region: "us-gov-west-1" },
];

/** A token as its issuer signs it, and the account in which it is shown. */
interface Token {
  readonly issuer: string;
  readonly aud: string;
  readonly sub: string;
  readonly account?: string;
  readonly partition?: string;
}

function trustPolicy({ region }: Layout, phase: Phase, inputs: Partial<DeploymentRoleProps>): PolicyDocument {
  const stack = newStack();
  new DeploymentRole(stack, "Default", { accountId: ACCOUNT_ID, region, ...inputs });
  return JSON.parse(`${bodyOf(stack, `aws_iam_role.${phase}`).assume_role_policy}`) as PolicyDocument;
}

/** Who shows a token to get a role. */
function showing({ partition, name }: Layout, phase: Phase, token: Token): ServiceCall {
  const { issuer, aud, sub, account = ACCOUNT_ID } = token;
  return {
    principal: `arn:${token.partition ?? partition}:iam::${account}:oidc-provider/${issuer}`,
    identityPolicies: [],
    action: "sts:AssumeRoleWithWebIdentity",
    resource: `arn:${partition}:iam::${ACCOUNT_ID}:role/audit-trail-${phase}-${name}`,
    resourceAccountId: ACCOUNT_ID,
    context: { [`${issuer}:aud`]: aud, [`${issuer}:sub`]: sub },
  };
}

/** A claim of a token that is another one, or not there. */
function withoutClaim(call: ServiceCall, claim: string): ServiceCall {
  const context = Object.fromEntries(Object.entries(call.context).filter(([key]) => !key.endsWith(`:${claim}`)));
  return { ...call, context };
}

/** What may be wrong with a token of any issuer, beside its subject. */
function wrongTokens(layout: Layout, phase: Phase, token: Token, other: Token): readonly Expectation[] {
  const call = showing(layout, phase, token);
  const wrong: Readonly<Record<string, ServiceCall>> = {
    "of another audience": showing(layout, phase, { ...token, aud: "https://example.com" }),
    "without an audience": withoutClaim(call, "aud"),
    "without a subject": withoutClaim(call, "sub"),
    "of another issuer": showing(layout, phase, { ...token, issuer: other.issuer }),
    "with claims of another issuer": { ...call, principal: showing(layout, phase, other).principal },
    "shown in another account": showing(layout, phase, { ...token, account: OTHER_ACCOUNT_ID }),
    "of another partition": showing(layout, phase, { ...token, partition: otherPartition(layout.partition) }),
  };
  return [
    ...Object.entries(wrong).map(([what, each]) => expectation(`A token ${what}`, "denied", "get the role", each)),
    expectation("A token", "denied", "put tags on the session", { ...call, action: "sts:TagSession" }),
  ];
}

function subjects(
  layout: Layout,
  phase: Phase,
  token: Token,
  expected: "allowed" | "denied",
  named: Readonly<Record<string, string>>,
): readonly Expectation[] {
  return Object.entries(named).map(([who, sub]) =>
    expectation(who, expected, "get the role", showing(layout, phase, { ...token, sub })),
  );
}

const HCP: Token = {
  issuer: "app.terraform.io",
  aud: "aws.workload.identity",
  sub: "organization:acme:project:Audit Trails:workspace:production",
};
const GITHUB: Token = {
  issuer: "token.actions.githubusercontent.com",
  aud: "sts.amazonaws.com",
  sub: "repo:acme/infrastructure",
};
const GITLAB: Token = {
  issuer: "gitlab.com",
  aud: "https://gitlab.com",
  sub: "project_path:acme/infrastructure:ref_type:branch:ref:main",
};

const PHASES: readonly Phase[] = ["plan", "apply"];

const hcpTerraform = { organization: "acme", project: "Audit Trails", workspace: "production" };

describe.each(PHASES)("the trust of the role for HCP Terraform: %s", (phase) => {
  describeDecisions<Layout>({
    title: "the trust policy",
    layouts,
    mistakenLayouts: layouts.slice(0, 1),
    policyOf: (layout) => trustPolicy(layout, phase, { hcpTerraform }),
    mutantsOf: (policy) => mutantsOf(policy, []),
    expectationsOf(layout) {
      const token = { ...HCP, sub: `${HCP.sub}:run_phase:${phase}` };
      return [
        ...subjects(layout, phase, token, "allowed", { [`A run of the workspace that is to ${phase}`]: token.sub }),
        ...subjects(layout, phase, token, "denied", {
          "Another phase of the run": `${HCP.sub}:run_phase:${phase === "plan" ? "apply" : "plan"}`,
          "A run of another workspace": token.sub.replace("production", "sandbox"),
          "A run of a workspace whose name begins alike": token.sub.replace("production", "production-2"),
          "A run of another project": token.sub.replace("Audit Trails", "Default Project"),
          "A run of another organization": token.sub.replace("acme", "acme-2"),
          "A subject that goes on": `${token.sub}:more`,
          "A subject in capitals": token.sub.toUpperCase(),
        }),
        ...wrongTokens(layout, phase, token, GITHUB),
      ];
    },
  });
});

describe.each(PHASES)("the trust of the role for GitHub Actions: %s", (phase) => {
  describeDecisions<Layout>({
    title: "the trust policy",
    layouts,
    mistakenLayouts: layouts.slice(0, 1),
    policyOf: (layout) => trustPolicy(layout, phase, { githubActions: { repository: "acme/infrastructure" } }),
    mutantsOf: (policy) => mutantsOf(policy, []),
    expectationsOf(layout) {
      const pullRequest = `${GITHUB.sub}:pull_request`;
      const environment = `${GITHUB.sub}:environment:production`;
      const [mine, others] = phase === "plan" ? [pullRequest, environment] : [environment, pullRequest];
      const token = { ...GITHUB, sub: mine };
      return [
        ...subjects(layout, phase, token, "allowed", { [`A workflow that is to ${phase}`]: mine }),
        ...subjects(layout, phase, token, "denied", {
          "A workflow for the other role": others,
          "A push to a branch": `${GITHUB.sub}:ref:refs/heads/main`,
          "A tag": `${GITHUB.sub}:ref:refs/tags/v1`,
          "Another environment": `${GITHUB.sub}:environment:staging`,
          "Another repository": mine.replace("/infrastructure", "/website"),
          "A repository whose name begins alike": mine.replace("/infrastructure", "/infrastructure-2"),
          "Another owner": mine.replace("acme/", "acme-2/"),
          "A repository of the name, with other ids": mine.replace("acme/infrastructure", "acme@1/infrastructure@2"),
          "A subject that goes on": `${mine}-2`,
        }),
        ...wrongTokens(layout, phase, token, HCP),
      ];
    },
  });
});

describe.each(PHASES)("the trust of the role for GitLab: %s", (phase) => {
  describeDecisions<Layout>({
    title: "the trust policy",
    layouts,
    mistakenLayouts: layouts.slice(0, 1),
    policyOf: (layout) =>
      trustPolicy(layout, phase, { gitlab: { projectPath: "acme/infrastructure", planFromAnyBranch: true } }),
    mutantsOf: (policy) => mutantsOf(policy, []),
    withoutEffect: () =>
      phase === "plan" ? { "AllowGitLab: left out": "the branch main is one of all branches" } : {},
    expectationsOf(layout) {
      const branches = "project_path:acme/infrastructure:ref_type:branch:ref";
      return [
        ...subjects(layout, phase, GITLAB, "allowed", { "A pipeline of the branch main": GITLAB.sub }),
        ...subjects(layout, phase, GITLAB, phase === "plan" ? "allowed" : "denied", {
          "A pipeline of another branch": `${branches}:feature/logs`,
          "A pipeline of a branch whose name begins alike": `${branches}:main-2`,
        }),
        ...subjects(layout, phase, GITLAB, "denied", {
          "A pipeline of a tag": GITLAB.sub.replace("ref_type:branch", "ref_type:tag"),
          "A pipeline of another project": GITLAB.sub.replace("/infrastructure", "/website"),
          "A pipeline of a project below it": GITLAB.sub.replace("/infrastructure", "/infrastructure/fork"),
          "A pipeline of a project whose name begins alike": GITLAB.sub.replace("/infrastructure", "/infrastructure-2"),
          "A pipeline of a fork": GITLAB.sub.replace("acme/", "mallory/"),
        }),
        ...wrongTokens(layout, phase, GITLAB, HCP),
      ];
    },
  });
});

test("ids in the subject of a token are part of what is compared", () => {
  const [layout] = layouts as [Layout];
  const { Statement } = trustPolicy(layout, "apply", {
    githubActions: { repository: "acme@123456/infrastructure@456789" },
  });
  expect(Statement[0]?.Condition?.StringEquals).toMatchObject({
    "token.actions.githubusercontent.com:sub": "repo:acme@123456/infrastructure@456789:environment:production",
  });
});
