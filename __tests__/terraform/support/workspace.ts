import { execFile } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";

/** How a command ended. */
export interface Ended {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** One resource of a plan. */
export interface PlannedResource {
  readonly address: string;
  readonly mode: string;
  readonly type: string;
  readonly name: string;
  readonly change: {
    readonly actions: readonly string[];
    readonly after: Readonly<Record<string, unknown>> | null;
    readonly after_unknown: Readonly<Record<string, unknown>>;
  };
}

/** What `terraform show -json` says of a plan. */
export interface Plan {
  readonly resource_changes?: readonly PlannedResource[];
  readonly output_changes?: Readonly<Record<string, { readonly after?: unknown; readonly after_unknown: unknown }>>;
}

/** A folder in which the real Terraform runs. */
export class Workspace {
  readonly path = mkdtempSync(join(tmpdir(), "audit-trail-terraform-"));

  constructor(private readonly environment: Readonly<Record<string, string>> = {}) {}

  write(files: ReadonlyMap<string, string> | Readonly<Record<string, string>>): void {
    for (const [name, content] of files instanceof Map ? files : Object.entries(files)) {
      const path = join(this.path, name);
      mkdirSync(dirname(path), { recursive: true });
      writeFileSync(path, content);
    }
  }

  copy(from: string, to: string): void {
    cpSync(from, join(this.path, to), { recursive: true });
  }

  /** Runs Terraform; does not throw where it fails. */
  terraform(...args: readonly string[]): Promise<Ended> {
    const { TF_CLI_CONFIG_FILE: _unused, ...inherited } = process.env;
    return new Promise((resolve) => {
      execFile(
        "terraform",
        args,
        {
          cwd: this.path,
          env: { ...inherited, CHECKPOINT_DISABLE: "1", TF_IN_AUTOMATION: "1", ...this.environment },
          maxBuffer: 1 << 30,
        },
        (error, stdout, stderr) => {
          const code = error === null ? 0 : typeof error.code === "number" ? error.code : 1;
          resolve({ code, stdout, stderr });
        },
      );
    });
  }

  /** Runs Terraform; throws what it printed where it fails. */
  async succeed(...args: readonly string[]): Promise<string> {
    const ended = await this.terraform(...args);
    if (ended.code !== 0) {
      throw new Error(`terraform ${args.join(" ")} failed:\n${ended.stdout}\n${ended.stderr}`);
    }
    return ended.stdout;
  }

  async init({ backend = false }: { readonly backend?: boolean } = {}): Promise<void> {
    await this.succeed("init", `-backend=${backend}`, "-input=false", "-no-color");
  }

  async validate(): Promise<void> {
    await this.succeed("validate", "-no-color");
  }

  async plan(): Promise<Plan> {
    await this.succeed("plan", "-input=false", "-no-color", "-lock=false", "-out=plan");
    return JSON.parse(await this.succeed("show", "-json", "plan")) as Plan;
  }

  remove(): void {
    rmSync(this.path, { recursive: true, force: true });
  }
}
