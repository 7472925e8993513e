import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { TerraformOutput, TerraformStack } from "cdktf";
import type { Construct } from "constructs";
import { AuditTrail, type AuditTrailProps } from "../audit-trail/audit-trail";
import { awsProvider, forCdktf, outputValue, TERRAFORM_VERSION } from "../placement";
import { type State, terraformForState } from "./state";
import { StateBackend } from "./state-backend";

/** How the AWS provider of a stack gets its credentials, beyond the environment. */
export interface ProviderSettings {
  /** A profile of the AWS configuration. */
  readonly profile: string | null;
  /** The ARN of a role to assume, as in another account. */
  readonly role_arn: string | null;
}

/** What one stack is made of. */
export interface AuditTrailStackProps {
  readonly inputs: AuditTrailProps;
  readonly state: State;
  readonly provider: ProviderSettings;
  /** Whether Terraform refuses to destroy what holds the logs, and what they are encrypted with. */
  readonly preventDestroy: boolean;
  /** Whether every resource says its region, as AWS provider 6 can. */
  readonly regionArgument: boolean;
}

/** One audit trail in a Terraform stack: backend, provider, the trail, and its outputs. */
export class AuditTrailStack extends TerraformStack {
  readonly trail: AuditTrail;

  constructor(scope: Construct, name: string, { inputs, state, provider, ...structure }: AuditTrailStackProps) {
    super(scope, name);
    new StateBackend(this, state);
    new AwsProvider(this, "aws", {
      region: inputs.region as string,
      // Credentials of another account are refused before anything is made.
      allowedAccountIds: [inputs.accountId as string],
      ...(provider.profile === null ? {} : { profile: forCdktf(provider.profile) as string }),
      ...(provider.role_arn === null ? {} : { assumeRole: [{ roleArn: forCdktf(provider.role_arn) as string }] }),
    });
    // The bindings would pin the version that they were generated from.
    this.addOverride("terraform.required_providers.aws", awsProvider(structure));
    this.addOverride("terraform.required_version", terraformForState(state) ?? TERRAFORM_VERSION);

    this.trail = new AuditTrail(this, "Default", inputs, { ...structure, accountCheck: "provider" });
    // What is not there has no output: Terraform would keep none either.
    for (const [name, output] of Object.entries(this.trail.outputs).filter(([, { value }]) => value !== null)) {
      const { description } = AuditTrail.definition.outputs[name as keyof typeof this.trail.outputs];
      new TerraformOutput(this, name, { value: outputValue(output), description, staticId: true });
    }
  }

  /** cdktf resolves every stack once more than it writes it, to find references between stacks. There are none. */
  override prepareStack(): void {}
}
