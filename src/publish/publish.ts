import { createHash } from "node:crypto";
import { type ArchivedFiles, pack } from "./archive";
import { type Comparison, changelogEntry, compareReleases, subjectOf } from "./comparison";
import { type DirectoryTarget, directorySteps } from "./directory";
import { type GitTarget, gitSteps } from "./git";
import { PublishProblem } from "./problem";
import { type RegistryTarget, registrySteps } from "./registry";
import type { PackedRelease, Target, TargetKind, TargetStep } from "./release";
import { type S3Target, s3Steps } from "./s3";
import { compareVersions, isHighEnough, leastVersionAfter, type SemanticVersion } from "./semantic-version";
import { cleanCommit } from "./work-tree";

/** What publishing is done with. */
export interface PublishMeans {
  /** The module, as it is called where it is generated. */
  readonly name: string;
  readonly version: SemanticVersion;
  readonly target: Target;
  /** The folder of what the module is generated from. */
  readonly source: string;
  /** Whether nothing is to be changed. */
  readonly isDryRun: boolean;
  /** Generates the files of the module. */
  generate(): ReadonlyMap<string, string>;
  /** Refuses files that Terraform does not take. */
  validate(files: ReadonlyMap<string, string>): Promise<void>;
  tell(line: string): void;
  /** Called before each step. */
  before?(step: string): void;
}

/** How publishing ended. */
export type PublishEnd = "published" | "nothing to do" | "dry run" | "not pushed";

/** What was published, or would be. */
export interface PublishResult {
  readonly end: PublishEnd;
  readonly release: PackedRelease;
  /** Of the archive. */
  readonly sha256: string;
  /** With the release before; null for the first one, and where there was nothing to do. */
  readonly comparison: Comparison | null;
  /** The steps that were not done, as each would have been told. */
  readonly left: readonly string[];
}

/** One step. It may be begun anew after it was broken off anywhere. */
export interface PublishStep {
  readonly name: string;
  /** What is there once it is done. */
  readonly leaves: string;
  /** Whether it is left to somebody, with what comes after it, where a target publishes by a command. */
  readonly mayBeLeft?: boolean;
  run(run: PublishRun): Promise<void>;
}

/** What is known in the course of one run. */
class PublishRun {
  private commit: string | undefined;
  private files: ReadonlyMap<string, string> = new Map();
  private archive: Buffer = Buffer.alloc(0);
  private versions: readonly SemanticVersion[] = [];
  comparison: Comparison | null = null;
  /** How it ended, where that is before the last step. */
  end: PublishEnd | undefined;

  constructor(readonly means: PublishMeans) {}

  get release(): PackedRelease {
    const { version } = this.means;
    const { files, archive, previous, commit } = this;
    return {
      version,
      files,
      archive,
      previous,
      isLatest: this.versions.every((each) => compareVersions(each, version) <= 0),
      changelog: changelogEntry(version.text, this.comparison),
      commit,
    };
  }

  get sha256(): string {
    return createHash("sha256").update(this.archive).digest("hex");
  }

  /** The highest version below the one that is published: whoever updates comes from there. */
  private get previous(): SemanticVersion | null {
    return (
      this.versions
        .filter((each) => compareVersions(each, this.means.version) < 0)
        .sort(compareVersions)
        .at(-1) ?? null
    );
  }

  async lookAtSource(): Promise<void> {
    this.commit = await cleanCommit(this.means.source);
  }

  async pack(): Promise<void> {
    this.files = this.means.generate();
    this.archive = pack(this.files);
  }

  async look(): Promise<void> {
    const { target, version } = this.means;
    const { versions } = await target.look(version);
    this.versions = versions;
    if (!versions.some((each) => compareVersions(each, version) === 0)) {
      return;
    }
    const difference = differenceOf(this.files, await target.read(version));
    if (difference !== undefined) {
      throw new PublishProblem(
        `${target.place}: the version ${version.text} is published, with other content (${difference}). ` +
          "What is published stays as it is: choose another --version.",
      );
    }
    this.end = "nothing to do";
  }

  async compare(): Promise<void> {
    const { previous, means } = this;
    if (previous !== null) {
      const earlier = { files: await means.target.read(previous), where: `${means.name} ${previous.text}` };
      this.comparison = await compareReleases(earlier, { files: this.files, where: means.name });
      this.refuseLowVersion(previous, this.comparison);
    }
    if (means.isDryRun) {
      this.end = "dry run";
    }
  }

  private refuseLowVersion(previous: SemanticVersion, { severity, findings }: Comparison): void {
    const { version } = this.means;
    if (severity !== null && !isHighEnough(version, previous, severity)) {
      const reasons = findings
        .filter((each) => each.severity === severity)
        .map((each) => `  ${severity}  ${subjectOf(each)} ${each.sentence}`);
      throw new PublishProblem(
        `--version: ${version.text} is too low for what changed since ${previous.text}: at least ` +
          `${leastVersionAfter(previous, severity).text}\n${reasons.join("\n")}`,
      );
    }
  }

  async readBack(): Promise<void> {
    const { target, version } = this.means;
    const difference = differenceOf(this.files, await target.read(version));
    if (difference !== undefined) {
      throw new PublishProblem(
        `${target.place}: ${version.text} is not what was published (${difference}): somebody else may have published it ` +
          "at the same time. Publish the next version.",
      );
    }
  }
}

/** How published files differ from those that are to be there; undefined where they do not. */
function differenceOf(files: ReadonlyMap<string, string>, published: ArchivedFiles): string | undefined {
  for (const [path, content] of files) {
    const found = published.get(path);
    if (found === undefined) {
      return `${path} is missing`;
    }
    if (found.toString() !== content) {
      return `${path} differs`;
    }
  }
  const more = [...published.keys()].find((path) => !files.has(path));
  return more === undefined ? undefined : `${more} is there, too`;
}

const NOTHING = "Nothing was published or written.";

const preparingSteps: readonly PublishStep[] = [
  { name: "look at the source", leaves: NOTHING, run: (run) => run.lookAtSource() },
  { name: "generate the module and pack it", leaves: `${NOTHING} The archive is in memory.`, run: (run) => run.pack() },
  {
    name: "initialize and validate it with Terraform",
    leaves: NOTHING,
    run: (run) => run.means.validate(run.release.files),
  },
  { name: "look at what is published", leaves: NOTHING, run: (run) => run.look() },
  { name: "compare it with the release before", leaves: NOTHING, run: (run) => run.compare() },
];

const lastStep: PublishStep = {
  name: "read the version back and compare",
  leaves: "Everybody gets the version, known to be right.",
  run: (run) => run.readBack(),
};

function stepsTo<T extends Target>(steps: readonly TargetStep<T>[]): readonly PublishStep[] {
  const own = steps.map(({ run, ...step }) => ({
    ...step,
    run: (publishing: PublishRun) => run(publishing.means.target as Target as T, publishing.release),
  }));
  return [...preparingSteps, ...own, lastStep];
}

/**
 * The steps for each kind of place, in their order. A run that was broken off between any two, or within one, is taken up
 * by the next run.
 */
export const publishSteps: Readonly<Record<TargetKind, readonly PublishStep[]>> = {
  registry: stepsTo<RegistryTarget>(registrySteps),
  git: stepsTo<GitTarget>(gitSteps),
  directory: stepsTo<DirectoryTarget>(directorySteps),
  s3: stepsTo<S3Target>(s3Steps),
};

/** The steps that are done for a target. */
function stepsOf({ kind, commandLeft }: Target): readonly PublishStep[] {
  const steps = publishSteps[kind];
  const left = steps.findIndex(({ mayBeLeft = false }) => mayBeLeft);
  return commandLeft === undefined || left < 0 ? steps : steps.slice(0, left);
}

/**
 * Publishes a module. What was published already is not published again.
 *
 * @throws PublishProblem where it cannot go on, or must not: with what to do
 */
export async function publish(means: PublishMeans): Promise<PublishResult> {
  const run = new PublishRun(means);
  const steps = stepsOf(means.target);
  const texts = steps.map(({ name }, index) => `${index + 1}/${steps.length} ${name}`);
  let done = 0;
  for (const step of steps) {
    means.before?.(step.name);
    means.tell(texts[done] as string);
    await step.run(run);
    done++;
    if (run.end !== undefined) {
      break;
    }
  }
  const { release, sha256, comparison } = run;
  const end = run.end ?? (means.target.commandLeft === undefined ? "published" : "not pushed");
  return { end, release, sha256, comparison, left: texts.slice(done) };
}
