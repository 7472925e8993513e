import type { ArchivedFiles } from "./archive";
import type { SemanticVersion } from "./semantic-version";

/** The name of a module in registries: `terraform-aws-audit-trail` is `audit-trail`, of the provider `aws`. */
export interface ModuleName {
  readonly name: string;
  readonly provider: string;
}

/** A release that is ready to be published. */
export interface PackedRelease {
  readonly version: SemanticVersion;
  readonly files: ReadonlyMap<string, string>;
  /** The same, as a gzipped tar. */
  readonly archive: Buffer;
  /** The release before it, by the number; null for the first one. */
  readonly previous: SemanticVersion | null;
  /** Whether it is the one with the highest number. */
  readonly isLatest: boolean;
  /** What changed since the previous one, in Markdown. */
  readonly changelog: string;
  /** The commit that it is generated from, where there is one. */
  readonly commit: string | undefined;
}

/** What is published somewhere already. */
export interface Published {
  /** The versions that everybody gets. */
  readonly versions: readonly SemanticVersion[];
}

/** The kinds of place to which a module can be published. */
export const TARGET_KINDS = ["registry", "git", "directory", "s3"] as const;

export type TargetKind = (typeof TARGET_KINDS)[number];

/** A place to which a module is published. */
export interface Target {
  readonly kind: TargetKind;
  /** What it is called in messages. */
  readonly place: string;
  /**
   * The words of the command with which somebody publishes what the steps have made ready; undefined where the steps
   * publish it.
   */
  readonly commandLeft?: ((release: PackedRelease) => readonly string[]) | undefined;
  /** What callers write to get a version: the lines of a module block, without indentation. */
  callOf(version: string): readonly string[];
  /** Asks what is published already. */
  look(version: SemanticVersion): Promise<Published>;
  /** Reads a version that is published. */
  read(version: SemanticVersion): Promise<ArchivedFiles>;
}

/** One step of publishing to one kind of place. It may be begun anew after it was broken off anywhere. */
export interface TargetStep<T> {
  readonly name: string;
  /** What is there once it is done. */
  readonly leaves: string;
  /** Whether it is what the target may leave to a command: then neither it nor what comes after it is done. */
  readonly mayBeLeft?: boolean;
  run(target: T, release: PackedRelease): Promise<void>;
}
