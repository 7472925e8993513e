import type { Command } from "commander";
import { type Charge, charges } from "../audit-trail/charges";
import type { ConfiguredTrail } from "../configuration";
import { pathText } from "../inputs";
import { synthesize } from "../stacks";
import { DEFAULT_CONFIGURATION, readConfigurationFile } from "./read-file";
import { counted, jsonText, shellWord } from "./texts";

/** What `check` tells of a trail. */
interface Report {
  readonly name: string;
  readonly account_id: string;
  readonly region: string;
  readonly resources: readonly string[];
  readonly charges: readonly Charge[];
  readonly placeholders: readonly { readonly path: string; readonly value: string; readonly line: number }[];
}

const HELP = `
Reads the configuration alone: asks neither AWS nor Terraform, and needs no
credentials. Where it is wrong, every problem is told at once, as
FILE:LINE:COLUMN: INPUT: RULE; got VALUE

With --json, standard output holds one object:
  right  ok: true, file, trails: each with name, account_id, region,
         resources (their Terraform addresses), charges (item, charged, why)
         and placeholders (path, value, line)
  wrong  ok: false, file, problems: each with file, line, column, path, message`;

/** `audit-trail check`: whether a configuration is right, what it makes, and what of it is charged. */
export function addCheck(program: Command): void {
  program
    .command("check")
    .summary("check a configuration; list what would be made and what is charged")
    .description(
      "Check a configuration. Says what would be made, what AWS charges for, and which values are still those of the template.",
    )
    .argument("[configuration]", "the configuration", DEFAULT_CONFIGURATION)
    .option("--json", "write the result as JSON, for programs")
    .addHelpText("after", HELP)
    .action((file: string, { json }: { json?: boolean }) => {
      const { trails } = readConfigurationFile(file);
      const stacks = synthesize(trails);
      const reports = trails.map((trail) => report(trail, stacks.get(`stacks/${trail.name}/cdk.tf.json`) as string));
      process.stdout.write(json === true ? jsonText({ ok: true, file, trails: reports }) : reportText(file, reports));
    });
}

function report({ name, inputs, placeholders }: ConfiguredTrail, stack: string): Report {
  const { resource } = JSON.parse(stack) as { readonly resource: Record<string, Record<string, unknown>> };
  return {
    name,
    account_id: inputs.accountId as string,
    region: inputs.region as string,
    resources: Object.entries(resource).flatMap(([type, names]) => Object.keys(names).map((each) => `${type}.${each}`)),
    charges: charges(inputs),
    placeholders: placeholders.map(({ path, value, line }) => ({ path: pathText(path), value, line })),
  };
}

function reportText(file: string, reports: readonly Report[]): string {
  const paragraphs = reports.map(({ name, account_id: account, region, resources, charges: charged, placeholders }) =>
    [
      `${name}: ${counted(resources.length, "resource")} in account ${account}, ${region}`,
      ...resources.map((address) => `  ${address}`),
      "",
      "  What AWS charges for:",
      ...charged.map((each) => `    ${each.charged ? "charged" : "free   "}  ${each.item}: ${each.why}`),
      ...(placeholders.length === 0
        ? []
        : [
            "",
            "  Still as in the template, to be replaced:",
            ...placeholders.map((each) => `    ${file}:${each.line}: ${each.path} is ${JSON.stringify(each.value)}`),
          ]),
    ].join("\n"),
  );
  const next = ["npx audit-trail synth", ...namedFile(file)].join(" ");
  return `${paragraphs.join("\n\n")}\n\n${file} is right. Next: ${next}\n`;
}

/** The file as an argument, where it has to be named. */
export function namedFile(file: string): readonly string[] {
  return file === DEFAULT_CONFIGURATION ? [] : [shellWord(file)];
}
