import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseDocument } from "yaml";
import type { Workspace } from "../../__tests__/terraform/support/workspace";
import type { AuditTrailProps } from "../../src/audit-trail/audit-trail";
import { auditTrailDefinition } from "../../src/audit-trail/inputs";
import { fromProps } from "../../src/inputs";

const ROOT = join(__dirname, "../..");

/** The name of the stack in the configuration as it is committed. */
export const STACK = "example";

/**
 * Writes what Terraform deploys: what the command synthesizes of `audit-trail.yaml` as it is committed, or of the same
 * with something chosen on top.
 */
export function writeDefaultConfiguration(workspace: Workspace, chosen: Partial<AuditTrailProps> = {}): void {
  const folder = mkdtempSync(join(tmpdir(), "audit-trail-configuration-"));
  try {
    const committed = join(ROOT, "audit-trail.yaml");
    const changed = join(folder, "audit-trail.yaml");
    const inputs = Object.entries(fromProps(auditTrailDefinition.fields, chosen));
    const document = parseDocument(readFileSync(committed, "utf8"));
    for (const [name, value] of inputs) {
      document.setIn(["trails", STACK, name], document.createNode(value));
    }
    writeFileSync(changed, document.toString());
    const out = join(folder, "cdktf.out");
    const configuration = inputs.length === 0 ? committed : changed;
    execFileSync(process.execPath, [join(ROOT, "build/run.cjs"), "cli", "synth", configuration, "--out", out]);
    workspace.write({ "cdk.tf.json": readFileSync(join(out, "stacks", STACK, "cdk.tf.json"), "utf8") });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
