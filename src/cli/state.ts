import { once } from "node:events";
import { createInterface } from "node:readline/promises";
import type { Command } from "commander";
import type { ConfiguredTrail } from "../configuration";
import { COMMAND_NAME } from "../output/command-name";
import { shellWord } from "../output/shell-word";
import {
  type BootstrapEnd,
  type BootstrapMeans,
  BucketReader,
  bootstrap,
  bootstrapSteps,
  chosenBucket,
  type Finding,
  fitness,
  knowsLockFile,
  type PlannedChanges,
  type StateBucketTarget,
  StateProblem,
  stateBuckets,
  Terraform,
  terraformVersion,
} from "../state";
import { namedFile } from "./check";
import { Exit, named, Refusal, UsageError } from "./exit";
import { DEFAULT_CONFIGURATION, readConfigurationFile } from "./read-file";
import { counted, jsonText } from "./texts";

const DEFAULT_FOLDER = ".audit-trail/state-bucket";

const BOOTSTRAP_HELP = `
Makes the bucket that \`state: { s3: … }\` names with the real Terraform, its
state in a file below FOLDER, and then moves that state into the bucket. Says
each step. Broken off anywhere, it goes on when it is run again; run once more,
it says that there is nothing to do. A bucket that somebody else made is left as
it is.

The steps:
${bootstrapSteps.map(({ name }, index) => `  ${`${index + 1}`.padStart(2)} ${name}`).join("\n")}`;

const CHECK_HELP = `
Asks S3 what a bucket is like, with the credentials that Terraform would use,
and changes nothing. With --try-lock it also writes and removes a lock file,
which is none of Terraform's. Ends with 1 where something has to be changed.

With --json, standard output holds one object: ok, file, and buckets: each with
bucket, region, account_id, ok, and findings (check, ok, found, remedy)`;

/** How a bucket is bootstrapped. */
export interface BootstrapOptions {
  readonly folder: string;
  readonly bucket?: string;
  readonly accountId?: string;
  readonly yes?: boolean;
  readonly autoApprove?: boolean;
}

interface CheckOptions {
  readonly bucket?: string;
  readonly accountId?: string;
  readonly tryLock?: boolean;
  readonly json?: boolean;
}

/** `audit-trail state`: the bucket that keeps Terraform's states. */
export function addState(program: Command): void {
  const state = program
    .command("state")
    .summary("make or check the bucket that keeps the states")
    .description("Make or check the bucket that keeps Terraform's states.");
  state
    .command("bootstrap")
    .summary("make the bucket, and move its own state into it")
    .description("Make the bucket that keeps the states, and move its own state into it.")
    .argument("[configuration]", "the configuration", DEFAULT_CONFIGURATION)
    .option("--yes", "do not ask before the bucket is made")
    .option("--auto-approve", "the same, by Terraform's name")
    .option("--account-id <id>", "the account of the bucket, where the trails are in several")
    .option("--bucket <name>", "the bucket, where the states are in several")
    .option("--folder <folder>", "where Terraform works", DEFAULT_FOLDER)
    .addHelpText("after", BOOTSTRAP_HELP)
    .action(runBootstrap);
  state
    .command("check")
    .summary("tell whether a bucket is fit, and what to change")
    .description("Tell whether the bucket that a configuration names is fit to keep states, and what to change.")
    .argument("[configuration]", "the configuration", DEFAULT_CONFIGURATION)
    .option("--try-lock", "also write and remove a lock file")
    .option("--account-id <id>", "the account that the bucket must belong to")
    .option("--bucket <name>", "the bucket, where not all are of interest")
    .option("--json", "write the result as JSON, for programs")
    .addHelpText("after", CHECK_HELP)
    .action(runCheck);
}

function accountOption(id: string | undefined): string | undefined {
  if (id !== undefined && !/^[0-9]{12}$/.test(id)) {
    throw new UsageError("--account-id: must be the 12 digits of an AWS account id");
  }
  return id;
}

async function runBootstrap(file: string, options: BootstrapOptions): Promise<void> {
  const { means, close } = prepareBootstrap(file, options);
  try {
    const end = await bootstrap(means);
    if (end === "declined") {
      throw new Refusal("Nothing was made.");
    }
    process.stdout.write(ending(end, file, means.target, options));
  } finally {
    close();
  }
}

/** All that is needed to bootstrap what a configuration says. What is wrong is told here, before anything happens. */
export function prepareBootstrap(
  file: string,
  options: BootstrapOptions,
): { readonly means: BootstrapMeans; close(): void } {
  const { trails } = readConfigurationFile(file);
  const all = stateBuckets(trails);
  const target = named(StateProblem, () => chosenBucket(all, options.bucket));
  const accountId = accountOption(options.accountId) ?? target.accountId;
  if (accountId === undefined) {
    throw new UsageError("the trails are in several accounts: say with --account-id which is that of the bucket");
  }
  refusePlaceholders(file, trails, options.accountId === undefined ? ["account_id", "bucket"] : ["bucket"]);
  const isAsked = options.yes !== true && options.autoApprove !== true;
  if (isAsked && process.stdin.isTTY !== true) {
    throw new UsageError("nobody can be asked, as the input is no terminal: agree beforehand with --yes");
  }
  const bucket = new BucketReader({ ...target, accountId });
  return {
    means: {
      target,
      accountId,
      terraform: new Terraform(options.folder),
      bucket,
      approve: (plan) => approve(target, accountId, plan, isAsked),
      tell: (line) => process.stdout.write(`${line}\n`),
    },
    close: () => bucket.close(),
  };
}

/** The names of the template are those of nobody. */
function refusePlaceholders(file: string, trails: readonly ConfiguredTrail[], names: readonly string[]): void {
  const open = trails
    .flatMap(({ placeholders }) => placeholders)
    .filter(({ path }) => names.includes(String(path.at(-1))));
  if (open.length > 0) {
    const named = open.map(({ path, value, line }) => `${file}:${line}: ${path.join(".")} is still ${value}`);
    throw new Refusal(`${[...new Set(named)].join("\n")}\nReplace the examples first.`);
  }
}

async function approve(
  { bucket, region }: StateBucketTarget,
  accountId: string,
  { addresses }: PlannedChanges,
  isAsked: boolean,
): Promise<boolean> {
  process.stdout.write(`Terraform will make or change, for the bucket ${bucket} in account ${accountId}, ${region}:\n`);
  process.stdout.write(addresses.map((address) => `  ${address}\n`).join(""));
  if (!isAsked) {
    return true;
  }
  const asking = createInterface({ input: process.stdin, output: process.stdout });
  try {
    // Who ends the input has not said yes.
    const ended = once(asking, "close").then(() => "");
    const answer = await Promise.race([asking.question("Make it? Only yes is taken for that: "), ended]);
    return answer.trim() === "yes";
  } finally {
    asking.close();
  }
}

function ending(end: BootstrapEnd, file: string, target: StateBucketTarget, { folder }: BootstrapOptions): string {
  const { bucket, state, stateKeys } = target;
  const chdir = `terraform -chdir=${shellWord(folder)}`;
  const place = `s3://${bucket}/${state.settings.key}`;
  const lines = [
    end === "made"
      ? `The bucket ${bucket} is made, and has its own state: ${place}`
      : `Nothing to do: the bucket ${bucket} is there, and has its own state: ${place}`,
    `The IAM policy that a role needs to keep its state there, for each stack (${Object.keys(stateKeys).join(", ")}):`,
    // What is on this machine may be of another folder or of before.
    ...(end === "made" ? [] : [`  ${chdir} init`]),
    `  ${chdir} output deployer_policies`,
    `Next: ${[`${COMMAND_NAME} synth`, ...namedFile(file)].join(" ")}`,
  ];
  return `${lines.join("\n")}\n`;
}

interface CheckedBucket {
  readonly bucket: string;
  readonly region: string;
  readonly account_id: string | null;
  readonly ok: boolean;
  readonly findings: readonly Finding[];
}

async function runCheck(file: string, options: CheckOptions): Promise<void> {
  const { trails } = readConfigurationFile(file);
  const all = stateBuckets(trails);
  const targets = options.bucket === undefined ? all : [named(StateProblem, () => chosenBucket(all, options.bucket))];
  const accountId = accountOption(options.accountId);
  const buckets: CheckedBucket[] = [];
  for (const target of targets) {
    const owner = accountId ?? target.accountId;
    buckets.push(await checkedBucket(owner === undefined ? target : { ...target, accountId: owner }, options));
  }
  const ok = buckets.every((each) => each.ok);
  process.stdout.write(options.json === true ? jsonText({ ok, file, buckets }) : reportText(buckets));
  process.exitCode = ok ? Exit.good : Exit.wrong;
}

async function checkedBucket(target: StateBucketTarget, { tryLock = false }: CheckOptions): Promise<CheckedBucket> {
  const reader = new BucketReader(target);
  try {
    const presence = await reader.presence();
    const isThere = presence === "there";
    const version = await terraformVersion(new Terraform(".")).catch(() => undefined);
    const findings = fitness(target, {
      presence,
      reading: isThere ? await reader.read() : undefined,
      terraform: version === undefined ? undefined : { version, knowsLockFile: knowsLockFile(version) },
      lock: isThere && tryLock ? await reader.tryLock() : undefined,
    });
    return {
      bucket: target.bucket,
      region: target.region,
      account_id: target.accountId ?? null,
      ok: findings.every((each) => each.ok),
      findings,
    };
  } finally {
    reader.close();
  }
}

function reportText(buckets: readonly CheckedBucket[]): string {
  return buckets
    .map(({ bucket, region, findings }) => {
      const wrong = findings.filter(({ ok }) => !ok);
      const width = Math.max(...findings.map(({ check }) => check.length));
      return [
        `${bucket}, ${region}:`,
        ...findings.flatMap(({ check, ok, found, remedy }) => [
          `  ${ok ? "good " : "WRONG"}  ${check.padEnd(width)}  ${found}`,
          ...(remedy === null ? [] : [`         ${" ".repeat(width)}  to do: ${remedy}`]),
        ]),
        wrong.length === 0 ? "It is fit to keep states." : `${counted(wrong.length, "thing")} to change.`,
        "",
      ].join("\n");
    })
    .join("\n");
}
