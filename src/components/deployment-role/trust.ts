import type { Construct } from "constructs";
import type { InputValues } from "../../inputs";
import { local } from "../../placement";
import { oidcProviderArn, type Statement } from "../../policy";
import {
  get,
  ifSet,
  mapOfItems,
  type NotNull,
  type OptionalItem,
  onlyIf,
  onlyIfSet,
  text,
  type Value,
} from "../../values";
import type { deploymentRoleDefinition } from "./inputs";

/** What a run is let in for. */
export type Phase = "plan" | "apply";

/** An issuer of tokens: by which input it lets in runs, and what its tokens say. */
export interface Issuer {
  /** Null where nobody is let in by its tokens. */
  readonly input: Value<{ readonly create_provider: boolean } | null>;
  /** The host that signs the tokens. */
  readonly host: Value<string>;
  /** For whom the tokens are. */
  readonly audience: Value<string>;
}

/** Who is let in by the tokens of one issuer. */
interface Trust extends Issuer {
  readonly sid: string;
  /** Whom a token has to be about, phase by phase. */
  readonly subjects: Readonly<Record<Phase, Value<string>>>;
}

/** The issuers by the names of their inputs, and whom they let in. */
export interface Trusts {
  readonly hcp_terraform: Trust;
  readonly github_actions: Trust;
  readonly gitlab: Trust & {
    /** Whether all branches plan. */
    readonly planFromAnyBranch: Value<boolean>;
    /** What subjects of branches begin with. */
    readonly anyBranch: Value<string>;
  };
}

/**
 * Whom the roles trust, by the inputs of the component.
 *
 * @see https://developer.hashicorp.com/terraform/cloud-docs/workspaces/dynamic-provider-credentials/aws-configuration
 * @see https://docs.github.com/actions/reference/security/oidc
 * @see https://docs.gitlab.com/ci/cloud_services/aws/
 */
export function trusts(
  scope: Construct,
  { hcpTerraform, githubActions, gitlab }: InputValues<typeof deploymentRoleDefinition.fields>,
): Trusts {
  // A local keeps each text that is made of several names: it would be too long to read within a policy.
  const textOf = <V>(name: string, input: V, make: (given: NotNull<V>) => Value<string>): Value<string> =>
    local(scope, name, ifSet<V, string>(input, make, ""));
  const project = textOf(
    "hcp_terraform_project",
    hcpTerraform,
    (run) => text`organization:${get(run, "organization")}:project:${get(run, "project")}`,
  );
  const workspace = textOf(
    "hcp_terraform_workspace",
    hcpTerraform,
    (run) => text`${project}:workspace:${get(run, "workspace")}`,
  );
  const branches = textOf(
    "gitlab_branches",
    gitlab,
    (of) => text`project_path:${get(of, "project_path")}:ref_type:branch:ref`,
  );
  const branch = textOf("gitlab_branch", gitlab, (of) => text`${branches}:${get(of, "branch")}`);
  const gitlabHost = textOf("gitlab_host", gitlab, (of) => get(of, "hostname"));
  return {
    hcp_terraform: {
      sid: "AllowHcpTerraform",
      input: hcpTerraform,
      host: textOf("hcp_terraform_host", hcpTerraform, (run) => get(run, "hostname")),
      audience: "aws.workload.identity",
      subjects: { plan: text`${workspace}:run_phase:plan`, apply: text`${workspace}:run_phase:apply` },
    },
    github_actions: {
      sid: "AllowGitHubActions",
      input: githubActions,
      host: "token.actions.githubusercontent.com",
      audience: "sts.amazonaws.com",
      subjects: {
        plan: textOf("github_pull_requests", githubActions, (of) => text`repo:${get(of, "repository")}:pull_request`),
        apply: textOf(
          "github_environment",
          githubActions,
          (of) => text`repo:${get(of, "repository")}:environment:${get(of, "environment")}`,
        ),
      },
    },
    gitlab: {
      sid: "AllowGitLab",
      input: gitlab,
      host: gitlabHost,
      audience: text`https://${gitlabHost}`,
      subjects: { plan: branch, apply: branch },
      planFromAnyBranch: ifSet<typeof gitlab, boolean>(gitlab, (of) => get(of, "plan_from_any_branch"), false),
      anyBranch: text`${branches}:*`,
    },
  };
}

/** Where the OIDC providers are. */
export interface TrustingAccount {
  readonly partition: Value<string>;
  readonly accountId: Value<string>;
}

/** The statements by which the role of a phase lets runs in. */
export function trustStatements(
  { hcp_terraform, github_actions, gitlab }: Trusts,
  phase: Phase,
  account: TrustingAccount,
): readonly OptionalItem<Statement>[] {
  const exactly = [hcp_terraform, github_actions, gitlab].map((trust) =>
    onlyIfSet<typeof trust.input, Statement>(
      trust.input,
      () =>
        allow(account, trust, trust.sid, {
          StringEquals: claims(trust.host, { aud: trust.audience, sub: trust.subjects[phase] }),
        }) as Value<Statement>,
    ),
  );
  return phase === "apply"
    ? exactly
    : [
        ...exactly,
        onlyIf(
          gitlab.planFromAnyBranch,
          allow(account, gitlab, "AllowGitLabAnyBranch", {
            StringEquals: claims(gitlab.host, { aud: gitlab.audience }),
            StringLike: claims(gitlab.host, { sub: gitlab.anyBranch }),
          }) as Value<Statement>,
        ),
      ];
}

function allow(
  { partition, accountId }: TrustingAccount,
  { host }: Issuer,
  sid: string,
  condition: NonNullable<Statement["Condition"]>,
): Statement {
  return {
    Sid: sid,
    Effect: "Allow",
    Principal: { Federated: oidcProviderArn(partition, accountId, host) },
    Action: "sts:AssumeRoleWithWebIdentity",
    Condition: condition,
  };
}

/** What is tested of a token. IAM names each claim after the issuer. */
function claims(
  issuer: Value<string>,
  values: Readonly<Record<string, Value<string>>>,
): Value<Readonly<Record<string, string>>> {
  type Claim = { readonly name: string; readonly value: string };
  return mapOfItems<Claim, string>(
    Object.entries(values).map(([name, value]) => ({ name, value })) as Value<readonly Claim[]>,
    "claim",
    (claim) => text`${issuer}:${get(claim, "name")}`,
    (claim) => get(claim, "value"),
  );
}
