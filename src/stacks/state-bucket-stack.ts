import type { Construct } from "constructs";
import { StateBucket, type StateBucketProps } from "../components/state-bucket/state-bucket";
import { inTemporaryApp } from "../placement";
import { AccountStack, type ProviderSettings } from "./account-stack";
import type { State } from "./state";

/** The name of the stack with the bucket that keeps the states, its own among them. */
export const STATE_BUCKET_STACK = "state-bucket";

/** What the stack of the bucket is made of. */
export interface StateBucketStackProps {
  readonly inputs: StateBucketProps;
  readonly state: State;
  readonly provider: ProviderSettings;
}

/** The bucket that keeps the states, in a Terraform stack. Terraform refuses to destroy it. */
export class StateBucketStack extends AccountStack {
  readonly bucket: StateBucket;

  constructor(scope: Construct, { inputs, state, provider }: StateBucketStackProps) {
    super(scope, STATE_BUCKET_STACK, {
      accountId: inputs.accountId,
      region: inputs.region,
      state,
      provider,
    });
    this.bucket = new StateBucket(this, "Default", inputs, { preventDestroy: true, accountCheck: "provider" });
    this.giveOutputs(this.bucket);
  }
}

/** The stack of the bucket as Terraform reads it. Writes nothing. */
export function stateBucketStackJson(props: StateBucketStackProps): string {
  const terraform = inTemporaryApp((app) => new StateBucketStack(app, props).toTerraform());
  return `${JSON.stringify(terraform, null, 2)}\n`;
}
