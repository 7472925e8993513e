import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { S3Backend, TerraformStack, Testing } from "cdktf";
import type { Workspace } from "../../__tests__/terraform/support/workspace";
import { AuditTrail, type AuditTrailProps } from "../../src/audit-trail/audit-trail";
import { AWS_PROVIDER } from "../../src/placement";
import { ACCOUNT_ID, REGION, STATE } from "./names";

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
