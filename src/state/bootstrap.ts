import { existsSync, mkdirSync, readFileSync, renameSync, rmSync } from "node:fs";
import { join } from "node:path";
import { isDeepStrictEqual } from "node:util";
import { COMMAND_NAME } from "../output/command-name";
import { shellWord } from "../output/shell-word";
import { removeBeside, writeWhole } from "../output/whole-file";
import { type State, stateBucketStackJson } from "../stacks";
import type { BucketReader, Presence } from "./bucket-reader";
import { StateProblem } from "./problem";
import { follows, hasBucket, parseState, readStateFile, type StateFile } from "./state-file";
import { bucketInputs, type StateBucketTarget } from "./target";
import { knowsLockFile, type Terraform, terraformVersion } from "./terraform";

/** The files in the folder of the bucket's stack. */
const FILES = {
  stack: "cdk.tf.json",
  /** Where Terraform keeps the state until the bucket can. */
  state: "terraform.tfstate",
  backup: "terraform.tfstate.backup",
  /** The state as it was before it was moved. */
  aside: "terraform.tfstate.aside",
  plan: "plan",
  /** Says that the bucket was not there when Terraform was about to make it. */
  making: "making.json",
  /** A state that Terraform could not write to its end, when it made the bucket. */
  unreadable: "terraform.tfstate.unreadable",
  /** Where Terraform puts a state that it can write nowhere else. */
  errored: "errored.tfstate",
} as const;

const BUCKET_ADDRESS = "aws_s3_bucket.state_bucket";

/** What bootstrapping is done with. */
export interface BootstrapMeans {
  readonly target: StateBucketTarget;
  readonly accountId: string;
  readonly terraform: Terraform;
  readonly bucket: Pick<BucketReader, "presence" | "object">;
  /** Asks whether what the plan says may be made. */
  approve(plan: PlannedChanges): Promise<boolean>;
  tell(line: string): void;
  /** Called before each step. */
  before?(step: string): void;
}

/** What a plan would change. */
export interface PlannedChanges {
  readonly addresses: readonly string[];
}

/** How bootstrapping ended. */
export type BootstrapEnd = "made" | "nothing to do" | "declined";

/** One step. It may be begun anew after it was broken off anywhere. */
export interface BootstrapStep {
  readonly name: string;
  /** What is on this machine and in the account once it is done. */
  readonly leaves: string;
  /** What there may be beside that of the step before where it fails. */
  readonly leavesWhereItFails?: string;
  /** Whether an earlier run has done it. Where that is not said, it is done again, which changes nothing. */
  isDone?(run: BootstrapRun): boolean;
  run(run: BootstrapRun): Promise<void>;
}

/** What is known in the course of one run. */
class BootstrapRun {
  presence: Presence = "absent";
  /** The state that lies in the bucket. */
  remote: StateFile | undefined;
  /** How it ended, where that is before the last step. */
  end: BootstrapEnd | undefined;
  private changes = false;

  constructor(readonly means: BootstrapMeans) {}

  path(file: keyof typeof FILES): string {
    return join(this.means.terraform.folder, FILES[file]);
  }

  get key(): string {
    return `${this.means.target.state.settings.key}`;
  }

  /** Where the state is, once it is in the bucket. */
  get place(): string {
    return `s3://${this.means.target.bucket}/${this.key}`;
  }

  /** The state on this machine: the copy where there is one, as Terraform empties the other when it moves it. */
  get local(): StateFile | undefined {
    return readStateFile(this.path("aside")) ?? readStateFile(this.path("state"));
  }

  /**
   * Whether the bucket is made and the state about to be moved, or already moved: from there on, nothing of before is
   * done again. A bucket that went away meanwhile is made again.
   */
  get isMoving(): boolean {
    return (
      this.remote !== undefined ||
      (this.presence === "there" && existsSync(this.path("aside")) && this.backend === this.means.target.state.backend)
    );
  }

  private get backend(): string | undefined {
    const stack = existsSync(this.path("stack")) ? readFileSync(this.path("stack"), "utf8") : "{}";
    const { terraform } = JSON.parse(stack) as { readonly terraform?: { readonly backend?: object } };
    return Object.keys(terraform?.backend ?? {})[0];
  }

  /** Puts the state where Terraform looks for it in a file, where a move has emptied that. */
  private restoreState(): void {
    const aside = readStateFile(this.path("aside"));
    if (aside !== undefined && readStateFile(this.path("state"))?.lineage !== aside.lineage) {
      writeWhole(this.path("state"), aside.text);
    }
  }

  async look(): Promise<void> {
    const { terraform, target, bucket } = this.means;
    const version = await terraformVersion(terraform);
    if (target.usesLockFile && !knowsLockFile(version)) {
      throw new StateProblem(`Terraform ${version} has no lock file in S3: install 1.10 or later`);
    }
    this.presence = await bucket.presence();
    if (this.presence === "closed") {
      throw new StateProblem(
        `the bucket ${target.bucket} is there, and not in the account ${this.means.accountId}, or closed to these ` +
          "credentials: names of buckets are unique in the world; nothing was changed",
      );
    }
    if (this.presence === "there") {
      const text = await bucket.object(this.key);
      this.remote = text === undefined ? undefined : parseState(text, this.place);
    }
    this.setAsideUnreadable();
    this.compare();
  }

  /**
   * Terraform may have written half a state when it made the bucket and the disk was full. What is in it is in the
   * account, and is taken up from there. Any other state that cannot be read is left where it is.
   */
  private setAsideUnreadable(): void {
    if (!this.wasMaking() || existsSync(this.path("aside"))) {
      return;
    }
    try {
      readStateFile(this.path("state"));
    } catch {
      renameSync(this.path("state"), this.path("unreadable"));
      this.means.tell(`going on: half a state was written; it is now ${this.path("unreadable")}`);
    }
  }

  /** What is there already, and what that means. */
  private compare(): void {
    const { target, tell, terraform } = this.means;
    const { local, remote } = this;
    if (remote !== undefined) {
      if (local === undefined) {
        if (!hasBucket(remote, target.bucket)) {
          throw this.isOfSomebodyElse(`its state ${this.key} does not have it`);
        }
        // Who looks at it next does so with Terraform, maybe on another machine than that which made it.
        this.writeStack(target.state);
        this.end = "nothing to do";
      } else if (remote.lineage !== local.lineage && !isDeepStrictEqual(remote.resources, local.resources)) {
        throw new StateProblem(
          `${this.place} is another state than that in ${terraform.folder} (lineage ${remote.lineage}, and ` +
            `${local.lineage}); nothing was changed. Find out which is the one of the bucket; move the other away.`,
        );
      } else {
        tell(`going on: the state is in the bucket, and still in ${terraform.folder}, too`);
      }
    } else if (hasBucket(local, target.bucket)) {
      tell(`going on: the state is in ${terraform.folder}`);
    } else if (this.presence === "there") {
      if (!this.wasMaking()) {
        throw this.isOfSomebodyElse("no state has it");
      }
      tell("going on: the bucket was made, and not yet written down in the state");
    }
  }

  private isOfSomebodyElse(reason: string): StateProblem {
    return new StateProblem(
      `the bucket ${this.means.target.bucket} is there already, and ${reason}: somebody else made it. Nothing was ` +
        `changed. Whether it is fit to keep states: ${COMMAND_NAME} state check`,
    );
  }

  /** Whether an earlier run was about to make this very bucket, which then was not there. */
  private wasMaking(): boolean {
    const written = existsSync(this.path("making")) ? readFileSync(this.path("making"), "utf8") : "null";
    return written === this.making;
  }

  private get making(): string {
    const { target, accountId } = this.means;
    return `${JSON.stringify({ bucket: target.bucket, account_id: accountId, region: target.region })}\n`;
  }

  private writeStack(state: State): void {
    const { target, accountId, terraform } = this.means;
    mkdirSync(terraform.folder, { recursive: true });
    // For this machine alone: no version control should take it.
    writeWhole(join(terraform.folder, ".gitignore"), "*\n");
    writeWhole(
      this.path("stack"),
      stateBucketStackJson({ inputs: bucketInputs(target, accountId), state, provider: target.provider }),
    );
  }

  async writeWithFile(): Promise<void> {
    this.restoreState();
    this.writeStack({ backend: "local", settings: { path: FILES.state } });
  }

  async initialize(): Promise<void> {
    await this.means.terraform.run(["init", "-input=false", "-no-color", "-reconfigure"]);
  }

  async plan(): Promise<void> {
    const { terraform, target } = this.means;
    if (this.presence === "there" && !hasBucket(this.local, target.bucket)) {
      await terraform.run(["import", "-input=false", "-no-color", BUCKET_ADDRESS, target.bucket]);
    }
    const planned = await terraform.run(
      ["plan", "-input=false", "-no-color", "-detailed-exitcode", `-out=${FILES.plan}`],
      [0, 2],
    );
    this.changes = planned === 2;
    if (this.changes && !(await this.means.approve(await this.plannedChanges()))) {
      rmSync(this.path("plan"), { force: true });
      this.end = "declined";
    }
  }

  private async plannedChanges(): Promise<PlannedChanges> {
    type Change = { readonly address: string; readonly change: { readonly actions: readonly string[] } };
    const { resource_changes: all = [] } = JSON.parse(
      await this.means.terraform.read(["show", "-json", FILES.plan]),
    ) as { readonly resource_changes?: readonly Change[] };
    return {
      addresses: all.filter(({ change }) => change.actions.join() !== "no-op").map(({ address }) => address),
    };
  }

  async make(): Promise<void> {
    if (this.changes) {
      // Were Terraform killed before it wrote down that the bucket is made, the bucket would be somebody else's.
      writeWhole(this.path("making"), this.making);
      await this.means.terraform.run(["apply", "-input=false", "-no-color", FILES.plan]);
    }
    rmSync(this.path("plan"), { force: true });
  }

  async copyAside(): Promise<void> {
    const state = readStateFile(this.path("state"));
    if (state === undefined || !hasBucket(state, this.means.target.bucket)) {
      throw new StateProblem(`${this.path("state")}: does not have the bucket; run again`);
    }
    writeWhole(this.path("aside"), state.text);
  }

  async writeWithBucket(): Promise<void> {
    this.writeStack(this.means.target.state);
  }

  async move(): Promise<void> {
    const { terraform } = this.means;
    if (this.remote !== undefined) {
      // Terraform would take a state beside the stack for one that is to be moved, over the one in the bucket.
      writeWhole(this.path("aside"), (this.local as StateFile).text);
      rmSync(this.path("state"), { force: true });
      await terraform.run(["init", "-input=false", "-no-color", "-reconfigure"]);
      return;
    }
    this.restoreState();
    await terraform.run(["init", "-input=false", "-no-color", "-migrate-state", "-force-copy"]);
  }

  /** Terraform gives a state a new lineage when it moves it to where there is none: nothing would show that it is the same. */
  async restoreLineage(): Promise<void> {
    const { lineage } = this.local as StateFile;
    if ((await this.pulled()).lineage !== lineage) {
      await this.means.terraform.run([
        "state",
        "push",
        "-force",
        existsSync(this.path("aside")) ? FILES.aside : FILES.state,
      ]);
    }
  }

  private async pulled(): Promise<StateFile> {
    return parseState(await this.means.terraform.read(["state", "pull"]), this.place);
  }

  async readBack(): Promise<void> {
    const aside = this.local as StateFile;
    const pulled = await this.pulled();
    if (!follows(pulled, aside)) {
      throw new StateProblem(
        `${this.place} is not the state that was moved there: lineage ${pulled.lineage}, serial ${pulled.serial}, and ` +
          `before ${aside.lineage}, ${aside.serial}. The state of before is in ${this.path("aside")}.`,
      );
    }
  }

  async removeLocal(): Promise<void> {
    // The copy last: as long as there is anything else, there is the copy.
    for (const file of ["making", "plan", "backup", "unreadable", "errored", "state", "aside"] as const) {
      removeBeside(this.path(file));
      rmSync(this.path(file), { force: true });
    }
  }
}

const STATE_IN_FILE = `\`${FILES.state}\` in the folder has the state.`;
const TWO_COPIES = `\`${FILES.state}\` and \`${FILES.aside}\` in the folder have the state.`;

/**
 * The steps, in their order. A run that was broken off between any two, or within one, is taken up by the next run: each
 * step looks whether it was done.
 */
export const bootstrapSteps: readonly BootstrapStep[] = [
  {
    name: "look at the bucket and its state",
    leaves: "Nothing was written, nothing made.",
    run: (run) => run.look(),
  },
  {
    name: "write the stack, with its state in a file",
    leaves: `\`${FILES.stack}\` in the folder. Nothing was made.`,
    isDone: (run) => run.isMoving,
    run: (run) => run.writeWithFile(),
  },
  {
    name: "initialize Terraform",
    leaves: "The provider in the folder. Nothing was made.",
    isDone: (run) => run.isMoving,
    run: (run) => run.initialize(),
  },
  {
    name: "plan the bucket",
    leaves: `\`${FILES.plan}\` in the folder. Nothing was made.`,
    isDone: (run) => run.isMoving,
    run: (run) => run.plan(),
  },
  {
    name: "make the bucket",
    leaves: `The bucket is there. ${STATE_IN_FILE}`,
    leavesWhereItFails: "The bucket may be made, in part.",
    isDone: (run) => run.isMoving,
    run: (run) => run.make(),
  },
  {
    name: "copy the state aside",
    leaves: `The bucket is there. ${TWO_COPIES}`,
    isDone: (run) => run.isMoving,
    run: (run) => run.copyAside(),
  },
  {
    name: "write the stack, with its state in the bucket",
    leaves: `The bucket is there, empty. ${TWO_COPIES}`,
    run: (run) => run.writeWithBucket(),
  },
  {
    name: "move the state into the bucket",
    leaves: `The bucket has the state, with another lineage, and \`${FILES.aside}\` in the folder has it as it was.`,
    run: (run) => run.move(),
  },
  {
    name: "give the state its lineage back",
    leaves: `The bucket has the state as it was, and so has \`${FILES.aside}\` in the folder.`,
    run: (run) => run.restoreLineage(),
  },
  {
    name: "read the state back and compare",
    leaves: `The bucket has the state, known to be right, and so has \`${FILES.aside}\` in the folder.`,
    run: (run) => run.readBack(),
  },
  {
    name: "remove the state from this machine",
    leaves: "The bucket has the state. In the folder is nothing that is not written again.",
    run: (run) => run.removeLocal(),
  },
];

/**
 * Makes the bucket that keeps the states, and moves its own state into it. What was done already is not done again.
 *
 * @throws StateProblem where it cannot go on: with what is there, and what to do
 */
export async function bootstrap(means: BootstrapMeans): Promise<BootstrapEnd> {
  const { folder } = means.terraform;
  const run = new BootstrapRun(means);
  for (const [index, step] of bootstrapSteps.entries()) {
    means.before?.(step.name);
    const isDone = step.isDone?.(run) ?? false;
    means.tell(`${index + 1}/${bootstrapSteps.length} ${step.name}${isDone ? ": done before" : ""}`);
    if (isDone) {
      continue;
    }
    try {
      await step.run(run);
    } catch (error) {
      throw withWhatIsThere(error, folder, step, bootstrapSteps[index - 1]);
    }
    if (run.end !== undefined) {
      return run.end;
    }
  }
  return "made";
}

function withWhatIsThere(
  error: unknown,
  folder: string,
  step: BootstrapStep,
  last: BootstrapStep | undefined,
): unknown {
  if (last === undefined) {
    return error;
  }
  const message = error instanceof StateProblem ? error.message : fileProblem(error);
  if (message === undefined) {
    return error;
  }
  const lock = /Error acquiring the state lock[\s\S]*?\bID: +(\S+)/.exec(message)?.[1];
  const unlock =
    lock === undefined
      ? ""
      : `\n\nSomebody else holds the lock, or was broken off. In that case: terraform -chdir=${shellWord(folder)} force-unlock ${shellWord(lock)}`;
  const whatIsThere = [`Nothing is lost. After the step before: ${last.leaves}`, step.leavesWhereItFails ?? ""];
  return new StateProblem(
    `${message}${unlock}\n\n${whatIsThere.join(" ").trim()}\nThe folder is ${folder}. Keep it, mend the cause, and run ` +
      "the same command again: it goes on from there.",
  );
}

/** Where a file cannot be written, as the disk is full: which, and why. */
function fileProblem(error: unknown): string | undefined {
  const { code, message, syscall } = error as NodeJS.ErrnoException;
  return syscall === undefined || code === undefined ? undefined : message;
}
