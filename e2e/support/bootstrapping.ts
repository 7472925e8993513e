import { type ChildProcess, spawn } from "node:child_process";
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { buildSync } from "esbuild";
import { type EndedProcess, ended, onFullDisk, ownEnvironment } from "./processes";
import { tell } from "./progress";

const ROOT = join(__dirname, "../..");

/** A folder with a configuration, in which the command is run by somebody. */
export class Bootstrapping {
  readonly path = mkdtempSync(join(tmpdir(), "audit-trail-state-"));
  readonly folder = join(this.path, ".audit-trail", "state-bucket");
  private readonly broken = join(ROOT, ".build", "e2e", "broken-bootstrap.cjs");

  constructor(
    private readonly reaching: Readonly<Record<string, string>>,
    configuration: string,
  ) {
    writeFileSync(join(this.path, "audit-trail.yaml"), configuration);
    mkdirSync(join(ROOT, ".build", "e2e"), { recursive: true });
    buildSync({
      entryPoints: [join(__dirname, "broken-bootstrap.ts")],
      outfile: this.broken,
      bundle: true,
      platform: "node",
      external: ["@aws-sdk/*", "@cdktf/hcl2json"],
      logLevel: "error",
    });
  }

  /** Runs the command `audit-trail`. */
  command(...args: readonly string[]): Promise<EndedProcess> {
    return this.ended(this.start(join(ROOT, "build/run.cjs"), "cli", ...args));
  }

  /** Runs it where no file can grow beyond some blocks of 512 bytes, as on a disk that becomes full. */
  commandOnFullDisk(blocks: number, ...args: readonly string[]): Promise<EndedProcess> {
    const command = [join(ROOT, "build/run.cjs"), "cli", ...args];
    return this.ended(this.spawn("sh", ...onFullDisk(blocks, process.execPath, command)));
  }

  /** Bootstraps in a process that is killed before a step; with none, to its end. */
  bootstrapUntil(step: string, accountId: string): Promise<EndedProcess> {
    return this.ended(this.begin(step, accountId));
  }

  /** Begins to bootstrap, in a group of processes that can be killed as one: as when the machine goes down. */
  begin(step: string, accountId: string): ChildProcess {
    return this.start(this.broken, "audit-trail.yaml", this.folder, accountId, step);
  }

  ended(child: ChildProcess): Promise<EndedProcess> {
    return ended(child, "bootstrapping");
  }

  /** All files that there are, without those of providers. */
  files(): readonly string[] {
    return readdirSync(this.path, { recursive: true, encoding: "utf8" })
      .filter((file) => !file.includes("providers") && statSync(join(this.path, file)).isFile())
      .sort();
  }

  /** A file of the folder of the stack; undefined where there is none. */
  read(file: string): string | undefined {
    const path = join(this.folder, file);
    return existsSync(path) ? readFileSync(path, "utf8") : undefined;
  }

  write(file: string, content: string): void {
    writeFileSync(join(this.folder, file), content);
  }

  remove(): void {
    rmSync(this.path, { recursive: true, force: true });
  }

  private start(...args: readonly string[]): ChildProcess {
    tell(`bootstrapping: ${args.slice(1).join(" ")}`);
    return this.spawn(process.execPath, ...args);
  }

  private spawn(program: string, ...args: readonly string[]): ChildProcess {
    return spawn(program, args, {
      cwd: this.path,
      env: { ...ownEnvironment(), CHECKPOINT_DISABLE: "1", ...this.reaching },
      stdio: ["ignore", "pipe", "pipe"],
      detached: true,
    });
  }
}
