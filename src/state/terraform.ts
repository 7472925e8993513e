import { spawn } from "node:child_process";
import { closeSync, existsSync, openSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { StateProblem } from "./problem";

/** Settings of Terraform that would have it do something else than it is told. */
const MISLEADING = /^TF_(WORKSPACE|DATA_DIR|CLI_ARGS.*)$/;

const LOG = "terraform.log";

/** How much of what Terraform said is shown where it fails. */
const SHOWN_LINES = 60;

/** Terraform, in a folder. Never by way of a shell. */
export class Terraform {
  constructor(
    readonly folder: string,
    private readonly program = "terraform",
  ) {}

  /** Where what it says is kept. */
  get log(): string {
    return join(this.folder, LOG);
  }

  /**
   * Runs Terraform. It writes into a file, so that it comes to its end also where this process is killed: into a pipe
   * that nobody reads it could not write.
   *
   * @param accepted the codes with which it may end
   * @returns the code with which it ended
   * @throws StateProblem with what it said
   */
  async run(args: readonly string[], accepted: readonly number[] = [0]): Promise<number> {
    const log = openSync(this.log, "a", 0o600);
    const before = statSync(this.log).size;
    let code: number;
    try {
      code = await this.ended(args, log).code;
    } finally {
      closeSync(log);
    }
    if (!accepted.includes(code)) {
      const said = readFileSync(this.log).subarray(before).toString("utf8").trimEnd().split("\n");
      throw new StateProblem(`terraform ${args[0]} failed, see ${this.log}:\n${said.slice(-SHOWN_LINES).join("\n")}`);
    }
    return code;
  }

  /** Runs Terraform for what it prints, which changes nothing. */
  async read(args: readonly string[]): Promise<string> {
    const { code, output } = this.ended(args, "pipe");
    const [ended, [stdout, stderr]] = await Promise.all([code, output]);
    if (ended !== 0) {
      throw new StateProblem(`terraform ${args[0]} failed:\n${stderr.trimEnd()}`);
    }
    return stdout;
  }

  private ended(
    args: readonly string[],
    output: number | "pipe",
  ): { readonly code: Promise<number>; readonly output: Promise<readonly [string, string]> } {
    const environment = Object.entries(process.env).filter(([name]) => !MISLEADING.test(name));
    const child = spawn(this.program, args, {
      // What changes nothing may run before there is a folder.
      cwd: existsSync(this.folder) ? this.folder : ".",
      env: { ...Object.fromEntries(environment), TF_IN_AUTOMATION: "1", TF_INPUT: "0" },
      stdio: ["ignore", output, output],
    });
    const code = new Promise<number>((resolve, reject) => {
      child.on("error", (error: NodeJS.ErrnoException) =>
        reject(
          error.code === "ENOENT"
            ? new StateProblem(`${this.program} is not on the PATH; install Terraform 1.10 or later`)
            : error,
        ),
      );
      child.on("close", (ended) => resolve(ended ?? 1));
    });
    const texts = [child.stdout, child.stderr].map(async (stream) => {
      let text = "";
      for await (const chunk of stream?.setEncoding("utf8") ?? []) {
        text += chunk;
      }
      return text;
    });
    return { code, output: Promise.all(texts) as Promise<unknown> as Promise<readonly [string, string]> };
  }
}

/** The version of Terraform that is installed. */
export async function terraformVersion(terraform: Terraform): Promise<string> {
  const { terraform_version: version } = JSON.parse(await terraform.read(["version", "-json"])) as {
    readonly terraform_version: string;
  };
  return version;
}

/** Whether a version of Terraform knows the lock file in S3. */
export function knowsLockFile(version: string): boolean {
  const [major = 0, minor = 0] = version.split(".").map(Number);
  return major > 1 || (major === 1 && minor >= 10);
}
