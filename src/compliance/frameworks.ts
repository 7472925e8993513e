import type { CisVersion } from "../components/alarms/catalogue";

/** What auditors go by. */
export const frameworks = {
  "cis-7.0": "CIS AWS Foundations Benchmark 7.0",
  "cis-6.0": "CIS AWS Foundations Benchmark 6.0",
  "cis-5.0": "CIS AWS Foundations Benchmark 5.0",
  "cis-3.0": "CIS AWS Foundations Benchmark 3.0",
  "cis-1.4": "CIS AWS Foundations Benchmark 1.4",
  fsbp: "AWS Security Hub",
} as const satisfies Readonly<Record<`cis-${CisVersion}` | "fsbp", string>>;

/** A framework, by its short name. */
export type Framework = keyof typeof frameworks;

/**
 * The numbers of a control, by framework. One that is in a framework without a number here has an empty list: no number
 * stands in this project that was not read in a source.
 */
export type Numbers = Readonly<Partial<Record<Framework, readonly string[]>>>;

/**
 * The numbers of a control of CIS in the order of its versions: 1.4, 3.0, 5.0, and one for 6.0 and 7.0, which have the same.
 * Null where a version does not have it.
 */
export function inCis(
  ...[in14, in30, in50, since60]: readonly [string | null, string | null, string | null, string | null]
): Numbers {
  return withoutMissing({ "cis-1.4": in14, "cis-3.0": in30, "cis-5.0": in50, "cis-6.0": since60, "cis-7.0": since60 });
}

/** The numbers of a control by version of CIS and in Security Hub. */
export function numbersOf(cis: Partial<Record<CisVersion, string>> = {}, securityHub?: string): Numbers {
  return {
    ...withoutMissing(Object.fromEntries(Object.entries(cis).map(([version, number]) => [`cis-${version}`, number]))),
    ...inSecurityHub(...(securityHub === undefined ? [] : [securityHub])),
  };
}

/** The ids of a control in Security Hub. */
export function inSecurityHub(...ids: readonly string[]): Numbers {
  return ids.length === 0 ? {} : { fsbp: ids };
}

function withoutMissing(numbers: Readonly<Record<string, string | null>>): Numbers {
  return Object.fromEntries(
    Object.entries(numbers).flatMap(([framework, number]) => (number === null ? [] : [[framework, [number]]])),
  );
}

/** The versions of CIS, the oldest first. */
const CIS_VERSIONS = (Object.keys(frameworks) as Framework[]).filter((framework) => framework !== "fsbp").reverse();

/** The numbers of a control in a few words: `CIS 3.1 (1.4, 3.0, 5.0), 4.1 (6.0, 7.0); Security Hub CloudTrail.1`. */
export function numbersText(numbers: Numbers): string {
  const versions = new Map<string | undefined, string[]>();
  for (const framework of CIS_VERSIONS.filter((version) => numbers[version] !== undefined)) {
    const number = numbers[framework]?.[0];
    versions.set(number, [...(versions.get(number) ?? []), framework.replace("cis-", "")]);
  }
  const ofCis = [...versions].map(([number, having]) =>
    number === undefined ? "(number not listed)" : `${number} (${having.join(", ")})`,
  );
  return [
    ...(ofCis.length === 0 ? [] : [`CIS ${ofCis.join(", ")}`]),
    ...(numbers.fsbp === undefined ? [] : [`Security Hub ${numbers.fsbp.join(", ")}`]),
  ].join("; ");
}
