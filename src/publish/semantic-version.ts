import { compare, parse } from "semver";

/**
 * A version of a module.
 *
 * @see https://semver.org
 */
export interface SemanticVersion {
  readonly major: number;
  readonly minor: number;
  readonly patch: number;
  /** As it is written. */
  readonly text: string;
}

/** What a version must be, for messages. */
export const VERSION_RULE = "must be a semantic version such as 1.2.3 or 1.2.3-rc.1, without v before it";

/** Reads a version; undefined where it is none. Build metadata is none of a module: registries do not tell it apart. */
export function parseVersion(text: string): SemanticVersion | undefined {
  const read = parse(text);
  // What is read is without build metadata, a "v" before it and spaces around it.
  return read?.version === text ? { major: read.major, minor: read.minor, patch: read.patch, text } : undefined;
}

/** Below zero where the first is the older one, as semver orders them. */
export function compareVersions(first: SemanticVersion, second: SemanticVersion): number {
  return compare(first.text, second.text);
}

/** How much a version number has to grow. */
export type Severity = "major" | "minor" | "patch";

/** From the gravest to the least. */
export const SEVERITIES: readonly Severity[] = ["major", "minor", "patch"];

/**
 * The least version that may follow another one after a change. Before 1.0.0, where nothing is promised, the second
 * number stands for the first, and the third for the second.
 */
export function leastVersionAfter({ major, minor, patch }: SemanticVersion, severity: Severity): SemanticVersion {
  const grows: Severity = major > 0 || severity === "patch" ? severity : severity === "major" ? "minor" : "patch";
  const text = {
    major: `${major + 1}.0.0`,
    minor: `${major}.${minor + 1}.0`,
    patch: `${major}.${minor}.${patch + 1}`,
  }[grows];
  return parseVersion(text) as SemanticVersion;
}

/** Whether a version may follow another one after a change. What is tried before a release counts as that release. */
export function isHighEnough(version: SemanticVersion, previous: SemanticVersion, severity: Severity): boolean {
  const least = leastVersionAfter(previous, severity);
  return (
    compareVersions(version, previous) > 0 &&
    compare(`${version.major}.${version.minor}.${version.patch}`, least.text) >= 0
  );
}
