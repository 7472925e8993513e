import { type Framework, frameworks, numbersText } from "../frameworks";
import { type JudgedControl, ofVerdict, type TrailReport } from "../report";
import { type Verdict, verdicts } from "../verdict";
import { countsText, FINDINGS_HEADING, HEADINGS } from "./text";

/** The reports as Markdown. */
export function reportMarkdown(trails: readonly TrailReport[], framework: Framework | undefined): string {
  return `${[`# ${titleOf(framework)}`, ...trails.map(trailMarkdown)].join("\n\n")}\n`;
}

/** What stands over the whole. */
export function titleOf(framework: Framework | undefined): string {
  return `Audit trail: ${framework === undefined ? "CIS AWS Foundations Benchmark and AWS Security Hub" : frameworks[framework]}`;
}

function trailMarkdown(report: TrailReport): string {
  const { name, accountId, region, controls, findings } = report;
  return [
    `## ${markdownText(name)}`,
    `Account ${markdownText(accountId)}, ${markdownText(region)}: ${countsText(report)}.`,
    ...verdicts.flatMap((verdict) => {
      const judged = ofVerdict(controls, verdict);
      return judged.length === 0 ? [] : [`### ${HEADINGS[verdict]}`, controlTable(verdict, judged)];
    }),
    ...(findings.length === 0
      ? []
      : [
          `### ${FINDINGS_HEADING}`,
          markdownTable(
            ["Resource", "Finding", "Rule"],
            findings.map(({ rule, resource, message }) => [resource, message, rule].map(markdownText)),
          ),
        ]),
  ].join("\n\n");
}

/** A column of a table of controls: its head, and what stands in a cell. */
type Column = readonly [head: string, cell: (control: JudgedControl) => string];

/** What there is to tell beside the reason. */
const FURTHER_COLUMNS: Readonly<Record<Verdict, readonly Column[]>> = {
  satisfied: [["By", ({ setting }) => markdownSetting(setting)]],
  "not satisfied": [
    ["Set", ({ setting }) => markdownSetting(setting)],
    ["Cost", ({ cost }) => markdownText(cost)],
  ],
  manual: [["Run", ({ command = "" }) => markdownCode(command)]],
  "not applicable": [],
};

function controlTable(verdict: Verdict, judged: readonly JudgedControl[]): string {
  const columns: readonly Column[] = [
    ["Control", ({ title }) => markdownText(title)],
    ["Numbers", ({ numbers }) => markdownText(numbersText(numbers))],
    ["Why", ({ why }) => markdownText(why)],
    ...FURTHER_COLUMNS[verdict],
  ];
  return markdownTable(
    columns.map(([head]) => head),
    judged.map((control) => columns.map(([, cell]) => cell(control))),
  );
}

/** A table of cells that are Markdown. */
export function markdownTable(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string => `| ${cells.join(" | ")} |`;
  return [line(head), line(head.map(() => "---")), ...rows.map(line)].join("\n");
}

/** A text of somebody's, of which nothing becomes markup. */
export function markdownText(text: string): string {
  return inOneLine(text)
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replace(/[\\`*_[\]|~#!]/g, "\\$&");
}

/** A command or a name, to the letter. */
export function markdownCode(text: string): string {
  const longest = Math.max(0, ...[...text.matchAll(/`+/g)].map(([ticks]) => ticks.length));
  const fence = "`".repeat(longest + 1);
  const margin = longest > 0 ? " " : "";
  return `${fence}${margin}${inOneLine(text).replaceAll("|", "\\|")}${margin}${fence}`;
}

/** A setting, in which what stands in a configuration is in backticks already. */
export function markdownSetting(setting: string): string {
  return setting
    .split("`")
    .map((part, index) => (index % 2 === 1 ? markdownCode(part) : markdownText(part)))
    .join("");
}

function inOneLine(text: string): string {
  return text.replace(/\s+/g, " ");
}
