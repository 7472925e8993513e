import { numbersText } from "../frameworks";
import { type JudgedControl, ofVerdict, type TrailReport } from "../report";
import { type Verdict, verdicts } from "../verdict";

/** What stands over the controls with a verdict. */
export const HEADINGS: Readonly<Record<Verdict, string>> = {
  satisfied: "Satisfied",
  "not satisfied": "Not satisfied",
  manual: "Manual: somebody has to look, or to do it",
  "not applicable": "Not applicable",
};

/** What stands over what the rules found. */
export const FINDINGS_HEADING = "What scanners do not look at, and what is wrong with it";

/** The order of a summary: the good first. */
const SUMMARY: readonly Verdict[] = ["satisfied", "not satisfied", "manual", "not applicable"];

/** `20 satisfied, 1 not satisfied, …`, without what there is none of. */
export function countsText({ counts }: TrailReport): string {
  return SUMMARY.filter((verdict) => counts[verdict] > 0)
    .map((verdict) => `${counts[verdict]} ${verdict}`)
    .join(", ");
}

/** What there is to know of a control beside its title: by a word, in the order in which it is told. */
export function detailsOf({
  verdict,
  why,
  command,
  setting,
  cost,
}: JudgedControl): readonly (readonly [string, string])[] {
  return [
    ["why", why],
    ...(verdict === "satisfied" ? ([["by", setting]] as const) : []),
    ...(verdict === "not satisfied"
      ? ([
          ["set", setting],
          ["cost", cost],
        ] as const)
      : []),
    ...(command === undefined ? [] : ([["run", command]] as const)),
  ];
}

/** The reports for people, in a terminal. */
export function reportText(trails: readonly TrailReport[]): string {
  return `${trails.map(trailText).join("\n\n")}\n`.replace(CONTROL_CHARACTERS, " ");
}

/** What a terminal would take for an order. */
const CONTROL_CHARACTERS = /[^\P{Cc}\n]/gu;

function trailText(report: TrailReport): string {
  const { name, accountId, region, controls, findings } = report;
  return [
    `${name}: account ${accountId}, ${region}: ${countsText(report)}`,
    ...verdicts.flatMap((verdict) => {
      const judged = ofVerdict(controls, verdict);
      return judged.length === 0 ? [] : ["", `  ${HEADINGS[verdict]}:`, ...groupsOf(judged).flatMap(groupLines)];
    }),
    ...(findings.length === 0
      ? []
      : [
          "",
          `  ${FINDINGS_HEADING}:`,
          ...findings.map(({ rule, resource, message }) => `    ${resource} ${message} (${rule})`),
        ]),
  ].join("\n");
}

/** Controls that follow each other, and of which there is the same to know. */
function groupsOf(judged: readonly JudgedControl[]): readonly (readonly JudgedControl[])[] {
  const groups: JudgedControl[][] = [];
  for (const control of judged) {
    const [other] = groups.at(-1) ?? [];
    if (other !== undefined && JSON.stringify(detailsOf(other)) === JSON.stringify(detailsOf(control))) {
      groups.at(-1)?.push(control);
    } else {
      groups.push([control]);
    }
  }
  return groups;
}

function groupLines(group: readonly JudgedControl[]): readonly string[] {
  return [
    ...group.map(({ title, numbers }) => `    ${title} [${numbersText(numbers)}]`),
    ...detailsOf(group[0] as JudgedControl).map(
      ([word, text]) => `      ${`${word}:`.padEnd(6)}${text.replaceAll("`", "")}`,
    ),
  ];
}
