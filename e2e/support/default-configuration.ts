import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseDocument } from "yaml";
import type { Workspace } from "../../__tests__/terraform/support/workspace";
import type { AuditTrailProps } from "../../src/audit-trail/audit-trail";
import { auditTrailDefinition } from "../../src/audit-trail/inputs";
import { fromProps } from "../../src/inputs";
import type { Literal } from "../../src/values";

const ROOT = join(__dirname, "../..");

/** The name of the stack in the configuration as it is committed. */
export const STACK = "example";

/** What is chosen for a trail on top of a configuration, by the names that stand there. */
type Chosen = Readonly<Record<string, Literal>>;

/**
 * Writes what Terraform deploys: what the command synthesizes of `audit-trail.yaml` as it is committed, or of the same
 * with something chosen on top.
 */
export function writeDefaultConfiguration(
  workspace: Workspace,
  chosen: Partial<AuditTrailProps> = {},
  ofStack: Chosen = {},
): void {
  const inputs = fromProps(auditTrailDefinition.fields, chosen) as Chosen;
  writeStack(workspace, () => join(ROOT, "audit-trail.yaml"), { ...inputs, ...ofStack });
}

/** The same of the configuration that `audit-trail init --profile cis` writes. */
export function writeCisConfiguration(workspace: Workspace, chosen: Chosen = {}): void {
  const init = (folder: string): string => {
    const path = join(folder, "init.yaml");
    command("init", path, "--profile", "cis");
    return path;
  };
  writeStack(workspace, init, chosen);
}

/** Writes what Terraform deploys of one stack of a configuration. */
export function writeConfiguration(workspace: Workspace, configuration: string, stack: string): void {
  writeSynthesized(workspace, stack, (folder) => {
    const path = join(folder, "audit-trail.yaml");
    writeFileSync(path, configuration);
    return path;
  });
}

function writeStack(workspace: Workspace, configurationIn: (folder: string) => string, chosen: Chosen): void {
  writeSynthesized(workspace, STACK, (folder) => {
    const given = configurationIn(folder);
    const inputs = Object.entries(chosen);
    if (inputs.length === 0) {
      return given;
    }
    const changed = join(folder, "audit-trail.yaml");
    const document = parseDocument(readFileSync(given, "utf8"));
    for (const [name, value] of inputs) {
      document.setIn(["trails", STACK, name], document.createNode(value));
    }
    writeFileSync(changed, document.toString());
    return changed;
  });
}

/** @param configurationIn gives the path of the configuration, which may be written into the folder */
function writeSynthesized(workspace: Workspace, stack: string, configurationIn: (folder: string) => string): void {
  const folder = mkdtempSync(join(tmpdir(), "audit-trail-configuration-"));
  try {
    const out = join(folder, "cdktf.out");
    command("synth", configurationIn(folder), "--out", out);
    workspace.write({ "cdk.tf.json": readFileSync(join(out, "stacks", stack, "cdk.tf.json"), "utf8") });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function command(...args: readonly string[]): void {
  execFileSync(process.execPath, [join(ROOT, "build/run.cjs"), "cli", ...args]);
}
