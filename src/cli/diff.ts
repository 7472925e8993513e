import { type Command, InvalidArgumentError, Option } from "commander";
import {
  type Comparison,
  changelogEntry,
  compareReleases,
  PublishProblem,
  parseVersion,
  type Release,
  readRelease,
  SEVERITIES,
  type Severity,
  subjectOf,
  VERSION_RULE,
} from "../publish";
import { Exit, named } from "./exit";
import { jsonText } from "./texts";

const HELP = `
Each release is a folder, or a .tar.gz with the module in its root. Compares the
inputs, outputs, addresses of resources, arguments that force replacement, and
the versions of Terraform and of providers, also of each nested module.

What changed has a severity: major where a caller has to do something, or may
lose something; minor where there is something new; patch for the rest. The
gravest one is the least by which the version has to grow. What is computed from
inputs is compared by how it is written: where that differs, the value may.

Ends with 0 once they are compared; with 1 where --fail-on is met, or one is no
module; with 2 where one is not there, or cannot be read.

With --json, standard output holds one object: ok, old, new, severity (null
where nothing changed), and findings: each with severity, module, path,
sentence and remedy`;

interface Options {
  readonly failOn?: Severity;
  readonly changelog?: string;
  readonly json?: boolean;
}

/** `audit-trail diff`: what changed between two releases of a module, for who calls it. */
export function addDiff(program: Command): void {
  program
    .command("diff")
    .summary("tell what changed between two releases of a module")
    .description("Tell what changed between two releases of a module, and what callers have to do.")
    .argument("<old>", "the earlier release")
    .argument("<new>", "the later release")
    .addOption(
      new Option("--fail-on <severity>", "end with 1 where something is at least so grave").choices(SEVERITIES),
    )
    .addOption(
      new Option("--changelog <version>", "print the entry of that version for a changelog, in Markdown")
        .argParser(checkedVersion)
        .conflicts("json"),
    )
    .option("--json", "write the result as JSON, for programs")
    .addHelpText("after", HELP)
    .action(run);
}

async function run(earlier: string, later: string, { failOn, changelog, json }: Options): Promise<void> {
  const comparison = await compareReleases(releaseAt(earlier), releaseAt(later));
  const { severity, findings } = comparison;
  const fails = failOn !== undefined && severity !== null && SEVERITIES.indexOf(severity) <= SEVERITIES.indexOf(failOn);
  process.stdout.write(
    json === true
      ? jsonText({ ok: !fails, old: earlier, new: later, severity, findings })
      : changelog !== undefined
        ? changelogEntry(changelog, comparison)
        : comparisonText(comparison),
  );
  process.exitCode = fails ? Exit.wrong : Exit.good;
}

function checkedVersion(text: string): string {
  if (parseVersion(text) === undefined) {
    throw new InvalidArgumentError(`It ${VERSION_RULE}.`);
  }
  return text;
}

function releaseAt(path: string): Release {
  return named(PublishProblem, () => readRelease(path));
}

/** What changed, for people. */
export function comparisonText({ findings, severity }: Comparison): string {
  if (severity === null) {
    return "Nothing changed.\n";
  }
  const lines = findings.flatMap((each) => {
    const subject = subjectOf(each);
    return [
      `${each.severity}  ${subject === "" ? "" : `${subject} `}${each.sentence}.`,
      ...(each.remedy === null ? [] : [`       ${each.remedy}`]),
    ];
  });
  const counts = SEVERITIES.map((each) => `${findings.filter((found) => found.severity === each).length} ${each}`);
  return `${lines.join("\n")}\n${counts.join(", ")}: the next version has to be a ${severity} one at least.\n`;
}
