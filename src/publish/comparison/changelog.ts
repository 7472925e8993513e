import type { Severity } from "../semantic-version";
import type { Comparison } from "./compare";
import type { Finding } from "./finding";

const HEADINGS: Readonly<Record<Severity, string>> = {
  major: "Breaking changes",
  minor: "Changes",
  patch: "Small things",
};

/** What a finding is about: `modules/trail: var.name`; empty where it is about the whole. */
export function subjectOf({ module, path }: Finding): string {
  return module === "" ? path : path === "" ? module : `${module}: ${path}`;
}

/**
 * The entry of a release in a changelog, in Markdown, from what changed since the one before.
 *
 * @param comparison null for the first release
 */
export function changelogEntry(version: string, comparison: Comparison | null): string {
  const sections = (Object.keys(HEADINGS) as Severity[]).flatMap((severity) => {
    const lines = (comparison?.findings ?? []).filter((each) => each.severity === severity).map(line);
    return lines.length === 0 ? [] : [`### ${HEADINGS[severity]}\n\n${lines.join("\n")}\n`];
  });
  const body =
    comparison === null ? ["The first release.\n"] : sections.length === 0 ? ["Nothing changed.\n"] : sections;
  return `## ${version}\n\n${body.join("\n")}`;
}

function line(each: Finding): string {
  const subject = subjectOf(each);
  return `- ${subject === "" ? "" : `\`${subject}\` `}${each.sentence}.${each.remedy === null ? "" : ` ${each.remedy}`}`;
}
