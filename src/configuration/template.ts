import { stringify } from "yaml";
import { auditTrailDefinition } from "../audit-trail/inputs";
import { type Profile, type ProfileName, profiles } from "../audit-trail/profiles";
import type { Field, Fields } from "../inputs";
import { s3State } from "../stacks";
import type { Literal } from "../values";
import { stackDefinition } from "./stack-options";

/** What a new configuration begins with, in place of the placeholders. */
export type Answers = Readonly<Record<string, string>>;

/** What a profile chooses, by the names of a trail's options in a configuration. */
type Chosen = Readonly<Record<string, Literal>>;

const COMMENT_WIDTH = 100;

const LONGEST_STACK_NAME = 63;

const TO_BE_FILLED_IN = "…";

/**
 * A configuration of the user's trail, with every input explained: those that must be chosen have values, the others
 * stand there with their defaults, as comments.
 *
 * @param schema the way from the file to its JSON schema
 * @param profile whose choices stand there, too
 */
export function configurationTemplate(
  schema: string,
  answers: Answers = {},
  profile: ProfileName = "essential",
): string {
  const { description, inputs, preventDestroy }: Profile = profiles[profile];
  const chosen: Chosen = { ...inputs, ...(preventDestroy ? { prevent_destroy: true } : {}) };
  const region = answers.region ?? "eu-central-1";
  const state = answers.state_bucket === undefined ? { region } : { region, bucket: answers.state_bucket };
  const given = { region, ...answers };
  return [
    `# yaml-language-server: $schema=${schema}`,
    "#",
    ...wrapped(
      "An AWS CloudTrail audit trail: one trail for the whole account, in all regions, with all management events and " +
        "all S3 and Lambda data events, delivered to a new S3 bucket and protected by log-file validation.",
      "#",
    ),
    "#",
    ...(profile === "essential" ? [] : [...wrapped(`Profile ${profile}: ${description}`, "#"), "#"]),
    ...wrapped(
      "Check it with `npx cdktf-audit-trail check`. What is commented out stands there with its default: to change it, take " +
        "the line out of the comment.",
      "#",
    ),
    "",
    ...wrapped(
      "Where Terraform keeps its state: s3, cloud (HCP Terraform), local (for trials), or another backend by its name.",
      "#",
    ),
    "state:",
    "  s3:",
    ...fieldLines(s3State.fields, state, "    "),
    "",
    ...wrapped(
      "The audit trails, by the names of their stacks. What several share may stand under `defaults:`, beside `trails:`.",
      "#",
    ),
    "trails:",
    `  ${stackName(answers.account_name ?? "example")}:`,
    ...fieldLines({ ...auditTrailDefinition.fields, ...stackDefinition.fields }, given, "    ", chosen),
    "",
  ].join("\n");
}

/** The name of the stack of an account: as in its short name, but for what a folder cannot have. */
function stackName(accountName: string): string {
  const name = accountName
    .toLowerCase()
    .replace(/[^a-z0-9_-]+/g, "-")
    .replace(/^[_-]+/, "")
    .slice(0, LONGEST_STACK_NAME);
  return name === "" ? "example" : name;
}

function fieldLines(fields: Fields, given: Answers, indent: string, chosen: Chosen = {}): readonly string[] {
  return Object.entries(fields).flatMap(([name, field], index) => [
    ...(index === 0 ? [] : [""]),
    ...wrapped(field.description, `${indent}#`),
    ...(name in chosen
      ? [...attributeLines(field, indent), `${indent}${name}: ${flow(chosen[name])}`]
      : valueLines(name, field, given[name] ?? field.placeholder, indent)),
  ]);
}

/** An input with its value, or in a comment with its default: in one line, so that it is right once uncommented. */
function valueLines(name: string, field: Field<unknown>, given: string | undefined, indent: string): readonly string[] {
  if (given !== undefined) {
    return [`${indent}${name}: ${JSON.stringify(given)}`];
  }
  const { shape } = field.kind;
  if (shape.form !== "object") {
    return [`${indent}# ${name}: ${flow(field.default)}`];
  }
  const map = Object.fromEntries(
    Object.entries(shape.fields).map(([attribute, { required, default: fallback }]) => [
      attribute,
      required ? TO_BE_FILLED_IN : fallback,
    ]),
  );
  const line = (value: string): string =>
    field.default === null ? `${indent}# ${name}: null # or ${value}` : `${indent}# ${name}: ${value}`;
  // What has too many attributes for a line has their defaults beside their descriptions.
  const isShort = line(flow(map)).length <= COMMENT_WIDTH;
  return [...attributeLines(field, indent, !isShort), line(isShort ? flow(map) : "{}")];
}

/** What the attributes of an object are for, and where that is wanted what they are by default. */
function attributeLines({ kind: { shape } }: Field<unknown>, indent: string, withDefaults = true): readonly string[] {
  return shape.form === "object"
    ? Object.entries(shape.fields).flatMap(([attribute, { description, default: fallback }]) =>
        wrapped(
          `${attribute}: ${description}${withDefaults && fallback !== null ? ` Default: ${flow(fallback)}.` : ""}`,
          `${indent}#  `,
          "  ",
        ),
      )
    : [];
}

function flow(value: unknown): string {
  return stringify(value, { collectionStyle: "flow", lineWidth: 0 }).trim();
}

/** A comment. Lines after the first may be indented further. */
function wrapped(text: string, margin: string, hanging = ""): readonly string[] {
  const lines: string[] = [];
  let current = margin;
  for (const word of text.split(/\s+/)) {
    if (current.length + word.length + 1 > COMMENT_WIDTH && current.trimEnd() !== margin) {
      lines.push(current);
      current = `${margin}${hanging}`;
    }
    current = `${current} ${word}`;
  }
  return [...lines, current];
}
