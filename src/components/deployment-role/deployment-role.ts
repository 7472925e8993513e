import { IamOpenidConnectProvider } from "@cdktf/provider-aws/lib/iam-openid-connect-provider";
import { IamPolicy } from "@cdktf/provider-aws/lib/iam-policy";
import { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import { IamRolePolicyAttachment } from "@cdktf/provider-aws/lib/iam-role-policy-attachment";
import type { Construct } from "constructs";
import {
  Component,
  local,
  outputToken,
  outputTokens,
  outputTokensIfSet,
  type Placed,
  type PlacedElement,
  type PlacedElements,
  type Precondition,
  resource,
  resourceForEach,
  type Structure,
} from "../../placement";
import { oidcProviderArn, partitionOf, policyDocument, type Statement } from "../../policy";
import { choose, get, ifSet, isNull, merge, not, type OptionalItem, text, type Value } from "../../values";
import { accountCheck } from "../account-check";
import type { DeploymentRoleProps } from "../props";
import { deploymentRoleDefinition } from "./inputs";
import { type Issuer, type Phase, type TrustingAccount, trustStatements, trusts } from "./trust";

export type { DeploymentRoleProps };

/** A role, and what it may do. */
interface PlacedRole {
  readonly role: PlacedElement;
  readonly attachments: PlacedElements;
}

/**
 * The roles that runs of Terraform assume, without keys.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_providers_oidc.html
 */
export class DeploymentRole extends Component<
  typeof deploymentRoleDefinition.fields,
  typeof deploymentRoleDefinition.outputs
> {
  static readonly definition = deploymentRoleDefinition;

  /**
   * @throws InputError naming every input that is wrong, before any resource is made
   */
  constructor(scope: Construct, id: string, props: DeploymentRoleProps, structure: Structure = {}) {
    super(scope, id, deploymentRoleDefinition, props, structure);
    const { accountId, region, hcpTerraform } = this.inputs;
    const account: TrustingAccount = { partition: local(this, "partition", partitionOf(region)), accountId };
    const trusted = trusts(this, this.inputs);
    const issuers = Object.entries<Issuer>({ ...trusted });
    const providers = issuers.map(([name, issuer]) => this.provider(name, issuer));
    const preconditions = accountCheck(this, accountId, structure);
    const placeRole = (phase: Phase): PlacedRole =>
      this.role(phase, trustStatements(trusted, phase, account), providers, preconditions);
    const plan = placeRole("plan");
    const apply = placeRole("apply");

    const arns = issuers.map(([name, { input, host }]) =>
      choose<Record<string, string>>(isNull(input), {}, {
        [name]: oidcProviderArn(account.partition, accountId, host),
      } as Value<Record<string, string>>),
    );
    const planRoleArn = plan.role.attribute("arn");
    const applyRoleArn = apply.role.attribute("arn");
    this.declareOutputs({
      plan_role_arn: { value: planRoleArn, after: [plan.attachments] },
      apply_role_arn: { value: applyRoleArn, after: [apply.attachments] },
      oidc_provider_arns: { value: merge<string>(...arns) },
      hcp_terraform_variables: {
        value: choose<Readonly<Record<string, string>>, null>(
          not(isNull(hcpTerraform)),
          {
            TFC_AWS_PROVIDER_AUTH: "true",
            TFC_AWS_PLAN_ROLE_ARN: planRoleArn,
            TFC_AWS_APPLY_ROLE_ARN: applyRoleArn,
          } as Value<Readonly<Record<string, string>>>,
          null,
        ) as Value<Readonly<Record<string, string>>>,
        after: [plan.attachments, apply.attachments],
      },
    });
  }

  /** The OIDC provider of an issuer, where it is not there yet. IAM needs no thumbprint of a host with a public certificate. */
  private provider(name: string, { input, host, audience }: Issuer): Placed {
    const creates = local(
      this,
      `creates_${name}_provider`,
      ifSet<typeof input, boolean>(input, (given) => get(given, "create_provider"), false),
    );
    return resource(
      this,
      IamOpenidConnectProvider,
      name,
      { url: text`https://${host}`, clientIdList: [audience], tags: this.inputs.tags },
      { when: creates },
    );
  }

  /** The role of one phase, with its policies. */
  private role(
    phase: Phase,
    trust: readonly OptionalItem<Statement>[],
    providers: readonly Placed[],
    preconditions: readonly Precondition[],
  ): PlacedRole {
    const { name, rolePath, permissionsBoundaryArn, maxSessionDuration, tags } = this.inputs;
    const role = resource(
      this,
      IamRole,
      phase,
      {
        name: text`${name}-${phase}`,
        path: rolePath,
        description:
          phase === "plan" ? "Reads what Terraform manages, for plans" : "Changes what Terraform manages, for applies",
        permissionsBoundary: permissionsBoundaryArn,
        maxSessionDuration,
        assumeRolePolicy: policyDocument(...trust),
        tags,
      },
      { dependsOn: providers, lifecycle: { preconditions } },
    );
    const documents = phase === "plan" ? this.inputs.planPolicies : this.inputs.applyPolicies;
    const policies = resourceForEach<ConstructorParameters<typeof IamPolicy>[2], string>(
      this,
      IamPolicy,
      phase,
      documents,
      (document, key) => ({ name: text`${name}-${phase}-${key}`, path: rolePath, policy: document, tags }),
    );
    const attachments = resourceForEach<ConstructorParameters<typeof IamRolePolicyAttachment>[2], string>(
      this,
      IamRolePolicyAttachment,
      phase,
      documents,
      (_, key) => ({ role: role.attribute("name"), policyArn: policies.attribute(key, "arn") }),
    );
    return { role, attachments };
  }

  /** The ARN of the role that plans, once it may do what its policies say. */
  get planRoleArn(): string {
    return outputToken(this.outputs.plan_role_arn);
  }

  /** The ARN of the role that applies, once it may do what its policies say. */
  get applyRoleArn(): string {
    return outputToken(this.outputs.apply_role_arn);
  }

  /** The ARNs of the OIDC providers, by whose tokens they take. */
  get oidcProviderArns(): Readonly<Record<string, string>> {
    return outputTokens(this.outputs.oidc_provider_arns);
  }

  /** The environment variables of the workspace of HCP Terraform, by which its runs assume the roles, where there is one. */
  get hcpTerraformVariables(): Readonly<Record<string, string>> | undefined {
    return outputTokensIfSet(this.outputs.hcp_terraform_variables);
  }
}
