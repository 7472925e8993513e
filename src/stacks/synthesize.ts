import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { App } from "cdktf";
import { AuditTrailStack, type AuditTrailStackProps } from "./audit-trail-stack";
import { stackFile } from "./stack-files";

/** What is needed of a trail to make its stack. */
export interface NamedStack extends AuditTrailStackProps {
  readonly name: string;
}

/** Adds the stacks of a configuration to an app. */
export function addStacks(app: App, trails: readonly NamedStack[]): void {
  for (const trail of trails) {
    new AuditTrailStack(app, trail.name, trail);
  }
}

/** By which the command cdktf tells an app what to write. They would change what is written here, too. */
const SETTINGS_OF_CDKTF = ["CDKTF_CONTEXT_JSON", "SYNTH_HCL_OUTPUT", "CDKTF_TARGET_STACK_ID"];

/** The Terraform JSON of every stack, and the manifest, as cdktf lays them out below `cdktf.out`. */
export function synthesize(trails: readonly NamedStack[]): ReadonlyMap<string, string> {
  const folder = mkdtempSync(join(tmpdir(), "audit-trail-"));
  const settings = SETTINGS_OF_CDKTF.map((name) => [name, process.env[name]] as const);
  try {
    for (const [name] of settings) {
      delete process.env[name];
    }
    const app = new App({ outdir: folder, stackTraces: false });
    addStacks(app, trails);
    app.synth();
    const paths = [...trails.map(({ name }) => stackFile(name)), "manifest.json"];
    return new Map(paths.map((path) => [path, readFileSync(join(folder, path), "utf8")]));
  } finally {
    for (const [name, value] of settings) {
      if (value !== undefined) {
        process.env[name] = value;
      }
    }
    rmSync(folder, { recursive: true, force: true });
  }
}
