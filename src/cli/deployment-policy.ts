import { type Command, Option } from "commander";
import type { Phase } from "../components/deployment-role/trust";
import type { ConfiguredTrail } from "../configuration";
import { deploymentPolicies, type KnownPolicy } from "../deployment";
import { stackFile, synthesize } from "../stacks";
import { UsageError } from "./exit";
import { DEFAULT_CONFIGURATION, readConfigurationFile } from "./read-file";
import { jsonText } from "./texts";

const PHASES: readonly Phase[] = ["plan", "apply"];

const HELP = `
Reads the configuration alone, and derives the policies from the Terraform that
is made of it: each call that Terraform makes for a resource, on that resource.
A plan reads, and takes the lock of the state; an apply also writes, and
destroys. Each policy is short enough for a managed one (6144 characters).

Whoever changes names in the configuration, or adds something to it, derives
them anew before that is applied. Whoever takes something out derives them
afterwards, as it has to be destroyed first.

Where a trail has a role_arn, they are for that role; whoever runs Terraform
must be able to assume it.

With --json, standard output holds one object:
  right  ok: true, file, stacks: each with name, and phases: plan, apply, each
         with the policies by name
  wrong  ok: false, and file and problems, or message`;

interface Options {
  readonly stack?: string;
  readonly phase?: Phase;
  readonly json?: boolean;
}

/** `audit-trail deployment-policy`: what whoever plans and applies a configuration must be allowed to do. */
export function addDeploymentPolicy(program: Command): void {
  program
    .command("deployment-policy")
    .summary("print the IAM policies that a plan and an apply need")
    .description("Print the IAM policies that whoever plans and applies a trail needs, and no more.")
    .argument("[configuration]", "the configuration", DEFAULT_CONFIGURATION)
    .option("--stack <name>", "the trail, where there are several")
    .addOption(new Option("--phase <phase>", "the policies of one phase alone").choices(PHASES))
    .option("--json", "write the result as JSON, for programs")
    .addHelpText("after", HELP)
    .action((file: string, { stack, phase, json }: Options) => {
      const { trails } = readConfigurationFile(file);
      const chosen = chosenTrails(trails, stack);
      const synthesized = synthesize(chosen);
      const phases = phase === undefined ? PHASES : [phase];
      const stacks = chosen.map(({ name, state }) => ({
        name,
        phases: Object.fromEntries(
          phases.map((each) => [
            each,
            deploymentPolicies({ name, state, json: synthesized.get(stackFile(name)) as string }, each),
          ]),
        ),
      }));
      process.stdout.write(json === true ? jsonText({ ok: true, file, stacks }) : policiesText(stacks));
    });
}

/** The trails of a configuration, or the one that is named. */
function chosenTrails(trails: readonly ConfiguredTrail[], name?: string): readonly ConfiguredTrail[] {
  const chosen = name === undefined ? trails : trails.filter((trail) => trail.name === name);
  if (chosen.length === 0) {
    const names = trails.map((trail) => trail.name).join(", ");
    throw new UsageError(`--stack: ${name} is no trail of the configuration, which has: ${names}`);
  }
  return chosen;
}

interface PoliciesOfStack {
  readonly name: string;
  readonly phases: Readonly<Record<string, Readonly<Record<string, KnownPolicy>>>>;
}

function policiesText(stacks: readonly PoliciesOfStack[]): string {
  return stacks
    .flatMap(({ name, phases }) =>
      Object.entries(phases).flatMap(([phase, policies]) => [
        `${name}: to ${phase} it takes ${inWords(Object.keys(policies).length)}`,
        ...Object.entries(policies).map(([policy, document]) => `\n${policy}:\n${JSON.stringify(document, null, 2)}`),
        "",
      ]),
    )
    .join("\n");
}

function inWords(count: number): string {
  return count === 1 ? "1 policy" : `${count} policies`;
}
