import { type Command, Option } from "commander";
import { type Format, GENERATED_NOTE, licenseText, moduleFiles } from "../generator";
import { type Difference, difference, type GeneratedFiles, writeGenerated } from "../output/generated-files";
import { publishedModules } from "../published";
import { Exit } from "./exit";

/** `audit-trail generate`: the published Terraform modules, from the constructs. */
export function addGenerate(program: Command): void {
  program
    .command("generate")
    .summary("write the Terraform modules that the constructs stand for")
    .description("Write the Terraform modules that the constructs stand for: HCL or JSON, README, examples and tests.")
    .option("--out <folder>", "where to write", "modules")
    .addOption(new Option("--format <format>", "the syntax of the modules").choices(["hcl", "json"]).default("hcl"))
    .option("--check", "write nothing; fail where what is there differs from what would be written")
    .option("--json", "write the result as JSON, for programs")
    .action(({ out, format, check, json }: { out: string; format: Format; check?: boolean; json?: boolean }) => {
      const files = new Map(
        publishedModules.flatMap((source) =>
          [...moduleFiles(source, format)].map(([path, content]) => [`${source.name}/${path}`, content] as const),
        ),
      );
      const found = check === true ? difference(out, files, isGenerated) : writeGenerated(out, files, isGenerated);
      const differs = found.missing.length + found.changed.length + found.stale.length > 0;
      const ok = check !== true || !differs;
      process.stdout.write(
        json === true
          ? `${JSON.stringify({ ok, out, files: files.size, ...found }, null, 2)}\n`
          : summary(out, files, found, check === true),
      );
      process.exitCode = ok ? Exit.good : Exit.wrong;
    });
}

function isGenerated(content: string): boolean {
  return content.includes(GENERATED_NOTE) || content === licenseText();
}

function summary(out: string, files: GeneratedFiles, found: Difference, checked: boolean): string {
  const lines = [
    ...found.missing.map((path) => `${checked ? "missing" : "new    "}  ${out}/${path}`),
    ...found.changed.map((path) => `changed  ${out}/${path}`),
    ...found.stale.map((path) => `${checked ? "stale  " : "removed"}  ${out}/${path}`),
  ];
  const modules = publishedModules.map(({ name }) => `${out}/${name}`).join(", ");
  const closing =
    lines.length === 0
      ? `${modules}: as generated, ${files.size} files.`
      : checked
        ? "What is there differs from what would be generated: run audit-trail generate."
        : `${modules}: ${files.size} files.`;
  return `${[...lines, closing].join("\n")}\n`;
}
