import { type ModuleSource, writeModules } from "cdktf-audit-trail/component";
import { TrailBudget } from "./trail-budget";

const trailBudgetModule: ModuleSource = {
  component: TrailBudget,
  name: "terraform-aws-trail-budget",
  address: "NAMESPACE/trail-budget/aws",
  // Each becomes a folder that can be planned as it is. The first one is shown in the README.
  examples: [
    {
      name: "mailed",
      title: "Warnings by e-mail",
      description: "Somebody gets an e-mail when four fifths of the limit are spent.",
      inputs: {
        account_id: "111122223333",
        name: "audit-trail",
        monthly_limit: 50,
        warnings: [{ percent: 80, emails: ["costs@example.com"] }],
      },
    },
    {
      name: "watched",
      title: "Warnings to a topic",
      description: "A topic gets a warning at half of the limit, and another when more than all of it is expected.",
      inputs: {
        account_id: "111122223333",
        name: "audit-trail-watched",
        monthly_limit: 200,
        warnings: [
          { percent: 50, emails: ["costs@example.com"] },
          { percent: 100, forecast: true },
        ],
        sns_topic: true,
        tags: { Environment: "audit" },
      },
    },
  ],
  // Each becomes a run of `terraform test`, which must refuse it at that variable.
  rejected: [
    { name: "name_with_a_colon", at: "name", inputs: { name: "audit:trail" } },
    { name: "limit_of_nothing", at: "monthly_limit", inputs: { monthly_limit: 0 } },
    { name: "warning_to_no_address", at: "warnings", inputs: { warnings: [{ percent: 80, emails: ["nobody"] }] } },
    { name: "warning_to_nobody", at: "warnings", inputs: { warnings: [{ percent: 80 }] } },
  ],
};

// With --check, nothing is written: for CI, to find modules that somebody forgot to generate again.
const check = process.argv.includes("--check");
const { files, missing, changed, stale } = writeModules("modules", [trailBudgetModule], { check });
const differing = [...missing, ...changed, ...stale];
console.log(`${files} files, ${differing.length} ${check ? "differ" : "written or removed"}`);
process.exitCode = check && differing.length > 0 ? 1 : 0;
