import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { SsmParameter } from "@cdktf/provider-aws/lib/ssm-parameter";
import { App, Aspects, LocalBackend, TerraformStack } from "cdktf";
import { AuditTrail } from "cdktf-audit-trail";

const app = new App();
const stack = new TerraformStack(app, "security");
new LocalBackend(stack, { path: "terraform.tfstate" });
new AwsProvider(stack, "aws", { region: "eu-central-1" });
// cdktf would pin the one version that its bindings were made from.
stack.addOverride("terraform.required_providers.aws.version", ">= 5.100.0, < 7.0.0");

const audit = new AuditTrail(stack, "audit", {
  accountId: "111122223333",
  accountName: "example",
  region: "eu-central-1",
  owner: "Example Owner",
  lambdaDataEvents: null,
  logBucket: { retentionDays: 2557 },
});
new SsmParameter(stack, "trail_arn", { name: "/audit/trail-arn", type: "String", value: audit.trailArn });

// An aspect sees every resource of the trail.
Aspects.of(audit).add({
  visit: (node) => {
    if ("tagsInput" in node && "tags" in node) {
      node.tags = { ...(node.tagsInput as Record<string, string>), CostCenter: "1234" };
    }
  },
});
app.synth();
