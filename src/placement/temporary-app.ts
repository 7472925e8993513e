import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { App } from "cdktf";

/** By which the command cdktf tells an app what to write. They would change what is made here, too. */
const SETTINGS_OF_CDKTF = ["CDKTF_CONTEXT_JSON", "SYNTH_HCL_OUTPUT", "CDKTF_TARGET_STACK_ID"];

/**
 * Builds something in an app of its own, whose output folder is gone afterwards. cdktf makes a folder as soon as there is
 * an app, also where nothing is to be written.
 */
export function inTemporaryApp<T>(build: (app: App, outdir: string) => T): T {
  const outdir = mkdtempSync(join(tmpdir(), "audit-trail-"));
  const settings = SETTINGS_OF_CDKTF.map((name) => [name, process.env[name]] as const);
  try {
    for (const [name] of settings) {
      delete process.env[name];
    }
    return build(new App({ outdir, stackTraces: false }), outdir);
  } finally {
    for (const [name, value] of settings) {
      if (value !== undefined) {
        process.env[name] = value;
      }
    }
    rmSync(outdir, { recursive: true, force: true });
  }
}
