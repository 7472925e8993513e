import { existsSync } from "node:fs";
import { join } from "node:path";
import type { Command } from "commander";
import { writeGenerated } from "../output/generated-files";
import { isOfAuditTrail, rivalsOf, synthesize } from "../stacks";
import { namedFile } from "./check";
import { DEFAULT_CONFIGURATION, readConfigurationFile } from "./read-file";
import { counted, jsonText, shellWord } from "./texts";

/** What `synth` tells of a stack. */
interface Synthesized {
  readonly name: string;
  readonly account_id: unknown;
  readonly region: unknown;
  readonly folder: string;
  readonly placeholders: number;
}

const DEFAULT_FOLDER = "cdktf.out";

const HELP = `
Writes OUT/stacks/TRAIL/cdk.tf.json for every trail, and OUT/manifest.json:
what \`cdktf synth\` writes, in a fraction of the time. Touches a file only where
it changes, and none that it did not write. The JSON of a trail that is no
longer in the configuration goes away; what Terraform made of it stays in AWS.

With --json, standard output holds one object:
  right  ok: true, file, written, removed, and stacks: each with name,
         account_id, region, folder and placeholders (their number)
  wrong  ok: false, and file and problems, or message`;

/** `audit-trail synth`: Terraform JSON of every trail of a configuration. */
export function addSynth(program: Command): void {
  program
    .command("synth")
    .summary("write the Terraform JSON of a configuration")
    .description(
      "Write the Terraform JSON of every trail of a configuration, one folder a stack, as cdktf lays them out.",
    )
    .argument("[configuration]", "the configuration", DEFAULT_CONFIGURATION)
    .option("--out <folder>", "where to write", DEFAULT_FOLDER)
    .option("--json", "write the result as JSON, for programs")
    .addHelpText("after", HELP)
    .action((file: string, { out, json }: { out: string; json?: boolean }) => {
      const { trails } = readConfigurationFile(file);
      const found = writeGenerated(out, synthesize(trails), isOfAuditTrail, rivalsOf(trails));
      const written = [...found.missing, ...found.changed];
      const stacks = trails.map(({ name, inputs, placeholders }) => ({
        name,
        account_id: inputs.accountId,
        region: inputs.region,
        folder: join(out, "stacks", name),
        placeholders: placeholders.length,
      }));
      process.stdout.write(
        json === true
          ? jsonText({ ok: true, file, stacks, written, removed: found.stale })
          : summary(file, out, stacks, found.stale),
      );
    });
}

function summary(file: string, out: string, stacks: readonly Synthesized[], removed: readonly string[]): string {
  const open = stacks.reduce((sum, { placeholders }) => sum + placeholders, 0);
  const check = ["npx audit-trail check", ...namedFile(file)].join(" ");
  const isApp = file === DEFAULT_CONFIGURATION && out === DEFAULT_FOLDER && existsSync("cdktf.json");
  const lines = [
    ...stacks.map(
      ({ name, account_id: account, region, folder }) =>
        `${name}: account ${account}, ${region} -> ${join(folder, "cdk.tf.json")}`,
    ),
    ...removed.map((path) => `removed ${join(out, path)}; what Terraform made of it is still there`),
    "",
    ...(open === 0 ? [] : [`${counted(open, "value")} still as in the template; see them with: ${check}`]),
    stacks.length === 1 ? "Next, with credentials for the account:" : "Next, with credentials for each account:",
    ...stacks.flatMap(({ folder }) => [
      `  terraform -chdir=${shellWord(folder)} init`,
      `  terraform -chdir=${shellWord(folder)} apply`,
    ]),
    ...(isApp ? ["or: npx cdktf deploy"] : []),
  ];
  return `${lines.join("\n")}\n`;
}
