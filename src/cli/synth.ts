import { existsSync } from "node:fs";
import { join } from "node:path";
import { type Command, Option } from "commander";
import type { ConfiguredTrail } from "../configuration";
import { COMMAND_NAME } from "../output/command-name";
import { writeGenerated } from "../output/generated-files";
import { shellWord } from "../output/shell-word";
import {
  isOfAuditTrail,
  isOfRemoteRun,
  OUTPUT_FOLDER,
  remoteRunFiles,
  rivalsOf,
  stackFolder,
  synthesize,
} from "../stacks";
import { namedFile } from "./check";
import { DEFAULT_CONFIGURATION, readConfigurationFile } from "./read-file";
import { counted, jsonText } from "./texts";

/** What `synth` tells of a stack. */
interface Synthesized {
  readonly name: string;
  readonly account_id: unknown;
  readonly region: unknown;
  readonly folder: string;
  readonly placeholders: number;
}

interface Options {
  readonly for: "local-run" | "remote-run";
  readonly out?: string;
  readonly json?: boolean;
}

const REMOTE_FOLDER = "remote-run";

const HELP = `
Writes OUT/stacks/TRAIL/cdk.tf.json for every trail, and OUT/manifest.json:
what \`cdktf synth\` writes, in a fraction of the time. Touches a file only where
it changes, and none that it did not write. The JSON of a trail that is no
longer in the configuration goes away; what Terraform made of it stays in AWS.

With --for remote-run it writes OUT/stacks/TRAIL/main.tf.json (OUT: remote-run),
without backend and cloud block: for a workspace of HCP Terraform or Terraform
Enterprise, which keeps the state itself. Commit it for runs that begin with a
commit (working directory: OUT/stacks/TRAIL), or upload it. A configuration
that names another place for the state may end as applied, and keep none.

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
    .option("--out <folder>", `where to write (default: "${OUTPUT_FOLDER}", or "${REMOTE_FOLDER}" for remote-run)`)
    .addOption(
      new Option("--for <use>", "who runs Terraform: you, or a workspace of HCP Terraform")
        .choices(["local-run", "remote-run"])
        .default("local-run"),
    )
    .option("--json", "write the result as JSON, for programs")
    .addHelpText("after", HELP)
    .action((file: string, { for: use, json, ...options }: Options) => {
      const { trails } = readConfigurationFile(file);
      const isRemote = use === "remote-run";
      const out = options.out ?? (isRemote ? REMOTE_FOLDER : OUTPUT_FOLDER);
      const found = isRemote
        ? writeGenerated(out, remoteRunFiles(synthesize(trails)), isOfRemoteRun)
        : writeGenerated(out, synthesize(trails), isOfAuditTrail, rivalsOf(trails));
      const written = [...found.missing, ...found.changed];
      const stacks = trails.map(({ name, inputs, placeholders }) => ({
        name,
        account_id: inputs.accountId,
        region: inputs.region,
        folder: join(out, stackFolder(name)),
        placeholders: placeholders.length,
      }));
      process.stdout.write(
        json === true
          ? jsonText({ ok: true, file, stacks, written, removed: found.stale })
          : isRemote
            ? remoteSummary(out, stacks, trails, found.stale)
            : summary(file, out, stacks, trails, found.stale),
      );
    });
}

function summary(
  file: string,
  out: string,
  stacks: readonly Synthesized[],
  trails: readonly ConfiguredTrail[],
  removed: readonly string[],
): string {
  const open = stacks.reduce((sum, { placeholders }) => sum + placeholders, 0);
  const check = [`${COMMAND_NAME} check`, ...namedFile(file)].join(" ");
  const isApp = file === DEFAULT_CONFIGURATION && out === OUTPUT_FOLDER && existsSync("cdktf.json");
  const lines = [
    ...stacks.map(
      ({ name, account_id: account, region, folder }) =>
        `${name}: account ${account}, ${region} -> ${join(folder, "cdk.tf.json")}`,
    ),
    ...removed.map((path) => `removed ${join(out, path)}; what Terraform made of it is still there`),
    "",
    ...(open === 0 ? [] : [`${counted(open, "value")} still as in the template; see them with: ${check}`]),
    ...bootstraps(file, trails),
    stacks.length === 1 ? "Next, with credentials for the account:" : "Next, with credentials for each account:",
    ...stacks.flatMap(({ folder }) => [
      `  terraform -chdir=${shellWord(folder)} init`,
      `  terraform -chdir=${shellWord(folder)} apply`,
    ]),
    // Of several stacks, cdktf wants to be told which.
    ...(isApp ? [`or: npx cdktf deploy${stacks.length === 1 ? "" : " '*'"}`] : []),
  ];
  return `${lines.join("\n")}\n`;
}

/** What makes the buckets that keep the states: Terraform cannot be initialized before they are there. */
function bootstraps(file: string, trails: readonly ConfiguredTrail[]): readonly string[] {
  const states = trails.map(({ state }) => state).filter(({ backend }) => backend === "s3");
  const buckets = [...new Set(states.map(({ settings }) => String(settings.bucket)))];
  if (buckets.length === 0) {
    return [];
  }
  const command = [`${COMMAND_NAME} state bootstrap`, ...namedFile(file)].join(" ");
  return buckets.length === 1
    ? ["First, where the bucket of the states is not there yet:", `  ${command}`]
    : [
        "First, where a bucket of states is not there yet:",
        ...buckets.map((bucket) => `  ${command} --bucket ${shellWord(bucket)}`),
      ];
}

function remoteSummary(
  out: string,
  stacks: readonly Synthesized[],
  trails: readonly ConfiguredTrail[],
  removed: readonly string[],
): string {
  const profiles = trails.filter(({ provider }) => provider.profile !== null).map(({ name }) => name);
  const lines = [
    ...stacks.map(
      ({ name, account_id: account, region, folder }) =>
        `${name}: account ${account}, ${region} -> ${join(folder, "main.tf.json")}`,
    ),
    ...removed.map((path) => `removed ${join(out, path)}; what Terraform made of it is still there`),
    "",
    ...profiles.map(
      (name) => `${name} has a profile, which a remote run does not know: give the workspace credentials.`,
    ),
    stacks.length === 1
      ? "Next: a workspace whose working directory is that folder; it keeps the state."
      : "Next: a workspace for each, whose working directory is its folder; it keeps the state.",
  ];
  return `${lines.join("\n")}\n`;
}
