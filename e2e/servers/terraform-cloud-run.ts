import { execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ownEnvironment } from "../support/processes";

/** A variable of a workspace: of Terraform, or of the environment in which it runs. */
export interface Variable {
  readonly key: string;
  readonly value: string;
  readonly category: "terraform" | "env";
  readonly sensitive?: boolean;
}

export type Phase = "plan" | "apply";

/** @see https://developer.hashicorp.com/terraform/cloud-docs/api-docs/run#run-states */
type Status =
  | "pending"
  | "planning"
  | "planned"
  | "planned_and_finished"
  | "applying"
  | "applied"
  | "discarded"
  | "errored";

const ENDED: readonly Status[] = ["planned_and_finished", "applied", "discarded", "errored"];

/** What whoever asks for a run decides. */
export interface AskedRun {
  readonly configurationVersion: string;
  /** The configuration, as a gzipped tar with its files in the root. */
  readonly archive: Buffer;
  readonly isDestroy: boolean;
  readonly isSpeculative: boolean;
  readonly isAutoApplied: boolean;
}

interface RunOptions extends AskedRun {
  readonly id: string;
  readonly environment: Readonly<Record<string, string>>;
  readonly variables: readonly Variable[];
  /** The state of the workspace, if it has one. */
  readonly state: () => Buffer | undefined;
  /** Takes the state that a run has made. */
  readonly keepState: (state: Buffer) => void;
}

/** A run on the server: the local Terraform, in a folder of its own, on what was uploaded. */
export class Run {
  readonly id: string;
  status: Status = "pending";
  /** Resolves when the run has come to its end. */
  readonly ended: Promise<void>;
  private tellEnd: () => void = () => undefined;
  private readonly folder = mkdtempSync(join(tmpdir(), "audit-trail-run-"));
  private readonly phases = {
    plan: { status: "pending", log: "" },
    apply: { status: "pending", log: "" },
  };
  private hasChanges = false;
  private counts: Readonly<Record<string, number>> = {};

  constructor(private readonly options: RunOptions) {
    this.id = options.id;
    this.ended = new Promise((resolve) => {
      this.tellEnd = resolve;
    });
  }

  get hasEnded(): boolean {
    return ENDED.includes(this.status);
  }

  async plan(): Promise<void> {
    this.status = "planning";
    this.begin("plan");
    execFileSync("tar", ["-xzf", "-", "-C", this.folder], { input: this.options.archive });
    this.overrideCloudBlock();
    const state = this.options.state();
    if (state !== undefined) {
      writeFileSync(this.stateFile, state);
    }
    const initialized = await this.terraform("plan", "init", "-input=false");
    const code =
      initialized === 0
        ? await this.terraform(
            "plan",
            "plan",
            "-input=false",
            "-detailed-exitcode",
            "-out=plan.out",
            ...(this.options.isDestroy ? ["-destroy"] : []),
          )
        : 1;
    this.end("plan", code !== 1);
    if (code === 1) {
      this.finish("errored");
      return;
    }
    this.hasChanges = code === 2;
    this.counts = this.countChanges();
    if (!this.hasChanges || this.options.isSpeculative) {
      this.finish("planned_and_finished");
      return;
    }
    this.status = "planned";
    if (this.options.isAutoApplied) {
      await this.apply();
    }
  }

  async apply(): Promise<void> {
    this.status = "applying";
    this.begin("apply");
    const code = await this.terraform("apply", "apply", "-input=false", "plan.out");
    if (existsSync(this.stateFile)) {
      this.options.keepState(readFileSync(this.stateFile));
    }
    this.end("apply", code === 0);
    this.finish(code === 0 ? "applied" : "errored");
  }

  discard(): void {
    this.finish("discarded");
  }

  log(phase: Phase): Buffer {
    return Buffer.from(this.phases[phase].log);
  }

  describe(workspace: string): object {
    const related = (id: string, type: string): object => ({ data: { id, type } });
    const isPlanned = this.status === "planned";
    return {
      id: this.id,
      type: "runs",
      attributes: {
        status: this.status,
        "is-destroy": this.options.isDestroy,
        "auto-apply": this.options.isAutoApplied,
        "plan-only": this.options.isSpeculative,
        "has-changes": this.hasChanges,
        actions: { "is-confirmable": isPlanned, "is-discardable": isPlanned, "is-cancelable": false },
        permissions: { "can-apply": true, "can-cancel": true, "can-discard": true },
      },
      relationships: {
        workspace: related(workspace, "workspaces"),
        "configuration-version": related(this.options.configurationVersion, "configuration-versions"),
        plan: related(this.id.replace("run", "plan"), "plans"),
        apply: related(this.id.replace("run", "apply"), "applies"),
      },
    };
  }

  describePhase(phase: Phase, log: string): object {
    return {
      id: this.id.replace("run", phase),
      type: phase === "plan" ? "plans" : "applies",
      attributes: {
        status: this.phases[phase].status,
        "has-changes": this.hasChanges,
        "log-read-url": log,
        ...this.counts,
      },
    };
  }

  /** Where Terraform keeps the state of a configuration that says no other place. */
  private get stateFile(): string {
    return join(this.folder, "terraform.tfstate");
  }

  /** An override file takes the place of a `cloud` block. A backend is left, and does what it says. */
  private overrideCloudBlock(): void {
    const namesCloud = readdirSync(this.folder)
      .filter((file) => /\.tf(\.json)?$/.test(file))
      .map((file) => readFileSync(join(this.folder, file), "utf8"))
      .some((text) =>
        text.startsWith("{") ? JSON.parse(text).terraform?.cloud !== undefined : /^\s*cloud\s*\{/m.test(text),
      );
    if (namesCloud) {
      writeFileSync(join(this.folder, "zz_override.tf"), 'terraform {\n  backend "local" {}\n}\n');
    }
  }

  private countChanges(): Readonly<Record<string, number>> {
    const plan = JSON.parse(
      execFileSync("terraform", ["show", "-json", "plan.out"], { cwd: this.folder, maxBuffer: 1 << 28 }).toString(),
    ) as { readonly resource_changes?: readonly { readonly change: { readonly actions: readonly string[] } }[] };
    const count = (action: string): number =>
      (plan.resource_changes ?? []).filter(({ change }) => change.actions.includes(action)).length;
    return {
      "resource-additions": count("create"),
      "resource-changes": count("update"),
      "resource-destructions": count("delete"),
    };
  }

  /** A log begins with STX and ends with ETX: by this a client knows that it has all of it. */
  private begin(phase: Phase): void {
    this.phases[phase] = { status: "running", log: "\x02" };
  }

  private end(phase: Phase, isGood: boolean): void {
    this.phases[phase].log += "\x03";
    this.phases[phase].status = isGood ? "finished" : "errored";
  }

  private finish(status: Status): void {
    rmSync(this.folder, { recursive: true, force: true });
    this.status = status;
    this.tellEnd();
  }

  private async terraform(phase: Phase, ...args: readonly string[]): Promise<number> {
    const { variables, environment } = this.options;
    const child = spawn("terraform", args, {
      cwd: this.folder,
      env: {
        ...ownEnvironment(),
        CHECKPOINT_DISABLE: "1",
        TF_IN_AUTOMATION: "1",
        ...environment,
        ...Object.fromEntries(
          variables.map(({ key, value, category }) => [category === "env" ? key : `TF_VAR_${key}`, value]),
        ),
      },
    });
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding("utf8").on("data", (text: string) => {
        this.phases[phase].log += text;
      });
    }
    const [code] = (await once(child, "close")) as [number | null];
    return code ?? 1;
  }
}
