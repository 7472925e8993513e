import { join, relative } from "node:path";
import type { Command } from "commander";
import { roleStackJson } from "../deployment";
import { packageFolder } from "../generator";
import { writeGenerated } from "../output/generated-files";
import { shellWord } from "../output/shell-word";
import { isOfDeploymentRole, STACK_JSON, stackFile, stackFolder, synthesize } from "../stacks";
import { Refusal } from "./exit";
import { DEFAULT_CONFIGURATION, readConfigurationFile } from "./read-file";
import { jsonText } from "./texts";

const DEFAULT_FOLDER = "deployment-role";

const HELP = `
Writes OUT/stacks/TRAIL/cdk.tf.json for every trail with a deployment_role: a
stack of its own, with a state of its own beside that of the trail. It has the
OIDC providers, a role that plans and a role that applies. Who may assume them
is said by deployment_role; what they may do is derived from the trail, as
\`audit-trail deployment-policy\` prints it.

An administrator applies it: once, and whenever the trail gets something that
it had not. The roles themselves may not change it.

With --json, standard output holds one object:
  right  ok: true, file, written, removed, and stacks: each with name,
         account_id and folder
  wrong  ok: false, and file and problems, or message`;

interface Options {
  readonly out: string;
  readonly json?: boolean;
}

/** What is told of a stack. */
interface Synthesized {
  readonly name: string;
  readonly account_id: unknown;
  readonly folder: string;
}

/** `audit-trail deployment-role`: the roles that plan and apply in CI. */
export function addDeploymentRole(program: Command): void {
  program
    .command("deployment-role")
    .summary("write the roles that plan and apply in CI")
    .description("Write the roles that plan and apply a trail in CI, without keys.")
    .command("synth")
    .summary("write the Terraform JSON of the roles")
    .description("Write the Terraform JSON of the roles that plan and apply a trail in CI.")
    .argument("[configuration]", "the configuration", DEFAULT_CONFIGURATION)
    .option("--out <folder>", "where to write", DEFAULT_FOLDER)
    .option("--json", "write the result as JSON, for programs")
    .addHelpText("after", HELP)
    .action((file: string, { out, json }: Options) => {
      const { trails } = readConfigurationFile(file);
      const chosen = trails.filter(({ deploymentRole }) => deploymentRole !== null);
      if (chosen.length === 0) {
        throw new Refusal(`${file}: no trail has a deployment_role; say there who deploys it`);
      }
      const synthesized = synthesize(chosen);
      const files = new Map(
        chosen.map((trail) => {
          const path = stackFile(trail.name);
          return [path, roleStackJson(trail, synthesized.get(path) as string, trails)];
        }),
      );
      const found = writeGenerated(out, files, isOfDeploymentRole);
      const stacks = chosen.map(({ name, inputs }) => ({
        name,
        account_id: inputs.accountId,
        folder: join(out, stackFolder(name)),
      }));
      const written = [...found.missing, ...found.changed];
      process.stdout.write(
        json === true
          ? jsonText({ ok: true, file, stacks, written, removed: found.stale })
          : summary(out, stacks, found.stale),
      );
    });
}

/** Where a page of the documentation is, from the working directory: in a clone, or in the installed package. */
function pageOfDocs(page: string): string {
  const path = join(packageFolder(), "docs", page);
  const short = relative(process.cwd(), path);
  return short.startsWith("..") ? path : short;
}

function summary(out: string, stacks: readonly Synthesized[], removed: readonly string[]): string {
  const lines = [
    ...stacks.map(
      ({ name, account_id: account, folder }) => `${name}: account ${account} -> ${join(folder, STACK_JSON)}`,
    ),
    ...removed.map((path) => `removed ${join(out, path)}; what Terraform made of it is still there`),
    "",
    "Next, with the credentials of an administrator of each account:",
    ...stacks.flatMap(({ folder }) => [
      `  terraform -chdir=${shellWord(folder)} init`,
      `  terraform -chdir=${shellWord(folder)} apply`,
    ]),
    "What its outputs say belongs into the settings of what deploys:",
    `  ${pageOfDocs("deployment-role.md")}`,
  ];
  return `${lines.join("\n")}\n`;
}
