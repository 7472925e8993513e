import type { Command } from "commander";
import { charges } from "../audit-trail/charges";
import type { ConfiguredTrail } from "../configuration";
import { pathText } from "../inputs";
import { synthesize } from "../stacks";
import { DEFAULT_CONFIGURATION, readConfigurationFile } from "./read-file";

/** What `check` tells of a trail. */
interface Report {
  readonly name: string;
  readonly resources: readonly string[];
  readonly charges: ReturnType<typeof charges>;
  readonly placeholders: readonly { readonly path: string; readonly value: string; readonly line?: number }[];
}

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
    .action((file: string, { json }: { json?: boolean }) => {
      const { trails } = readConfigurationFile(file);
      const stacks = synthesize(trails);
      const reports = trails.map((trail) => report(trail, stacks.get(`stacks/${trail.name}/cdk.tf.json`) as string));
      process.stdout.write(
        json === true ? `${JSON.stringify({ ok: true, file, trails: reports }, null, 2)}\n` : reportText(file, reports),
      );
    });
}

function report(trail: ConfiguredTrail, stack: string): Report {
  const { resource } = JSON.parse(stack) as { readonly resource: Record<string, Record<string, unknown>> };
  return {
    name: trail.name,
    resources: Object.entries(resource).flatMap(([type, names]) => Object.keys(names).map((name) => `${type}.${name}`)),
    charges: charges(trail.inputs),
    placeholders: trail.placeholders.map(({ path, value, line }) => ({
      path: pathText(path),
      value,
      ...(line === undefined ? {} : { line }),
    })),
  };
}

function reportText(file: string, reports: readonly Report[]): string {
  const paragraphs = reports.map(({ name, resources, charges: charged, placeholders }) =>
    [
      `${name}: ${resources.length} resources`,
      ...resources.map((address) => `  ${address}`),
      "",
      "  What AWS charges for:",
      ...charged.map((each) => `    ${each.charged ? "charged" : "free   "}  ${each.item}: ${each.why}`),
      ...(placeholders.length === 0
        ? []
        : [
            "",
            "  Still as in the template, to be replaced:",
            ...placeholders.map(
              (each) => `    ${file}:${each.line ?? 1}: ${each.path} is ${JSON.stringify(each.value)}`,
            ),
          ]),
    ].join("\n"),
  );
  return `${paragraphs.join("\n\n")}\n\n${file} is right.\n`;
}
