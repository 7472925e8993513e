import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { App, LocalBackend, TerraformOutput, TerraformStack } from "cdktf";
import { TrailBudget } from "./trail-budget";

const app = new App();
const stack = new TerraformStack(app, "costs");
new LocalBackend(stack, { path: "terraform.tfstate" });
new AwsProvider(stack, "aws", { region: "eu-central-1" });
// cdktf would pin the one version that its bindings were made from.
stack.addOverride("terraform.required_providers.aws.version", ">= 5.100.0, < 7.0.0");

new TrailBudget(stack, "mailed", {
  accountId: "111122223333",
  name: "audit-trail",
  monthlyLimit: 50,
  warnings: [{ percent: 80, emails: ["costs@example.com"] }],
});

const watched = new TrailBudget(stack, "watched", {
  accountId: "111122223333",
  name: "audit-trail-watched",
  monthlyLimit: 200,
  warnings: [
    { percent: 50, emails: ["costs@example.com"] },
    { percent: 100, forecast: true },
  ],
  snsTopic: true,
  tags: { Environment: "audit" },
});
new TerraformOutput(stack, "budget", { value: watched.budgetName });
app.synth();
