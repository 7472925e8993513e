import { existsSync, mkdirSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { writeWhole } from "../output/whole-file";
import type { ArchivedFiles } from "./archive";
import { PublishProblem } from "./problem";
import type { RegistryClient, RegistryVersion } from "./registry-client";
import type { ModuleName, PackedRelease, Published, Target, TargetStep } from "./release";
import { parseVersion, type SemanticVersion } from "./semantic-version";

/** Between two looks whether the registry has taken an archive in. Unit: milliseconds. */
const PAUSE = 500;

/** How often it is looked: for about five minutes. */
const MOST_LOOKS = 600;

const HAS_FAILED = /failed$/;

/** Where and what is published. */
export interface RegistryOptions {
  readonly host: string;
  readonly organization: string;
  readonly module: ModuleName;
  /** Where it is written down what is being published from here. */
  readonly folder: string;
  /** Whether an unfinished version of somebody else's is made anew. */
  readonly takesOver: boolean;
}

/** The private registry of HCP Terraform or Terraform Enterprise. */
export class RegistryTarget implements Target {
  readonly kind = "registry";
  /** The version that is there and not finished, from a run that was broken off, or from somebody else's. */
  private unfinished: RegistryVersion | undefined;
  private uploadUrl: URL | undefined;

  constructor(
    private readonly client: RegistryClient,
    private readonly options: RegistryOptions,
  ) {}

  get place(): string {
    const { host, organization, module } = this.options;
    return `${host}/${organization}/${module.name}/${module.provider}`;
  }

  callOf(version: string): readonly string[] {
    return [`source  = "${this.place}"`, `version = "${version}"`];
  }

  async look(version: SemanticVersion): Promise<Published> {
    await this.client.checkOrganization();
    const all = (await this.client.versions()) ?? [];
    this.unfinished = all.find((each) => each.version === version.text && each.status !== "ok");
    if (this.unfinished === undefined && all.some((each) => each.version === version.text)) {
      this.forget(version);
    }
    if (this.unfinished !== undefined && !this.mayTakeOver(version, this.unfinished)) {
      throw new PublishProblem(
        `${this.place}: the version ${version.text} is there, and not finished (${this.unfinished.status}): somebody else ` +
          "is publishing it, or was broken off. Nobody gets it until it is finished. Where you are sure that nobody is: " +
          "publish again with --take-over",
      );
    }
    return {
      versions: all.filter(({ status }) => status === "ok").flatMap((each) => parseVersion(each.version) ?? []),
    };
  }

  read(version: SemanticVersion): Promise<ArchivedFiles> {
    return this.client.files(version.text);
  }

  /** Makes the version anew where an earlier run has left one: only the answer to that run said where its archive goes. */
  async makeVersion({ version, commit }: PackedRelease): Promise<void> {
    if (this.unfinished !== undefined) {
      await this.client.removeVersion(version.text);
      await this.client.makeModule();
    }
    this.remember(version);
    this.uploadUrl = await this.client.makeVersion(version.text, commit);
    if (this.uploadUrl === undefined) {
      // Here is written down that it is ours.
      await this.client.removeVersion(version.text);
      await this.client.makeModule();
      this.uploadUrl = await this.client.makeVersion(version.text, commit);
    }
    if (this.uploadUrl === undefined) {
      throw new PublishProblem(`${this.place}: the answer of the registry was lost twice; run again`);
    }
  }

  async makeModule(): Promise<void> {
    if ((await this.client.versions()) === undefined) {
      await this.client.makeModule();
    }
  }

  async upload({ version, archive }: PackedRelease): Promise<void> {
    await this.client.upload(this.uploadUrl as URL, archive, async () => {
      const found = await this.versionNow(version);
      return found !== undefined && found.status !== "pending";
    });
  }

  async waitUntilTaken({ version }: PackedRelease): Promise<void> {
    for (let looks = 0; looks < MOST_LOOKS; looks++) {
      const { status = "gone", error = "" } = (await this.versionNow(version)) ?? {};
      if (status === "ok") {
        this.forget(version);
        return;
      }
      if (status === "gone" || HAS_FAILED.test(status)) {
        throw new PublishProblem(
          `${this.place}: the registry did not take ${version.text} in: ${status}${error === "" ? "" : `, ${error}`}; run again`,
        );
      }
      await wait(PAUSE);
    }
    throw new PublishProblem(`${this.place}: the registry has not yet taken ${version.text} in; look again later`);
  }

  private async versionNow(version: SemanticVersion): Promise<RegistryVersion | undefined> {
    return (await this.client.versions())?.find((each) => each.version === version.text);
  }

  private mayTakeOver(version: SemanticVersion, { status }: RegistryVersion): boolean {
    return this.options.takesOver || HAS_FAILED.test(status) || this.isRemembered(version);
  }

  /** The file that says that a version is being published from here, by which process. */
  private noteOf(version: SemanticVersion): string {
    const place = this.place.replace(/[^A-Za-z0-9.-]/g, "_");
    return join(this.options.folder, `${place}_${version.text}.json`);
  }

  private remember(version: SemanticVersion): void {
    mkdirSync(this.options.folder, { recursive: true });
    // For this machine alone: no version control should take it.
    writeWhole(join(this.options.folder, ".gitignore"), "*\n");
    writeWhole(this.noteOf(version), `${JSON.stringify({ process: process.pid })}\n`);
  }

  private forget(version: SemanticVersion): void {
    rmSync(this.noteOf(version), { force: true });
  }

  /** Whether an earlier run from here was publishing the version, and is not at it any more. */
  private isRemembered(version: SemanticVersion): boolean {
    const note = this.noteOf(version);
    if (!existsSync(note)) {
      return false;
    }
    const { process: id } = Object(JSON.parse(readFileSync(note, "utf8"))) as { readonly process?: unknown };
    return typeof id !== "number" || id === process.pid || !isRunning(id);
  }
}

function isRunning(id: number): boolean {
  try {
    process.kill(id, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}

/** The steps that publish to a registry. */
export const registrySteps: readonly TargetStep<RegistryTarget>[] = [
  {
    name: "make the module in the registry",
    leaves: "The module is in the registry, maybe without any version.",
    run: (target) => target.makeModule(),
  },
  {
    name: "make the version",
    leaves: "The version is in the registry, pending: nobody gets it. A note in the folder says that it is ours.",
    run: (target, release) => target.makeVersion(release),
  },
  {
    name: "upload the archive",
    leaves: "The registry has the archive, and takes it in. The note is in the folder.",
    run: (target, release) => target.upload(release),
  },
  {
    name: "wait until the registry has taken it in",
    leaves: "Everybody gets the version. The folder has no note any more.",
    run: (target, release) => target.waitUntilTaken(release),
  },
];
