#!/usr/bin/env node
// Reduces the schema of the AWS provider to what the tests compare with:
//
//   terraform providers schema -json | node build/provider-schema.cjs > __tests__/fixtures/provider-schemas/VERSION.json
//
// A type that the project begins to use is added here.
const { text: textOf } = require("node:stream/consumers");

const TYPES = {
  resource: [
    "aws_cloudtrail",
    "aws_cloudwatch_dashboard",
    "aws_cloudwatch_event_permission",
    "aws_cloudwatch_event_rule",
    "aws_cloudwatch_event_target",
    "aws_cloudwatch_log_group",
    "aws_cloudwatch_log_metric_filter",
    "aws_cloudwatch_metric_alarm",
    "aws_iam_openid_connect_provider",
    "aws_iam_policy",
    "aws_iam_role",
    "aws_iam_role_policy",
    "aws_iam_role_policy_attachment",
    "aws_kms_alias",
    "aws_kms_key",
    "aws_s3_bucket",
    "aws_s3_bucket_lifecycle_configuration",
    "aws_s3_bucket_logging",
    "aws_s3_bucket_notification",
    "aws_s3_bucket_object_lock_configuration",
    "aws_s3_bucket_ownership_controls",
    "aws_s3_bucket_policy",
    "aws_s3_bucket_public_access_block",
    "aws_s3_bucket_server_side_encryption_configuration",
    "aws_s3_bucket_versioning",
    "aws_sns_topic",
    "aws_sns_topic_policy",
    "aws_sns_topic_subscription",
    "aws_sqs_queue",
    "aws_sqs_queue_policy",
  ],
  data: ["aws_caller_identity"],
};

/** The type of an attribute as Terraform's language has it: ["list", "string"] is list(string). */
function typeText(type) {
  if (typeof type === "string") return type;
  const [kind, of] = type;
  if (kind !== "object") return `${kind}(${typeText(of)})`;
  return `object({${Object.entries(of).map(([name, each]) => `${name}=${typeText(each)}`)}})`;
}

/** The flags that are set. */
function flags(source, names) {
  return Object.fromEntries(names.filter((name) => source[name] === true).map((name) => [name, true]));
}

function reducedAttribute(attribute) {
  if (attribute.type === undefined) throw new Error("nested attributes are not reduced yet");
  return { type: typeText(attribute.type), ...flags(attribute, ["required", "optional", "computed", "deprecated"]) };
}

function mapped(entries = {}, map) {
  return Object.fromEntries(
    Object.keys(entries)
      .sort()
      .map((name) => [name, map(entries[name])]),
  );
}

function reducedBlock({ attributes, block_types: blocks, ...block }) {
  return {
    ...flags(block, ["deprecated"]),
    attributes: mapped(attributes, reducedAttribute),
    blocks: mapped(blocks, ({ block: inner, min_items: least = 0 }) => ({
      ...(least > 0 ? { required: true } : {}),
      ...reducedBlock(inner),
    })),
  };
}

/** JSON with an attribute in each line, laid out as the formatter of this repository wants it. */
function text(value, margin = "") {
  const entries = Object.entries(value);
  if (entries.length === 0) return "{}";
  if (entries.every(([, each]) => typeof each !== "object")) {
    return `{ ${entries.map(([name, each]) => `${JSON.stringify(name)}: ${JSON.stringify(each)}`).join(", ")} }`;
  }
  const inner = `${margin}  `;
  const lines = entries.map(
    ([name, each]) =>
      `${inner}${JSON.stringify(name)}: ${typeof each === "object" ? text(each, inner) : JSON.stringify(each)}`,
  );
  return `{\n${lines.join(",\n")}\n${margin}}`;
}

/** The fixture of a dump: the text of its file. */
function reduce(dump) {
  const provider = dump.provider_schemas["registry.terraform.io/hashicorp/aws"];
  const reduced = (types, schemas) =>
    Object.fromEntries(
      types.flatMap((type) => {
        if (schemas[type] !== undefined) return [[type, reducedBlock(schemas[type].block)]];
        // Those of AWS provider 6 have not all types: see __tests__/generator/support/provider-schemas.ts.
        if (process.argv.includes("--partial")) return [];
        throw new Error(`the dump has no ${type}`);
      }),
    );
  return `${text({
    resource: reduced(TYPES.resource, provider.resource_schemas),
    data: reduced(TYPES.data, provider.data_source_schemas),
  })}\n`;
}

textOf(process.stdin).then((dump) => process.stdout.write(reduce(JSON.parse(dump))));
