import { stringify } from "yaml";
import { auditTrailDefinition } from "../audit-trail/inputs";
import type { Field, Fields } from "../inputs";
import { s3State } from "../stacks";
import { stackDefinition } from "./stack-options";

/** What a new configuration begins with, in place of the placeholders. */
export type Answers = Readonly<Record<string, string>>;

const COMMENT_WIDTH = 100;

/**
 * A configuration of the user's trail, with every input explained: those that must be chosen have values, the others
 * stand there with their defaults, as comments.
 *
 * @param schema the way from the file to its JSON schema
 */
export function configurationTemplate(schema: string, answers: Answers = {}): string {
  const region = answers.region ?? "eu-central-1";
  const state = {
    bucket: answers.state_bucket ?? (s3State.fields.bucket as Field<unknown>).placeholder ?? "",
    region,
  };
  const given = { region, ...answers };
  return [
    `# yaml-language-server: $schema=${schema}`,
    "#",
    ...wrapped(
      "An AWS CloudTrail audit trail: one trail for the whole account, in all regions, with all management events and " +
        "all S3 and Lambda data events, delivered to a new S3 bucket and protected by log-file validation.",
      "",
    ),
    "#",
    "# Check it with `npx audit-trail check`. What is commented out stands there with its default.",
    "",
    "# Where Terraform keeps its state: s3, cloud (HCP Terraform), local (for trials), or another backend by its name.",
    "state:",
    "  s3:",
    ...fieldLines(s3State.fields, state, "    "),
    "",
    "# One stack an entry. What several trails share may stand under `defaults:`, beside `trails:`.",
    "trails:",
    `  ${answers.account_name ?? "example"}:`,
    ...fieldLines({ ...auditTrailDefinition.fields, ...stackDefinition.fields }, given, "    "),
    "",
  ].join("\n");
}

function fieldLines(fields: Fields, given: Answers, indent: string): readonly string[] {
  return Object.entries(fields).flatMap(([name, field], index) => [
    ...(index === 0 ? [] : [""]),
    ...wrapped(field.description, indent),
    ...valueLines(name, field, given[name] ?? field.placeholder, indent),
  ]);
}

function valueLines(name: string, field: Field<unknown>, given: string | undefined, indent: string): readonly string[] {
  if (given !== undefined) {
    return [`${indent}${name}: ${JSON.stringify(given)}`];
  }
  const { shape } = field.kind;
  const fallback = field.default;
  if (shape.form === "object" && fallback === null) {
    return [`${indent}# ${name}: # null by default`, ...exampleLines(shape.fields, `${indent}#   `)];
  }
  if (shape.form === "object") {
    return [`${indent}# ${name}:`, ...exampleLines(shape.fields, `${indent}#   `)];
  }
  return [`${indent}# ${name}: ${stringify(fallback, { collectionStyle: "flow" }).trim()}`];
}

/** The attributes of an object, in a comment. */
function exampleLines(fields: Fields, margin: string): readonly string[] {
  return Object.entries(fields).flatMap(([name, field]) => {
    const shown = field.required ? "…" : stringify(field.default, { collectionStyle: "flow" }).trim();
    return [...wrapped(field.description, margin), `${margin}${name}: ${shown}`];
  });
}

function wrapped(text: string, indent: string): readonly string[] {
  const lines: string[] = [];
  let current = `${indent}#`;
  for (const word of text.split(/\s+/)) {
    if (current.length + word.length + 1 > COMMENT_WIDTH && current !== `${indent}#`) {
      lines.push(current);
      current = `${indent}#`;
    }
    current = `${current} ${word}`;
  }
  return [...lines, current];
}
