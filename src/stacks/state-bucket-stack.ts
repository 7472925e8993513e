import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { TerraformOutput, TerraformStack } from "cdktf";
import type { Construct } from "constructs";
import { StateBucket, type StateBucketProps } from "../components/state-bucket/state-bucket";
import { AWS_PROVIDER, forCdktf, inTemporaryApp, outputToken, TERRAFORM_VERSION } from "../placement";
import type { ProviderSettings } from "./audit-trail-stack";
import { type State, terraformForState } from "./state";
import { StateBackend } from "./state-backend";

/** The name of the stack with the bucket that keeps the states, its own among them. */
export const STATE_BUCKET_STACK = "state-bucket";

/** What the stack of the bucket is made of. */
export interface StateBucketStackProps {
  readonly inputs: StateBucketProps;
  readonly state: State;
  readonly provider: ProviderSettings;
}

/** The bucket that keeps the states, in a Terraform stack. Terraform refuses to destroy it. */
export class StateBucketStack extends TerraformStack {
  readonly bucket: StateBucket;

  constructor(scope: Construct, { inputs, state, provider }: StateBucketStackProps) {
    super(scope, STATE_BUCKET_STACK);
    new StateBackend(this, state);
    new AwsProvider(this, "aws", {
      region: inputs.region as string,
      // Credentials of another account are refused before anything is made.
      allowedAccountIds: [inputs.accountId as string],
      ...(provider.profile === null ? {} : { profile: forCdktf(provider.profile) as string }),
      ...(provider.role_arn === null ? {} : { assumeRole: [{ roleArn: forCdktf(provider.role_arn) as string }] }),
    });
    this.addOverride("terraform.required_providers.aws", AWS_PROVIDER);
    this.addOverride("terraform.required_version", terraformForState(state) ?? TERRAFORM_VERSION);

    this.bucket = new StateBucket(this, "Default", inputs, { preventDestroy: true, accountCheck: "provider" });
    for (const [name, output] of Object.entries(this.bucket.outputs).filter(([, { value }]) => value !== null)) {
      const { description } = StateBucket.definition.outputs[name as keyof typeof this.bucket.outputs];
      new TerraformOutput(this, name, { value: outputToken(output), description, staticId: true });
    }
  }

  /** There is no other stack to refer to. */
  override prepareStack(): void {}
}

/** The stack of the bucket as Terraform reads it. Writes nothing. */
export function stateBucketStackJson(props: StateBucketStackProps): string {
  const terraform = inTemporaryApp((app) => new StateBucketStack(app, props).toTerraform());
  return `${JSON.stringify(terraform, null, 2)}\n`;
}
