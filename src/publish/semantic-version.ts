/**
 * A version of a module.
 *
 * @see https://semver.org
 */
export interface SemanticVersion {
  readonly major: number;
  readonly minor: number;
  readonly patch: number;
  /** What stands behind a hyphen, at its dots; empty for a release. */
  readonly prerelease: readonly string[];
  /** As it is written. */
  readonly text: string;
}

const NUMBER = "(?:0|[1-9][0-9]{0,14})";
const PRERELEASE = "(?:0|[1-9][0-9]*|[0-9]*[A-Za-z-][0-9A-Za-z-]*)";
const VERSION = new RegExp(`^(${NUMBER})\\.(${NUMBER})\\.(${NUMBER})(?:-(${PRERELEASE}(?:\\.${PRERELEASE})*))?$`);

/** Reads a version; undefined where it is none. Build metadata is none of a module: registries do not tell it apart. */
export function parseVersion(text: string): SemanticVersion | undefined {
  const [, major, minor, patch, prerelease] = VERSION.exec(text) ?? [];
  return major === undefined
    ? undefined
    : {
        major: Number(major),
        minor: Number(minor),
        patch: Number(patch),
        prerelease: prerelease?.split(".") ?? [],
        text,
      };
}

/** Below zero where the first is the older one, as semver orders them. */
export function compareVersions(first: SemanticVersion, second: SemanticVersion): number {
  return (
    first.major - second.major ||
    first.minor - second.minor ||
    first.patch - second.patch ||
    comparePrereleases(first.prerelease, second.prerelease)
  );
}

function comparePrereleases(first: readonly string[], second: readonly string[]): number {
  if (first.length === 0 || second.length === 0) {
    // A release comes after what was tried before it.
    return second.length - first.length;
  }
  for (const [index, one] of first.entries()) {
    const other = second[index];
    if (other === undefined) {
      return 1;
    }
    const order = compareIdentifiers(one, other);
    if (order !== 0) {
      return order;
    }
  }
  return first.length - second.length;
}

function compareIdentifiers(one: string, other: string): number {
  const numeric = [one, other].map((each) => /^[0-9]+$/.test(each));
  if (numeric[0] && numeric[1]) {
    return Number(one) - Number(other);
  }
  if (numeric[0] || numeric[1]) {
    return numeric[0] ? -1 : 1;
  }
  return one === other ? 0 : one < other ? -1 : 1;
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
  return compareVersions({ ...version, prerelease: [] }, least) >= 0 && compareVersions(version, previous) > 0;
}
