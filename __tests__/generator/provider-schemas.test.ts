import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "@cdktf/hcl2json";
import { readConfiguration } from "../../src/configuration";
import { moduleFiles } from "../../src/generator";
import { publishedModules } from "../../src/published";
import { synthesize } from "../../src/stacks";
import { misfits, type ProviderSchema, providerSchemas, typesIn } from "./support/provider-schemas";

type Parsed = Readonly<Record<string, unknown>>;

const CONFIGURATION = join(__dirname, "../../audit-trail.yaml");

/** The Terraform files of every published module, of those nested in it and of its examples, by path. */
const sources: readonly (readonly [path: string, hcl: string])[] = publishedModules.flatMap((source) =>
  [...moduleFiles(source)]
    .filter(([path]) => path.endsWith(".tf"))
    .map(([path, hcl]) => [`${source.name}/${path}`, hcl] as const),
);

/** The stacks of the configuration as it is committed, by path. */
const stacks: readonly (readonly [path: string, configuration: Parsed])[] = [
  ...synthesize(readConfiguration(CONFIGURATION, readFileSync(CONFIGURATION)).trails),
]
  .filter(([path]) => path.endsWith(".tf.json"))
  .map(([path, json]) => [path, JSON.parse(json) as Parsed] as const);

/** The same files, read. */
let modules: readonly (readonly [path: string, configuration: Parsed])[];

beforeAll(async () => {
  modules = await Promise.all(sources.map(async ([path, hcl]) => [path, (await parse(path, hcl)) as Parsed] as const));
});

const first = providerSchemas[0] as ProviderSchema;

describe("with the AWS provider", () => {
  test("in the oldest version that is allowed, and in two of the next major version", () => {
    expect(providerSchemas.map(({ version }) => version)).toEqual(["5.100.0", "6.25.0", "6.47.0"]);
  });

  test.each(providerSchemas.map((schema) => [schema.version, schema] as const))(
    "%s, the modules use only what there is and is not deprecated, and give all that must be given",
    (_, schema) => {
      const found = modules.map(([path, configuration]) => [path, misfits(configuration, schema)] as const);
      expect(found.filter(([, each]) => each.length > 0)).toEqual([]);
      expect(modules.flatMap(([, configuration]) => typesIn(configuration)).length).toBeGreaterThan(8);
    },
  );

  test.each(providerSchemas.map((schema) => [schema.version, schema] as const))(
    "%s, the stack of the default configuration does, too",
    (_, schema) => {
      expect(stacks.map(([, configuration]) => misfits(configuration, schema))).toEqual([[]]);
      expect(stacks.flatMap(([, configuration]) => typesIn(configuration))).toContain("aws_cloudtrail");
    },
  );
});

describe("what does not fit is found:", () => {
  const read = (expression: string): string => `output "a" {\n  value = ${expression}\n}\n`;

  test.each<readonly [string, string, readonly string[]]>([
    [
      "nothing in what is right",
      `resource "aws_s3_bucket_policy" "a" {
        count  = 1
        bucket = "a"
        policy = jsonencode({ Resource = aws_s3_bucket.a.arn })
        depends_on = [aws_s3_bucket.a]
      }`,
      [],
    ],
    [
      "an argument that is not known",
      'resource "aws_s3_bucket" "a" {\n  bukket = "a"\n}\n',
      ["aws_s3_bucket.a.bukket is not known"],
    ],
    [
      "an argument that is missing",
      'resource "aws_s3_bucket_policy" "a" {\n  bucket = "a"\n}\n',
      ["aws_s3_bucket_policy.a.policy must be given"],
    ],
    [
      "an argument that is deprecated",
      'resource "aws_s3_bucket" "a" {\n  acl = "private"\n}\n',
      ["aws_s3_bucket.a.acl is deprecated"],
    ],
    [
      "an attribute that can only be read",
      'resource "aws_s3_bucket" "a" {\n  arn = "a"\n}\n',
      ["aws_s3_bucket.a.arn can only be read"],
    ],
    [
      "a block that is missing",
      'resource "aws_s3_bucket_versioning" "a" {\n  bucket = "a"\n}\n',
      ["aws_s3_bucket_versioning.a.versioning_configuration must be given"],
    ],
    [
      "a block that is deprecated",
      'resource "aws_s3_bucket" "a" {\n  versioning {\n    enabled = true\n  }\n}\n',
      ["aws_s3_bucket.a.versioning is deprecated"],
    ],
    [
      "what is wrong in a dynamic block within another",
      `resource "aws_cloudtrail" "a" {
        name           = "a"
        s3_bucket_name = "a"
        dynamic "advanced_event_selector" {
          for_each = [1]
          content {
            dynamic "field_selector" {
              for_each = [1]
              content {
                equal = ["a"]
              }
            }
          }
        }
      }`,
      [
        "aws_cloudtrail.a.advanced_event_selector.field_selector.equal is not known",
        "aws_cloudtrail.a.advanced_event_selector.field_selector.field must be given",
      ],
    ],
    [
      "a dynamic block that is not known",
      'resource "aws_s3_bucket" "a" {\n  dynamic "rule" {\n    for_each = [1]\n    content {}\n  }\n}\n',
      ["aws_s3_bucket.a.rule is not known"],
    ],
    [
      "what is read and not known",
      read("one(aws_s3_bucket.a[*].arm)"),
      ["aws_s3_bucket's arm, which is read, is not known"],
    ],
    [
      "what is read and deprecated",
      read('"a ${aws_s3_bucket.a.website_domain}"'),
      ["aws_s3_bucket's website_domain, which is read, is deprecated"],
    ],
    [
      "what is read of a data source and not known",
      read("data.aws_caller_identity.a.account"),
      ["data.aws_caller_identity's account, which is read, is not known"],
    ],
    [
      "a type of which there is no schema, with how to get it",
      'data "aws_region" "a" {}\n',
      [expect.stringMatching(/^data\.aws_region is not in .*provider-schemas: add it to build\/provider-schema\.cjs/)],
    ],
    [
      "a type of which there is no schema, and which is only read",
      read("aws_instance.a.id"),
      [expect.stringMatching(/^aws_instance is not in .*provider-schemas: add it/)],
    ],
  ])("%s", async (_, hcl, expected) => {
    expect(misfits((await parse("main.tf", hcl)) as Parsed, first)).toEqual(expected);
  });

  test("what only a newer version deprecates", async () => {
    const hcl = `resource "aws_s3_bucket_versioning" "a" {
      bucket                = "a"
      expected_bucket_owner = "111122223333"
      versioning_configuration {
        status = "Enabled"
      }
    }`;
    const configuration = (await parse("main.tf", hcl)) as Parsed;
    expect(providerSchemas.map((schema) => misfits(configuration, schema))).toEqual([
      [],
      [],
      ["aws_s3_bucket_versioning.a.expected_bucket_owner is deprecated"],
    ]);
  });

  test.each([
    ["an argument", /\bblock_public_policy\b/, "block_public_policies"],
    ["a block", /\bversioning_configuration\b/, "versioning_configurations"],
    ["an argument of a dynamic block", /\bnoncurrent_days\b/, "noncurrent_weeks"],
    ["what is read", /\baws_s3_bucket\.log_bucket\.bucket\b/, "aws_s3_bucket.log_bucket.bucket_name"],
  ])("%s that is misspelt in a module, with every version", async (_, from, to) => {
    const [path, hcl] = sources.find(([, each]) => from.test(each)) as readonly [string, string];
    const configuration = (await parse(path, hcl.replace(from, to))) as Parsed;
    for (const schema of providerSchemas) {
      expect(misfits(configuration, schema)).toContainEqual(expect.stringMatching(/is not known$/));
    }
  });

  test.each([
    ["an argument", "enable_log_file_validation", "enable_log_file_validations"],
    ["a block", "field_selector", "field_selectors"],
  ])("%s that is misspelt in a stack, with every version", (_, from, to) => {
    const json = JSON.stringify(stacks[0]?.[1]);
    expect(json).toContain(`"${from}"`);
    for (const schema of providerSchemas) {
      const configuration = JSON.parse(json.replace(`"${from}"`, `"${to}"`)) as Parsed;
      expect(misfits(configuration, schema)).toContainEqual(expect.stringMatching(`${to} is not known$`));
    }
  });
});
