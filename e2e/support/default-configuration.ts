import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { S3Backend, TerraformStack, Testing } from "cdktf";
import type { Workspace } from "../../__tests__/terraform/support/workspace";
import { AuditTrail, type AuditTrailProps } from "../../src/audit-trail/audit-trail";
import { AWS_PROVIDER } from "../../src/placement";

/** The region of everything that the tests deploy. */
export const REGION = "eu-central-1";

/** The account that the tests deploy to. */
export const ACCOUNT_ID = "111122223333";

/** Where the state is kept. */
export const STATE = { bucket: "example-terraform-state", key: "audit-trail/terraform.tfstate" };

/** The object that is there while somebody changes the state. */
export const LOCK_KEY = `${STATE.key}.tflock`;

/** What the default configuration names. */
export const NAMES = { trail: "example-logs", logBucket: `bucket-for-cloudtrail-logs-${ACCOUNT_ID}-${REGION}` };

/** Writes what Terraform deploys: the default configuration, with state in a bucket, and with what is chosen on top. */
export function writeDefaultConfiguration(workspace: Workspace, chosen: Partial<AuditTrailProps> = {}): void {
  const stack = new TerraformStack(Testing.app(), "audit-trail");
  new S3Backend(stack, { ...STATE, region: REGION, encrypt: true });
  stack.addOverride("terraform.backend.s3.use_lockfile", true);
  new AwsProvider(stack, "aws", { region: REGION, allowedAccountIds: [ACCOUNT_ID] });
  stack.addOverride("terraform.required_providers.aws", AWS_PROVIDER);
  new AuditTrail(
    stack,
    "Default",
    { accountId: ACCOUNT_ID, accountName: "example", region: REGION, owner: "Example Owner", ...chosen },
    { accountCheck: "provider" },
  );
  workspace.write({ "cdk.tf.json": Testing.synth(stack) });
}
