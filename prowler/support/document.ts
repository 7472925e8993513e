import { markdownCode, markdownSetting, markdownTable, markdownText } from "../../src/compliance/formats/markdown";
import { numbersText } from "../../src/compliance/frameworks";
import type { Exception } from "../exceptions";
import type { Check } from "./checks";
import { ELSEWHERE, exceptionOf, NOTHING, type Outcome } from "./judgement";

/** What is told of one run. */
export interface Run {
  readonly versions: Readonly<Record<string, string>>;
  /** How many seconds each part took, by what it did. */
  readonly seconds: Readonly<Record<string, number>>;
  readonly checks: readonly Check[];
  readonly outcomes: readonly Outcome[];
}

/** How an outcome is told. */
const WORDS: Readonly<Record<Outcome["result"], string>> = {
  PASS: "passed",
  FAIL: "failed",
  MANUAL: "manual",
  MUTED: "muted",
  SILENT: "silent",
};

/** From how many resources on they are counted in place of being named. */
const MANY = 4;

/** The page about one run. */
export function prowlerDocument(
  { versions, seconds, checks, outcomes }: Run,
  exceptions: readonly Exception[],
): string {
  const ofTrails = checks.filter(({ isOfTrails }) => isOfTrails);
  const others = checks.filter(({ isOfTrails }) => !isOfTrails);
  const of = (some: readonly Check[]): readonly Outcome[] =>
    outcomes.filter(({ check }) => some.some(({ name }) => name === check));
  return `${[
    "<!-- Written by npm run e2e:prowler. Do not edit. -->",
    "# What Prowler says",
    "The profile `cis`, as `audit-trail init --profile cis` writes it, was applied with the real Terraform to an empty\n" +
      "emulator of AWS, and Prowler looked at the account. The numbers are those of the CIS AWS Foundations Benchmark, as\n" +
      "Prowler has them. A result stands for one check and one resource; a check that found nothing to look at is silent.",
    markdownTable(
      ["", ""],
      [
        ...Object.entries(versions).map(([name, version]) => [name, version]),
        ...Object.entries(seconds).map(([what, count]) => [what, `${Math.round(count)} s`]),
        ["CIS logging and monitoring", countsText(ofTrails, of(ofTrails))],
        ["Other checks", countsText(others, of(others))],
      ],
    ),
    "`npm run e2e:prowler` does it again, and fails where anything but what is told here does not pass, or where what is\n" +
      "excepted passes. The reasons are those of `prowler/exceptions.ts`. Of CIS logging and monitoring, no check passes in the\n" +
      "empty account. What a reason says that a setting mends is tried, too.",
    "## CIS logging and monitoring",
    outcomeTable(ofTrails, outcomes, exceptions),
    "## Other checks of the services that are used",
    outcomeTable(others, outcomes, exceptions),
  ].join("\n\n")}\n`;
}

function countsText(checks: readonly Check[], outcomes: readonly Outcome[]): string {
  const counts = (Object.keys(WORDS) as Outcome["result"][]).flatMap((result) => {
    const count = outcomes.filter((outcome) => outcome.result === result).length;
    return count === 0 ? [] : [`${count} ${WORDS[result]}`];
  });
  return `${checks.length} checks: ${counts.join(", ")}`;
}

/** A row for what each check passes, and for each reason why it does not. */
function outcomeTable(
  checks: readonly Check[],
  outcomes: readonly Outcome[],
  exceptions: readonly Exception[],
): string {
  return markdownTable(
    ["Check", "Numbers", "Result", "Resource", "Reason"],
    checks.flatMap(({ name, numbers }) => {
      const rows = new Map<string, Outcome[]>();
      for (const outcome of outcomes.filter(({ check }) => check === name)) {
        const reason = outcome.result === "PASS" ? "" : (exceptionOf(outcome, exceptions)?.reason ?? "");
        const key = JSON.stringify([WORDS[outcome.result], reason]);
        rows.set(key, [...(rows.get(key) ?? []), outcome]);
      }
      return [...rows].map(([key, having]) => {
        const [word, reason] = JSON.parse(key) as [string, string];
        return [
          markdownCode(name),
          markdownText(numbersText(numbers)),
          word,
          having.length < MANY
            ? having.map(({ resource }) => resourceText(resource)).join(", ")
            : `${having.length} resources`,
          markdownSetting(reason),
        ];
      });
    }),
  );
}

function resourceText(resource: string): string {
  return resource === ELSEWHERE || resource === NOTHING ? resource : markdownCode(resource);
}
