import { AwsProvider, type AwsProviderConfig } from "@cdktf/provider-aws/lib/provider";
import { TerraformOutput, TerraformStack } from "cdktf";
import type { Construct } from "constructs";
import type { Fields, OutputFields } from "../inputs";
import { awsProvider, type Component, forCdktf, outputValue, type Structure, TERRAFORM_VERSION } from "../placement";
import { type State, terraformForState } from "./state";
import { StateBackend } from "./state-backend";

/** How the AWS provider of a stack gets its credentials, beyond the environment. */
export interface ProviderSettings {
  /** A profile of the AWS configuration. */
  readonly profile: string | null;
  /** The ARN of a role to assume, as in another account. */
  readonly role_arn: string | null;
}

/** Where a stack is made, and where its state is. */
export interface AccountStackProps {
  readonly accountId: string;
  readonly region: string;
  readonly state: State;
  /** Default: credentials of the environment. */
  readonly provider?: ProviderSettings;
  readonly structure?: Structure;
}

/** The alias of the provider of a further region. */
export function providerAlias(region: string): string {
  return region.replaceAll("-", "_");
}

/** A Terraform stack in one account: its backend, its provider, and the versions that it needs. */
export abstract class AccountStack extends TerraformStack {
  /** How the providers get to the account. */
  private readonly account: AwsProviderConfig;

  constructor(scope: Construct, name: string, { accountId, region, state, provider, structure }: AccountStackProps) {
    super(scope, name);
    const { profile = null, role_arn: roleArn = null } = provider ?? {};
    new StateBackend(this, state);
    this.account = {
      // Credentials of another account are refused before anything is made.
      allowedAccountIds: [accountId],
      ...(profile === null ? {} : { profile: forCdktf(profile) as string }),
      ...(roleArn === null ? {} : { assumeRole: [{ roleArn: forCdktf(roleArn) as string }] }),
    };
    new AwsProvider(this, "aws", { region, ...this.account });
    // The bindings would pin the version that they were generated from.
    this.addOverride("terraform.required_providers.aws", awsProvider(structure));
    this.addOverride("terraform.required_version", terraformForState(state) ?? TERRAFORM_VERSION);
  }

  /** The provider of a further region. */
  protected providerOf(region: string): AwsProvider {
    const alias = providerAlias(region);
    return new AwsProvider(this, `aws_${alias}`, { alias, region, ...this.account });
  }

  /** Gives the outputs of a component. What is not there has no output: Terraform would keep none either. */
  protected giveOutputs<F extends Fields, O extends OutputFields>({ definition, outputs }: Component<F, O>): void {
    for (const [name, output] of Object.entries(outputs).filter(([, { value }]) => value !== null)) {
      const { description } = definition.outputs[name] as O[string];
      new TerraformOutput(this, name, { value: outputValue(output), description, staticId: true });
    }
  }

  /** cdktf resolves every stack once more than it writes it, to find references between stacks. There are none. */
  override prepareStack(): void {}
}
