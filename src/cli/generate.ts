import { type Command, Option } from "commander";
import { writeModules } from "../authoring";
import type { Format } from "../generator";
import { COMMAND_NAME } from "../output/command-name";
import type { Difference } from "../output/generated-files";
import { shellWord } from "../output/shell-word";
import { publishedModules } from "../published";
import { Exit } from "./exit";
import { counted, jsonText } from "./texts";

const DEFAULT_FOLDER = "modules";

const HELP = `
Each module gets a folder of its own below OUT. Touches a file only where it
changes, and none that was not generated. In CI, --check fails where somebody
changed a generated file, or a component without generating again.

With --json, standard output holds one object: ok, out, files (their number),
missing, changed, stale.`;

interface Options {
  readonly out: string;
  readonly format: Format;
  readonly check?: boolean;
  readonly json?: boolean;
  readonly preventDestroy?: boolean;
  readonly regionArgument?: boolean;
}

/** `audit-trail generate`: the published Terraform modules, from the constructs. */
export function addGenerate(program: Command): void {
  program
    .command("generate")
    .summary("write the Terraform modules that the constructs stand for")
    .description("Write the Terraform modules that the constructs stand for: HCL or JSON, README, examples and tests.")
    .option("--out <folder>", "where to write", DEFAULT_FOLDER)
    .addOption(new Option("--format <format>", "the syntax of the modules").choices(["hcl", "json"]).default("hcl"))
    .option("--prevent-destroy", "refuse to destroy buckets with logs and the key that encrypts them")
    .option("--region-argument", "say the region of every resource; needs AWS provider 6")
    .option("--check", "write nothing; fail where what is there differs from what would be written")
    .option("--json", "write the result as JSON, for programs")
    .addHelpText("after", HELP)
    .action(({ out, format, check, json, preventDestroy = false, regionArgument = false }: Options) => {
      const structure = { preventDestroy, regionArgument };
      const sources = publishedModules.map((source) => ({ ...source, structure }));
      const { files, ...found } = writeModules(out, sources, { format, check: check === true });
      const differs = found.missing.length + found.changed.length + found.stale.length > 0;
      const ok = check !== true || !differs;
      process.stdout.write(
        json === true
          ? jsonText({ ok, out, files, ...found })
          : summary({ out, format, preventDestroy, regionArgument }, files, found, check === true),
      );
      process.exitCode = ok ? Exit.good : Exit.wrong;
    });
}

function summary(
  { out, format, preventDestroy, regionArgument }: Options,
  files: number,
  found: Difference,
  checked: boolean,
): string {
  const lines = [
    ...found.missing.map((path) => `${checked ? "missing" : "new    "}  ${out}/${path}`),
    ...found.changed.map((path) => `changed  ${out}/${path}`),
    ...found.stale.map((path) => `${checked ? "stale  " : "removed"}  ${out}/${path}`),
  ];
  const modules = publishedModules.map(({ name }) => `${out}/${name}`).join(", ");
  const again = [
    `${COMMAND_NAME} generate`,
    ...(out === DEFAULT_FOLDER ? [] : ["--out", shellWord(out)]),
    ...(format === "hcl" ? [] : ["--format", format]),
    ...(preventDestroy === true ? ["--prevent-destroy"] : []),
    ...(regionArgument === true ? ["--region-argument"] : []),
  ].join(" ");
  const closing =
    lines.length === 0
      ? `${modules}: as generated, ${counted(files, "file")}.`
      : checked
        ? `What is there differs from what would be generated. To write it: ${again}`
        : `${modules}: ${counted(files, "file")}.`;
  return `${[...lines, closing].join("\n")}\n`;
}
