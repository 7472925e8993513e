import { join } from "node:path";
import type { Command } from "commander";
import { writeGenerated } from "../output/generated-files";
import { synthesize } from "../stacks";
import { DEFAULT_CONFIGURATION, readConfigurationFile } from "./read-file";

/** `audit-trail synth`: Terraform JSON of every trail of a configuration. */
export function addSynth(program: Command): void {
  program
    .command("synth")
    .summary("write the Terraform JSON of a configuration")
    .description(
      "Write the Terraform JSON of every trail of a configuration, one folder a stack, as cdktf lays them out.",
    )
    .argument("[configuration]", "the configuration", DEFAULT_CONFIGURATION)
    .option("--out <folder>", "where to write", "cdktf.out")
    .option("--json", "write the result as JSON, for programs")
    .action((file: string, { out, json }: { out: string; json?: boolean }) => {
      const { trails } = readConfigurationFile(file);
      const files = synthesize(trails);
      const { missing, changed, stale } = writeGenerated(out, files, isSynthesized);
      const stacks = trails.map(({ name, inputs, placeholders }) => ({
        name,
        account_id: inputs.accountId,
        region: inputs.region,
        folder: join(out, "stacks", name),
        placeholders: placeholders.length,
      }));
      if (json === true) {
        process.stdout.write(
          `${JSON.stringify({ ok: true, file, stacks, written: [...missing, ...changed], removed: stale }, null, 2)}\n`,
        );
        return;
      }
      const [first] = stacks;
      const open = stacks.reduce((sum, { placeholders }) => sum + placeholders, 0);
      process.stdout.write(
        [
          ...stacks.map(
            ({ name, account_id: account, region, folder }) =>
              `${name}: account ${account}, ${region} -> ${join(folder, "cdk.tf.json")}`,
          ),
          "",
          ...(open === 0
            ? []
            : [`${open} values are still those of the template; see them with: npx audit-trail check`]),
          "Next: npx cdktf deploy, or Terraform itself:",
          `  terraform -chdir=${first?.folder} init`,
          `  terraform -chdir=${first?.folder} apply`,
          "",
        ].join("\n"),
      );
    });
}

/** Whether cdktf or this command wrote a file, so that it may be replaced. */
function isSynthesized(content: string): boolean {
  try {
    const parsed = JSON.parse(content) as { "//"?: { metadata?: { stackName?: unknown } }; stacks?: unknown };
    return parsed["//"]?.metadata?.stackName !== undefined || parsed.stacks !== undefined;
  } catch {
    return false;
  }
}
