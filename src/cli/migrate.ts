import { existsSync } from "node:fs";
import { isAbsolute, join, relative, resolve } from "node:path";
import { type Command, InvalidArgumentError, Option } from "commander";
import { auditTrailDefinition } from "../audit-trail/inputs";
import { withOwnerTag } from "../audit-trail/owner-tag";
import { EventForwarding } from "../components";
import type { ConfiguredTrail } from "../configuration";
import {
  type ModuleMove,
  moduleAddresses,
  movesToModule,
  type RootModule,
  rootModule,
  rootModuleFiles,
  type StackJson,
  writeHcl,
} from "../generator";
import { inputsByName, withoutDefaults } from "../inputs";
import { writeGenerated } from "../output/generated-files";
import { shellWord } from "../output/shell-word";
import { auditTrailModule } from "../published/terraform-aws-audit-trail";
import {
  draftStack,
  forwardingLabel,
  OUTPUT_FOLDER,
  providerAlias,
  STACK_HCL,
  STACK_JSON,
  stackFolder,
} from "../stacks";
import { reference } from "../values";
import { Refusal } from "./exit";
import { DEFAULT_CONFIGURATION, readConfigurationFile } from "./read-file";
import { counted, jsonText } from "./texts";

/** How Terraform is told what is where from now on. */
type MoveFormat = "moved" | "state-mv";

interface Options {
  readonly moduleName: string;
  readonly source: string;
  readonly format: MoveFormat;
  readonly out?: string;
  readonly json?: boolean;
}

/** The way of one stack to the module. */
interface Migration {
  readonly trail: ConfiguredTrail;
  readonly moves: readonly ModuleMove[];
  readonly root: RootModule;
  /** Where its root module is written. */
  readonly folder: string | undefined;
}

/** Begins every file that is written. */
const NOTE = "Written by audit-trail migrate, which writes it anew only as long as this line stands here.";

const HELP = `
For whoever deploys with the app and wants the plain Terraform module instead:
nothing is replaced, Terraform learns where in the module each resource stands.

  audit-trail migrate --out terraform --source <where the module is>
  terraform -chdir=terraform/TRAIL init
  terraform -chdir=terraform/TRAIL plan

writes a root module for each trail: the call of the module with the inputs of
the configuration, the provider, the state where it is, and the moves. The plan
must say: 0 to add, 0 to change, 0 to destroy. Apply the stack before, and no
more afterwards. Without --out, the same is printed, a document for each trail.

Formats:
  moved     blocks that Terraform follows when it plans. Can be reviewed
  state-mv  commands for a shell, which change the state at once

With --json, standard output holds one object:
  right  ok: true, file, format, written, removed, and stacks: each with name,
         account_id, region, folder (null without --out), moves (from, to),
         files (their texts by name) and, with state-mv, commands
  wrong  ok: false, and file and problems, or message`;

/** `audit-trail migrate`: from the stack form of a configuration to the module, in the same state. */
export function addMigrate(program: Command): void {
  program
    .command("migrate")
    .summary("move what the app deployed to the module; replace nothing")
    .description("Move what the app deployed to the Terraform module, in the same state, without replacing anything.")
    .argument("[configuration]", "the configuration", DEFAULT_CONFIGURATION)
    .addOption(
      new Option("--module-name <name>", "what the module is called where it is used")
        .argParser(moduleName)
        .default("audit_trail"),
    )
    .addOption(
      new Option("--source <source>", "where the module is, as Terraform reads it")
        .argParser(moduleSource)
        .default(auditTrailModule.address),
    )
    .addOption(
      new Option("--format <format>", "how Terraform is told of the moves")
        .choices(["moved", "state-mv"])
        .default("moved"),
    )
    .option("--out <folder>", "write a root module for each trail there, and print none")
    .option("--json", "write the result as JSON, for programs")
    .addHelpText("after", HELP)
    .action((file: string, options: Options) => {
      const migrations = readConfigurationFile(file).trails.map((trail) => migration(trail, options));
      const { written, removed } = write(migrations, options.out);
      process.stdout.write(
        options.json === true
          ? jsonText({
              ok: true,
              file,
              format: options.format,
              stacks: migrations.map((each) => report(each, options.format)),
              written,
              removed,
            })
          : options.out === undefined
            ? migrations.map((each) => printed(each, options)).join("\n")
            : summary(migrations, removed, options),
      );
    });
}

function moduleName(name: string): string {
  if (!/^[A-Za-z_][A-Za-z0-9_-]*$/.test(name)) {
    throw new InvalidArgumentError(
      "It must begin with a letter or an underscore, and go on with letters, digits, underscores or hyphens.",
    );
  }
  return name;
}

function moduleSource(source: string): string {
  if (source.trim() === "") {
    throw new InvalidArgumentError("It must not be empty.");
  }
  return source;
}

function migration(trail: ConfiguredTrail, { moduleName: label, source, format, out }: Options): Migration {
  const { resources, forwardings, terraform } = draftStack(trail);
  const { component, structure } = auditTrailModule;
  const moves = [
    ...movesToModule(resources, moduleAddresses(component, structure), label),
    ...Object.entries(forwardings).flatMap(([region, placed]) =>
      movesToModule(placed, moduleAddresses(EventForwarding, structure), forwardingLabel(region)),
    ),
  ];
  const folder = out === undefined ? undefined : join(out, trail.name);
  const root: RootModule = {
    stack: withStateFrom(terraform as StackJson, trail.name, folder),
    label,
    source,
    beside: Object.keys(forwardings).map((region) => ({
      label: forwardingLabel(region),
      nested: EventForwarding.definition.name,
      alias: providerAlias(region),
      inputs: {
        account_id: trail.inputs.accountId,
        region,
        name: reference(`module.${label}.trail_name`),
        event_patterns: reference(`module.${label}.alarm_event_patterns`),
        event_bus_arn: reference(`module.${label}.alarm_event_bus_arn`),
        tags: withOwnerTag(trail.inputs.tags as Record<string, string>, trail.inputs.owner),
      },
    })),
    inputs: withoutDefaults(
      auditTrailDefinition.fields,
      inputsByName(auditTrailDefinition.fields, { ...trail.inputs } as Parameters<typeof inputsByName>[1]),
    ),
    ...(trail.preventDestroy
      ? {
          comment:
            "prevent_destroy is no input of the module, as Terraform takes no variable for it: what the configuration\n" +
            "says of it does not hold from here on.",
        }
      : {}),
    moves: format === "moved" ? moves.map(({ from, entry }) => ({ from, to: entry })) : undefined,
  };
  return { trail, moves, root, folder };
}

/** Where a stack of the app lies. */
function folderOfStack(name: string): string {
  return `${OUTPUT_FOLDER}/${stackFolder(name)}`;
}

/** The stack with its state where it is, seen from another folder: only the path of a file depends on that. */
function withStateFrom(stack: StackJson, name: string, folder: string | undefined): StackJson {
  const path = stack.terraform.backend?.local?.path;
  if (folder === undefined || typeof path !== "string" || isAbsolute(path)) {
    return stack;
  }
  const moved = relative(resolve(folder), resolve(folderOfStack(name), path)).replaceAll("\\", "/");
  return { ...stack, terraform: { ...stack.terraform, backend: { local: { path: moved } } } };
}

function write(
  migrations: readonly Migration[],
  out: string | undefined,
): { readonly written: readonly string[]; readonly removed: readonly string[] } {
  if (out === undefined) {
    return { written: [], removed: [] };
  }
  const stacks = migrations
    .flatMap(({ folder = "" }) => [join(folder, STACK_JSON), join(folder, STACK_HCL)])
    .filter((file) => existsSync(file));
  if (stacks.length > 0) {
    throw new Refusal(
      stacks
        .map(
          (file) =>
            `${file}: is a stack of the app, which Terraform would read beside the module; choose another --out`,
        )
        .join("\n"),
    );
  }
  const files = new Map(
    migrations.flatMap(({ trail, root }) =>
      [...rootModuleFiles(root, NOTE)].map(([name, content]) => [`${trail.name}/${name}`, content] as const),
    ),
  );
  const found = writeGenerated(out, files, (content) => content.startsWith(`# ${NOTE}\n`));
  return { written: [...found.missing, ...found.changed], removed: found.stale };
}

function report({ trail, moves, root, folder }: Migration, format: MoveFormat): object {
  return {
    name: trail.name,
    account_id: trail.inputs.accountId,
    region: trail.inputs.region,
    folder: folder ?? null,
    moves: moves.map(({ from, to }) => ({ from, to })),
    ...(format === "state-mv" ? { commands: commands(moves, folder) } : {}),
    files: Object.fromEntries(rootModuleFiles(root, NOTE)),
  };
}

function commands(moves: readonly ModuleMove[], folder: string | undefined): readonly string[] {
  return moves.map(({ from, to }) => `${terraformIn(folder)} state mv ${shellWord(from)} ${shellWord(to)}`);
}

function terraformIn(folder: string | undefined): string {
  return folder === undefined ? "terraform" : `terraform -chdir=${shellWord(folder)}`;
}

/** What is printed for a stack: a document that can be put into a file as it is. */
function printed({ trail, moves, root }: Migration, { format, source }: Options): string {
  const { name, inputs } = trail;
  const state =
    root.stack.terraform.backend?.local === undefined
      ? []
      : [`The path of the state is seen from ${folderOfStack(name)}.`];
  const example = source === auditTrailModule.address ? ["The source of the module is an example: replace it."] : [];
  const heading =
    format === "state-mv"
      ? ["For a shell, in the folder of the root module with the state of the stack, once it is initialized."]
      : [
          "A root module with the state of the stack, in a folder of its own. Its plan must say:",
          "0 to add, 0 to change, 0 to destroy.",
          ...state,
          ...example,
        ];
  const lines = [`${name}: account ${inputs.accountId}, ${inputs.region}`, ...heading].map((line) => `# ${line}\n`);
  const body =
    format === "state-mv"
      ? commands(moves, undefined)
          .map((command) => `${command}\n`)
          .join("")
      : writeHcl([...rootModule(root).values()].flat());
  return `${lines.join("")}\n${body}`;
}

function summary(
  migrations: readonly Migration[],
  removed: readonly string[],
  { format, source, out = "" }: Options,
): string {
  const lines = [
    ...migrations.map(
      ({ trail, moves, folder = "" }) =>
        `${trail.name}: account ${trail.inputs.accountId}, ${trail.inputs.region} -> ${folder}, ` +
        `${counted(moves.length, "resource")} to move`,
    ),
    ...removed.map((path) => `removed ${join(out, path)}`),
    "",
    ...(source === auditTrailModule.address
      ? [`The source ${source} is an example: say with --source where the module is.`]
      : []),
    ...migrations
      .filter(({ trail }) => trail.preventDestroy)
      .map(({ trail }) => `${trail.name}: prevent_destroy does not hold any more; see main.tf.`),
    migrations.length === 1 ? "Next, with credentials for the account:" : "Next, with credentials for each account:",
    ...migrations.flatMap(({ trail, moves, folder = "" }) => {
      const lockFile = join(folderOfStack(trail.name), ".terraform.lock.hcl");
      return [
        // Another version of the provider may want to change something.
        ...(existsSync(lockFile) ? [`  cp ${shellWord(lockFile)} ${shellWord(folder)}`] : []),
        `  ${terraformIn(folder)} init`,
        ...(format === "state-mv" ? commands(moves, folder).map((command) => `  ${command}`) : []),
        `  ${terraformIn(folder)} plan`,
        ...(format === "moved" ? [`  ${terraformIn(folder)} apply`] : []),
      ];
    }),
    format === "state-mv"
      ? "The plan must say: No changes."
      : "The plan must say: 0 to add, 0 to change, 0 to destroy.",
    "Do not deploy the app any more once this is done: it would destroy what the module has.",
  ];
  return `${lines.join("\n")}\n`;
}
