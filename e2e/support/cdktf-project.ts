import { execFile } from "node:child_process";
import { cpSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Ended } from "../../__tests__/terraform/support/workspace";
import { tell } from "./progress";

const ROOT = join(__dirname, "../..");

/** The project as somebody has cloned and installed it, in which the cdktf command runs without a terminal. */
export class CdktfProject {
  private readonly folder = mkdtempSync(join(tmpdir(), "audit-trail-cdktf-command-"));

  /**
   * @param reaching the environment in which Terraform reaches an account
   * @param configuration the configuration in the place of the one that is committed
   */
  constructor(
    private readonly reaching: Readonly<Record<string, string>>,
    configuration?: string,
  ) {
    for (const path of ["cdktf.json", "audit-trail.yaml"]) {
      cpSync(join(ROOT, path), join(this.folder, path));
    }
    for (const path of ["build", "node_modules"]) {
      symlinkSync(join(ROOT, path), join(this.folder, path));
    }
    if (configuration !== undefined) {
      writeFileSync(join(this.folder, "audit-trail.yaml"), configuration);
    }
  }

  /** Runs it and returns what it printed, without the colours that it always prints. */
  async cdktf(...args: readonly string[]): Promise<Ended> {
    tell(`cdktf ${args.join(" ")}`);
    const ended = await new Promise<Ended>((resolve) => {
      const child = execFile(
        process.execPath,
        [join(ROOT, "node_modules/.bin/cdktf"), ...args],
        {
          cwd: this.folder,
          env: {
            ...process.env,
            ...this.reaching,
            CHECKPOINT_DISABLE: "1",
            // Without the registry, providers can be installed from a mirror but not locked for other platforms.
            CDKTF_SKIP_PROVIDER_LOCK: "true",
          },
          maxBuffer: 1 << 26,
        },
        (error, stdout, stderr) => {
          const code = error === null ? 0 : typeof error.code === "number" ? error.code : 1;
          // biome-ignore lint/suspicious/noControlCharactersInRegex: colours and movements of the cursor
          resolve({ code, stdout: stdout.replace(/\x1b\[[0-9;]*[A-Za-z]/g, ""), stderr });
        },
      );
      child.stdin?.end();
    });
    tell(`… ended with code ${ended.code}${ended.code === 0 ? "" : `:\n${ended.stdout}\n${ended.stderr}`}`);
    return ended;
  }

  remove(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }
}
