import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

const FOLDER = join(__dirname, "../../fixtures/provider-schemas");

interface Attribute {
  readonly type: string;
  readonly required?: true;
  readonly optional?: true;
  readonly computed?: true;
  readonly deprecated?: true;
}

interface Block {
  readonly required?: true;
  readonly deprecated?: true;
  readonly attributes: Readonly<Record<string, Attribute>>;
  readonly blocks: Readonly<Record<string, Block>>;
}

type Mode = "resource" | "data";

/** What a version of the AWS provider takes and gives. */
export interface ProviderSchema extends Readonly<Record<Mode, Readonly<Record<string, Block>>>> {
  readonly version: string;
}

/** The committed schemas, by version. */
export const providerSchemas: readonly ProviderSchema[] = readdirSync(FOLDER)
  .filter((name) => name.endsWith(".json"))
  .sort()
  .map((name) => ({
    version: name.replace(/\.json$/, ""),
    ...(JSON.parse(readFileSync(join(FOLDER, name), "utf8")) as Omit<ProviderSchema, "version">),
  }));

type Body = Readonly<Record<string, unknown>>;

/** Arguments that Terraform itself takes in every resource, and the comments of its JSON. */
const TERRAFORM_ARGUMENTS = new Set(["count", "for_each", "depends_on", "lifecycle", "provider", "provisioner", "//"]);

/**
 * What the provider would refuse, or warn of, in a configuration: Terraform's JSON, or HCL as `@cdktf/hcl2json` reads
 * it. Empty where the configuration fits the schema.
 */
export function misfits(configuration: Body, schema: ProviderSchema): readonly string[] {
  return [...new Set([...misfitsOfResources(configuration, schema), ...misfitsOfReads(configuration, schema)])];
}

/** The types of resources and data sources in a configuration: `aws_cloudtrail`, `data.aws_caller_identity`. */
export function typesIn(configuration: Body): readonly string[] {
  return resourcesOf(configuration).map(({ mode, type }) => typeName(mode, type));
}

/**
 * The resources that could say their region with a version of the provider: their addresses, with the region that they
 * say, if any.
 */
export function regionsIn(configuration: Body, schema: ProviderSchema): Readonly<Record<string, unknown>> {
  return Object.fromEntries(
    resourcesOf(configuration)
      .filter(({ mode, type }) => schema[mode][type]?.attributes.region !== undefined)
      .map(({ mode, type, name, body }) => [`${typeName(mode, type)}.${name}`, body.region]),
  );
}

function typeName(mode: Mode, type: string): string {
  return mode === "data" ? `data.${type}` : type;
}

function resourcesOf(
  configuration: Body,
): readonly { readonly mode: Mode; readonly type: string; readonly name: string; readonly body: Body }[] {
  return (["resource", "data"] as const).flatMap((mode) =>
    Object.entries((configuration[mode] ?? {}) as Readonly<Record<string, Body>>).flatMap(([type, byName]) =>
      Object.entries(byName).flatMap(([name, bodies]) =>
        listOf(bodies as Body | readonly Body[]).map((body) => ({ mode, type, name, body })),
      ),
    ),
  );
}

/** Blocks are lists in what is read from HCL, and may be single ones in JSON. */
function listOf<T>(value: T | readonly T[]): readonly T[] {
  return Array.isArray(value) ? value : [value as T];
}

function misfitsOfResources(configuration: Body, schema: ProviderSchema): readonly string[] {
  return resourcesOf(configuration).flatMap(({ mode, type, name, body }) => {
    const block = schema[mode][type];
    return block === undefined && isMissing(type, schema)
      ? []
      : block === undefined
        ? [unknownType(mode, type)]
        : misfitsOfBody(without(body, TERRAFORM_ARGUMENTS), block, `${typeName(mode, type)}.${name}`);
  });
}

/**
 * Types of which the source of the schemas of AWS provider 6 has none. They are compared with that of 5.100.0, and the
 * bindings, which are made from 6.25.0, take what is given.
 */
const WITHOUT_SCHEMA_OF_6 = ["aws_cloudwatch_event_permission", "aws_iam_role_policy_attachment"];

function isMissing(type: string, { version }: ProviderSchema): boolean {
  return version.startsWith("6.") && WITHOUT_SCHEMA_OF_6.includes(type);
}

function unknownType(mode: Mode, type: string): string {
  return (
    `${typeName(mode, type)} is not in __tests__/fixtures/provider-schemas: add it to build/provider-schema.cjs, and ` +
    "make the schemas again as the README there says"
  );
}

function without(body: Body, names: ReadonlySet<string>): Body {
  return Object.fromEntries(Object.entries(body).filter(([name]) => !names.has(name)));
}

function misfitsOfBody(body: Body, block: Block, path: string): readonly string[] {
  const { dynamic = {}, ...written } = body;
  const given = new Set(Object.keys(written));
  const found: string[] = [];
  const nested = (name: string, inner: Body): void => {
    const at = `${path}.${name}`;
    const of = block.blocks[name];
    if (of === undefined) {
      found.push(`${at} is not known`);
    } else {
      found.push(...(of.deprecated ? [`${at} is deprecated`] : []), ...misfitsOfBody(inner, of, at));
    }
  };
  for (const [name, value] of Object.entries(written)) {
    const attribute = block.attributes[name];
    if (attribute === undefined) {
      for (const inner of listOf(value as Body | readonly Body[])) {
        nested(name, inner);
      }
    } else if (attribute.deprecated) {
      found.push(`${path}.${name} is deprecated`);
    } else if (!attribute.required && !attribute.optional) {
      found.push(`${path}.${name} can only be read`);
    }
  }
  for (const [name, each] of listOf(dynamic as Body | readonly Body[]).flatMap((entry) => Object.entries(entry))) {
    given.add(name);
    for (const { content } of listOf(each as { readonly content: Body | readonly Body[] })) {
      for (const inner of listOf(content)) {
        nested(name, inner);
      }
    }
  }
  for (const [name, { required }] of [...Object.entries(block.attributes), ...Object.entries(block.blocks)]) {
    if (required && !given.has(name)) {
      found.push(`${path}.${name} must be given`);
    }
  }
  return found;
}

/**
 * `aws_s3_bucket.logs[0].arn` within an expression, and the same of a data source. A text within an expression that
 * looks like it is taken for it: rather that than one overlooked.
 */
const READ = /(?<![\w.-])(data\.)?(aws_\w+)\.\w+(?:\[[^\]]*\])?\.(\w+)/g;

function misfitsOfReads(value: unknown, schema: ProviderSchema): readonly string[] {
  if (typeof value === "string") {
    // Outside of expressions, it is only a text.
    return value.includes("${") ? [...value.matchAll(READ)].flatMap((read) => misfitsOfRead(read, schema)) : [];
  }
  return typeof value === "object" && value !== null
    ? Object.values(value).flatMap((each) => misfitsOfReads(each, schema))
    : [];
}

function misfitsOfRead(
  [, data, type, name]: readonly (string | undefined)[],
  schema: ProviderSchema,
): readonly string[] {
  const mode = data === undefined ? "resource" : "data";
  const block = schema[mode][type as string];
  if (block === undefined) {
    return [unknownType(mode, type as string)];
  }
  const path = `${typeName(mode, type as string)}'s ${name}, which is read,`;
  const read = block.attributes[name as string] ?? block.blocks[name as string];
  return read === undefined ? [`${path} is not known`] : read.deprecated ? [`${path} is deprecated`] : [];
}
