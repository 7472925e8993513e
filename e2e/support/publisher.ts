import { type ChildProcess, spawn } from "node:child_process";
import { copyFileSync, mkdirSync, mkdtempSync, rmSync, symlinkSync } from "node:fs";
import { homedir, tmpdir } from "node:os";
import { join } from "node:path";
import { buildSync } from "esbuild";
import { type EndedProcess, ended, onFullDisk, ownEnvironment } from "./processes";
import { tell } from "./progress";

const ROOT = join(__dirname, "../..");

/** A folder from which somebody publishes, with the command as it is installed: outside of any work tree. */
export class Publisher {
  readonly path = mkdtempSync(join(tmpdir(), "audit-trail-publish-"));
  /** Where the package is installed. */
  readonly programs = join(this.path, "installed");

  /** @param reaching the environment in which the servers of the tests are reached */
  constructor(private readonly reaching: Readonly<Record<string, string>>) {
    mkdirSync(this.programs);
    symlinkSync(join(ROOT, "node_modules"), join(this.programs, "node_modules"));
    for (const file of ["package.json", "LICENSE"]) {
      copyFileSync(join(ROOT, file), join(this.programs, file));
    }
    // The providers of whoever runs the tests, and none of their settings.
    mkdirSync(join(this.path, ".terraform.d"));
    symlinkSync(join(homedir(), ".terraform.d", "plugins"), join(this.path, ".terraform.d", "plugins"));
    buildSync({
      entryPoints: {
        command: join(ROOT, "src/cli/main.ts"),
        broken: join(__dirname, "broken-publish.ts"),
      },
      outdir: this.programs,
      outExtension: { ".js": ".cjs" },
      bundle: true,
      platform: "node",
      external: ["@aws-sdk/*", "@cdktf/hcl2json"],
      logLevel: "error",
    });
  }

  /** Runs `audit-trail publish`. */
  publish(args: readonly string[], environment: Readonly<Record<string, string>> = {}): Promise<EndedProcess> {
    return published(this.begin(args, environment));
  }

  /** Begins to run it. */
  begin(args: readonly string[], environment: Readonly<Record<string, string>> = {}): ChildProcess {
    return this.start("command.cjs", ["publish", ...args], environment);
  }

  /** Runs it where no file can grow beyond 256 KiB, as on a disk that becomes full: every file of the module, and no archive. */
  publishOnFullDisk(args: readonly string[]): Promise<EndedProcess> {
    const program = join(this.programs, "command.cjs");
    return published(this.spawn("sh", onFullDisk(512, process.execPath, [program, "publish", ...args])));
  }

  /** Publishes in a process that is killed before a step. */
  publishUntil(step: string, options: Readonly<Record<string, unknown>>): Promise<EndedProcess> {
    const whole = { module: "terraform-aws-audit-trail", folder: ".audit-trail/publish", ...options };
    return published(this.start("broken.cjs", [JSON.stringify(whole), step], {}));
  }

  remove(): void {
    rmSync(this.path, { recursive: true, force: true });
  }

  private start(program: string, args: readonly string[], environment: Readonly<Record<string, string>>): ChildProcess {
    tell(`publishing: ${args.join(" ")}`);
    return this.spawn(process.execPath, [join(this.programs, program), ...args], environment);
  }

  private spawn(
    program: string,
    args: readonly string[],
    environment: Readonly<Record<string, string>> = {},
  ): ChildProcess {
    return spawn(program, args, {
      cwd: this.path,
      env: {
        ...ownEnvironment(),
        CHECKPOINT_DISABLE: "1",
        HOME: this.path,
        GIT_CONFIG_NOSYSTEM: "1",
        GIT_AUTHOR_NAME: "Ada",
        GIT_AUTHOR_EMAIL: "ada@acme.test",
        GIT_COMMITTER_NAME: "Ada",
        GIT_COMMITTER_EMAIL: "ada@acme.test",
        ...this.reaching,
        ...environment,
      },
      stdio: ["ignore", "pipe", "pipe"],
    });
  }
}

/** Waits until a process that publishes has ended. */
export function published(child: ChildProcess): Promise<EndedProcess> {
  return ended(child, "publishing");
}
