import { mkdirSync, readdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { FILE, putWhereFree, removeBeside, writeBeside } from "../output/whole-file";
import { quoted } from "../values";
import { type ArchivedFiles, unpack } from "./archive";
import type { ArchiveLayout } from "./archive-layout";
import { PublishProblem } from "./problem";
import type { PackedRelease, Published, Target, TargetStep } from "./release";
import type { SemanticVersion } from "./semantic-version";

/** A folder with archives, for a web server, or to be copied elsewhere. */
export class DirectoryTarget implements Target {
  readonly kind = "directory";
  private staged: string | undefined;

  constructor(
    private readonly root: string,
    private readonly layout: ArchiveLayout,
  ) {}

  get place(): string {
    return join(this.root, this.layout.folder);
  }

  callOf(version: string): readonly string[] {
    return [`source = ${quoted(resolve(this.root, this.layout.pathOf(version)))}`];
  }

  async look(): Promise<Published> {
    return { versions: this.layout.versionsIn(this.files()) };
  }

  async read(version: SemanticVersion): Promise<ArchivedFiles> {
    const path = this.pathOf(version);
    return unpack(readFileSync(path), path);
  }

  /** Writes the archive beside its place, whole, also where the machine goes down. */
  write({ version, archive }: PackedRelease): void {
    mkdirSync(this.place, { recursive: true });
    const path = this.pathOf(version);
    // What a run left that was broken off.
    removeBeside(path);
    try {
      this.staged = writeBeside(path, archive, FILE.published);
    } catch (error) {
      throw new PublishProblem(
        `${this.place}: the archive cannot be written: ${(error as Error).message}; nothing was published`,
      );
    }
  }

  /** Of two that publish at once, one is refused. */
  put({ version }: PackedRelease): void {
    const path = this.pathOf(version);
    try {
      putWhereFree(this.staged as string, path);
    } catch (error) {
      const { code, message } = error as NodeJS.ErrnoException;
      throw new PublishProblem(
        code === "EEXIST"
          ? `${path}: was published by somebody else at the same time; that one stays`
          : code === "ENOENT"
            ? `${path}: somebody else is publishing it, too, and took the archive away that was to be put there; run again`
            : `${path}: cannot be put into its place: ${message}`,
      );
    }
  }

  private pathOf({ text }: SemanticVersion): string {
    return join(this.root, this.layout.pathOf(text));
  }

  private files(): readonly string[] {
    try {
      return readdirSync(this.place);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === "ENOENT") {
        return [];
      }
      throw error;
    }
  }
}

/** The steps that publish to a folder. */
export const directorySteps: readonly TargetStep<DirectoryTarget>[] = [
  {
    name: "write the archive beside its place",
    leaves: "The archive is beside its place, under a name that begins with a dot.",
    run: async (target, release) => target.write(release),
  },
  {
    name: "put the archive into its place",
    leaves: "Everybody gets the version.",
    run: async (target, release) => target.put(release),
  },
];
