import type { Command } from "commander";
import { type AccessLogDelivery, accessLogPolicy } from "../audit-trail/access-log-policy";
import type { AuditTrailProps } from "../audit-trail/audit-trail";
import { type Charge, charges } from "../audit-trail/charges";
import { auditTrailDefinition } from "../audit-trail/inputs";
import { notes, notesAmong } from "../audit-trail/notes";
import type { ConfiguredTrail } from "../configuration";
import { fromProps, pathText } from "../inputs";
import { COMMAND_NAME } from "../output/command-name";
import { shellWord } from "../output/shell-word";
import { forwardedRegions, stackFile, synthesize } from "../stacks";
import { withoutEscapes } from "../values";
import { DEFAULT_CONFIGURATION, readConfigurationFile } from "./read-file";
import { counted, jsonText } from "./texts";

/** What `check` tells of a trail. */
interface Report {
  readonly name: string;
  readonly account_id: string;
  readonly region: string;
  readonly resources: readonly string[];
  readonly charges: readonly Charge[];
  /** Choices that somebody who reviews the trail would ask about. */
  readonly notes: readonly string[];
  /** Policies that parts which are there already need. */
  readonly policies: readonly { readonly of: string; readonly policy: unknown }[];
  readonly placeholders: readonly { readonly path: string; readonly value: string; readonly line: number }[];
}

const HELP = `
Reads the configuration alone: asks neither AWS nor Terraform, and needs no
credentials. Where it is wrong, every problem is told at once, as
FILE:LINE:COLUMN: INPUT: RULE; got VALUE

With --json, standard output holds one object:
  right  ok: true, file, notes about the trails together, and trails: each with
         name, account_id, region, resources (their Terraform addresses),
         charges (item, charged, why), notes, policies that existing parts need
         (of, policy), and placeholders (path, value, line)
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
      const reports = trails.map((trail) => report(trail, stacks.get(stackFile(trail.name)) as string));
      const among = notesAmong(trails);
      process.stdout.write(
        json === true ? jsonText({ ok: true, file, trails: reports, notes: among }) : reportText(file, reports, among),
      );
    });
}

function report({ name, inputs, alarmRegions = null, placeholders }: ConfiguredTrail, stack: string): Report {
  const { resource = {}, output } = JSON.parse(stack) as SynthesizedStack;
  return {
    name,
    account_id: inputs.accountId,
    region: inputs.region,
    resources: Object.entries(resource).flatMap(([type, names]) => Object.keys(names).map((each) => `${type}.${each}`)),
    charges: charges(inputs),
    notes: notes(
      inputs,
      forwardedRegions({ region: inputs.region, multiRegion: inputs.multiRegion !== false }, alarmRegions),
    ),
    policies: neededPolicies(inputs, resource, output),
    placeholders: placeholders.map(({ path, value, line }) => ({ path: pathText(path), value, line })),
  };
}

/** What `check` reads of a stack. */
interface SynthesizedStack {
  /** Nothing where everything is there already. */
  readonly resource?: Resources;
  readonly output: Readonly<Record<string, { readonly value: string } | undefined>>;
}

/** Resources of a stack, by their type and their name. */
type Resources = Readonly<Record<string, Readonly<Record<string, Readonly<Record<string, unknown>>>>>>;

/** What is asked of a configuration about parts that are there already, by Terraform's names. */
interface ExistingParts {
  readonly account_id: string;
  readonly region: string;
  readonly log_bucket?: {
    readonly access_logs?: { readonly existing_bucket?: { readonly name: string } | null } | null;
    readonly existing_bucket?: { readonly name: string; readonly access_log_path?: string | null } | null;
  };
  readonly encryption?: { readonly existing_key?: { readonly arn: string } | null } | null;
  readonly alarms?: { readonly existing_topic_key?: { readonly arn: string } | null } | null;
}

/** The policies of buckets and keys that are there already: who owns them has to add these. */
function neededPolicies(
  inputs: AuditTrailProps,
  resources: Resources,
  output: SynthesizedStack["output"],
): Report["policies"] {
  const parts = fromProps(auditTrailDefinition.fields, inputs) as unknown as ExistingParts;
  const { log_bucket: logBucket, encryption, alarms } = parts;
  const bucket = logBucket?.existing_bucket;
  const accessLogs = accessLogDelivery(parts, resources);
  const key = encryption?.existing_key;
  const topicKey = alarms?.existing_topic_key;
  const policyOf = (name: string): unknown => JSON.parse(withoutEscapes(output[name]?.value ?? "null"));
  return [
    ...(bucket === undefined || bucket === null
      ? []
      : [{ of: `the bucket ${bucket.name}`, policy: policyOf("log_bucket_policy") }]),
    ...(accessLogs === undefined
      ? []
      : [
          {
            of: `the bucket ${accessLogs.bucket} (for access logs)`,
            policy: JSON.parse(accessLogPolicy(accessLogs)) as unknown,
          },
        ]),
    ...(key === undefined || key === null
      ? []
      : [{ of: `the key ${key.arn}`, policy: policyOf("encryption_key_policy") }]),
    ...(topicKey === undefined || topicKey === null
      ? []
      : [{ of: `the key ${topicKey.arn}`, policy: policyOf("alarm_topic_key_policy") }]),
  ];
}

/** The access logs of the log bucket, where they go into a bucket that is there already. */
function accessLogDelivery(parts: ExistingParts, resources: Resources): AccessLogDelivery | undefined {
  const { account_id: accountId, region, log_bucket: logBucket } = parts;
  const existing = logBucket?.existing_bucket;
  if (typeof existing?.access_log_path === "string") {
    const [bucket = "", ...prefix] = existing.access_log_path.split("/");
    // It may be of another account than the trail.
    return { bucket, prefix: prefix.join("/"), source: existing.name, accountId: null, region };
  }
  const target = logBucket?.access_logs?.existing_bucket;
  if (target === undefined || target === null) {
    return undefined;
  }
  const source = String(resources.aws_s3_bucket?.log_bucket?.bucket);
  const prefix = String(resources.aws_s3_bucket_logging?.log_bucket?.target_prefix);
  return { bucket: target.name, prefix, source, accountId, region };
}

function listed(heading: string, lines: readonly string[]): readonly string[] {
  return lines.length === 0 ? [] : ["", `  ${heading}`, ...lines.map((line) => `    ${line}`)];
}

function reportText(file: string, reports: readonly Report[], among: readonly string[]): string {
  const paragraphs = reports.map(({ name, account_id: account, region, resources, charges: charged, ...report }) =>
    [
      `${name}: ${counted(resources.length, "resource")} in account ${account}, ${region}`,
      ...resources.map((address) => `  ${address}`),
      "",
      "  What AWS charges for:",
      ...charged.map((each) => `    ${each.charged ? "charged" : "free   "}  ${each.item}: ${each.why}`),
      ...listed("Worth a second look:", report.notes),
      ...report.policies.flatMap(({ of, policy }) =>
        listed(`What the policy of ${of} needs:`, JSON.stringify(policy, null, 2).split("\n")),
      ),
      ...listed(
        "Still as in the template, to be replaced:",
        report.placeholders.map((each) => `${file}:${each.line}: ${each.path} is ${JSON.stringify(each.value)}`),
      ),
    ].join("\n"),
  );
  const next = [`${COMMAND_NAME} synth`, ...namedFile(file)].join(" ");
  return `${[...paragraphs, ...among].join("\n\n")}\n\n${file} is right. Next: ${next}\n`;
}

/** The file as an argument, where it has to be named. */
export function namedFile(file: string): readonly string[] {
  return file === DEFAULT_CONFIGURATION ? [] : [shellWord(file)];
}
