/**
 * Constraints on versions, as Terraform has them: `>= 5.100.0, < 7.0.0`. The ranges of npm, which libraries know, have
 * no `!=`, and another `~>`.
 *
 * @see https://developer.hashicorp.com/terraform/language/expressions/version-constraints
 */

type Numbers = readonly [number, number, number];

/** The versions that a constraint lets through: from one on, and below another one, but for some. */
interface Range {
  readonly from: Numbers;
  readonly to: Numbers;
  readonly except: readonly Numbers[];
}

const FIRST: Numbers = [0, 0, 0];
const NEVER: Numbers = [Number.POSITIVE_INFINITY, 0, 0];

/**
 * Whether a constraint lets through every version that another one lets through; undefined where that cannot be told.
 *
 * @param later null where there is no constraint
 */
export function isAsWide(later: string | null, earlier: string | null): boolean | undefined {
  const [wide, narrow] = [rangeOf(later), rangeOf(earlier)];
  if (wide === undefined || narrow === undefined) {
    return undefined;
  }
  const isLet = (version: Numbers): boolean =>
    compare(version, narrow.from) >= 0 &&
    compare(version, narrow.to) < 0 &&
    narrow.except.every((each) => compare(each, version) !== 0);
  return (
    compare(wide.from, narrow.from) <= 0 && compare(wide.to, narrow.to) >= 0 && !wide.except.some((each) => isLet(each))
  );
}

function compare(one: Numbers, other: Numbers): number {
  const index = one.findIndex((each, at) => each !== other[at]);
  return index < 0 ? 0 : (one[index] as number) < (other[index] as number) ? -1 : 1;
}

function rangeOf(constraint: string | null): Range | undefined {
  let range: Range = { from: FIRST, to: NEVER, except: [] };
  for (const part of (constraint ?? "").split(",").filter((each) => each.trim() !== "")) {
    const [, operator = "=", version = ""] =
      /^\s*(>=|<=|!=|~>|>|<|=)?\s*v?([0-9]+(?:\.[0-9]+){0,2})\s*$/.exec(part) ?? [];
    if (version === "") {
      return undefined;
    }
    range = narrowed(range, operator, version.split(".").map(Number));
  }
  return range;
}

function narrowed(range: Range, operator: string, given: readonly number[]): Range {
  const [major = 0, minor = 0, patch = 0] = given;
  const version: Numbers = [major, minor, patch];
  const next: Numbers = [major, minor, patch + 1];
  const from = (least: Numbers): Range => ({ ...range, from: compare(least, range.from) > 0 ? least : range.from });
  const to = (end: Numbers): Range => ({ ...range, to: compare(end, range.to) < 0 ? end : range.to });
  switch (operator) {
    case ">=":
      return from(version);
    case ">":
      return from(next);
    case "<":
      return to(version);
    case "<=":
      return to(next);
    case "!=":
      return { ...range, except: [...range.except, version] };
    case "~>":
      // The last number that is given may grow, and none before it.
      return given.length === 1
        ? from(version)
        : { ...from(version), to: to(given.length === 2 ? [major + 1, 0, 0] : [major, minor + 1, 0]).to };
    default:
      return { ...from(version), to: to(next).to };
  }
}
