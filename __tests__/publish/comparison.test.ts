import { changelogEntry, compareReleases, subjectOf } from "../../src/publish/comparison";

/** The findings of a comparison of two modules, as one line each. */
async function found(earlier: string | Files, later: string | Files): Promise<readonly string[]> {
  const release = (given: string | Files): Release => ({
    files: new Map(Object.entries(typeof given === "string" ? { "main.tf": given } : given)),
    where: "it",
  });
  const { findings } = await compareReleases(release(earlier), release(later));
  return findings.map((each) => `${each.severity} ${subjectOf(each)} ${each.sentence}`);
}

type Files = Readonly<Record<string, string>>;
type Release = Parameters<typeof compareReleases>[0];

const input = (body: string): string => `variable "name" {\n${body}\n}\n`;
const typed = (type: string): string => input(`type = ${type}\n`);
const bucket = (body: string): string => `resource "aws_s3_bucket" "logs" {\n${body}\n}\n`;
const terraform = (body: string): string => `terraform {\n${body}\n}\n`;
const provider = (body: string): string => terraform(`required_providers {\naws = {\n${body}\n}\n}`);

describe("of an input it is found that it", () => {
  test.each<[string, string, string, readonly string[]]>([
    ["was removed", `${bucket("")}${input("default = 1")}`, bucket(""), ["major var.name was removed"]],
    [
      "was added",
      bucket(""),
      `${bucket("")}${input("default = 1")}`,
      ["minor var.name was added, and may be left out"],
    ],
    [
      "was added and must be given",
      bucket(""),
      `${bucket("")}${input("")}`,
      ["major var.name was added, and must be given"],
    ],
    [
      "was renamed",
      input("default = 1"),
      'variable "other" {\ndefault = 1\n}',
      ["major var.name was removed", "minor var.other was added, and may be left out"],
    ],
    ["must be given now", input("default = 1"), input(""), ["major var.name must be given"]],
    ["may be left out now", input(""), input("default = 1"), ["minor var.name may be left out"]],
    [
      "has another default",
      input("default = null"),
      input("default = 365"),
      ["major var.name has the default 365; before null"],
    ],
    ["has another type", typed("string"), typed("number"), ["major var.name is of the type number; before string"]],
    ["takes any type", typed("string"), typed("any"), ["minor var.name takes values of any type; before string"]],
    [
      "has another collection",
      typed("list(string)"),
      typed("set(string)"),
      ["major var.name is of the type set(string); before list(string)"],
    ],
    [
      "has other items",
      typed("list(string)"),
      typed("list(number)"),
      ["major var.name[*] is of the type number; before string"],
    ],
    [
      "has another optional attribute",
      typed("object({ a = string })"),
      typed('object({\n a = string,\n b = optional(list(object({ c = string })), [{ c = "}" }])\n})'),
      ["minor var.name.b was added, and may be left out"],
    ],
    [
      "has another required attribute",
      typed("object({ a = string })"),
      typed("object({ a = string, b = string })"),
      ["major var.name.b was added, and must be given"],
    ],
    [
      "has an attribute less",
      typed("object({ a = string, b = string })"),
      typed("object({ a = string })"),
      ["major var.name.b was removed"],
    ],
    [
      "has an attribute that must be given",
      typed("object({ a = optional(string) })"),
      typed("object({ a = string })"),
      ["major var.name.a must be given"],
    ],
    [
      "has an attribute that may be left out",
      typed("object({ a = string })"),
      typed("object({ a = optional(string) })"),
      ["minor var.name.a may be left out"],
    ],
    [
      "has an attribute with another default",
      typed('object({ a = optional(string, "x") })'),
      typed('object({ a = optional(string, "y") })'),
      ['major var.name.a has the default "y"; before "x"'],
    ],
    [
      "has another tuple",
      typed("tuple([string])"),
      typed("tuple([string, bool])"),
      ["major var.name is of the type tuple ( [ string , bool ] ); before tuple ( [ string ] )"],
    ],
    [
      "does not take null",
      input("type = string"),
      input("type = string\nnullable = false"),
      ["major var.name does not take null any more"],
    ],
    ["takes null", input("type = string\nnullable = false"), input("type = string"), ["minor var.name takes null"]],
    [
      "takes null for its default",
      input("default = 1"),
      input("default = 1\nnullable = false"),
      ["major var.name takes null for its default, and not as a value of its own"],
    ],
    [
      "takes null not for its default",
      input("default = 1\nnullable = false"),
      input("default = 1"),
      ["major var.name takes null as a value of its own, and not for its default"],
    ],
    ["is sensitive", input(""), input("sensitive = true"), ["major var.name is sensitive"]],
    [
      "is not sensitive",
      input("sensitive = true"),
      input("sensitive = false"),
      ["minor var.name is not sensitive any more"],
    ],
    [
      "has a rule",
      input(""),
      input('validation {\ncondition = var.name != ""\nerror_message = "no"\n}'),
      ["major var.name has a new rule: it may refuse what was taken", "patch var.name is described in other words"],
    ],
    [
      "has another rule",
      input('validation {\ncondition = length(var.name) < 9\nerror_message = "no"\n}'),
      input('validation {\ncondition = length(var.name) < 8\nerror_message = "no"\n}'),
      ["major var.name has a rule that changed: it may refuse what was taken"],
    ],
    [
      "has a rule less",
      input('validation {\ncondition = var.name != ""\nerror_message = "no"\n}'),
      input(""),
      ["minor var.name has a rule less: it may take what was refused", "patch var.name is described in other words"],
    ],
    [
      "is described in other words",
      input('description = "a"'),
      input('description = "b"'),
      ["patch var.name is described in other words"],
    ],
  ])("%s", async (_, earlier, later, expected) => {
    expect(await found(earlier, later)).toEqual(expected);
  });
});

describe("of an output it is found that it", () => {
  const output = (body: string): string => `output "arn" {\n${body}\n}\n`;

  test.each<[string, string, string, readonly string[]]>([
    [
      "was removed",
      output("value = 1"),
      bucket(""),
      ["major output.arn was removed", "minor aws_s3_bucket.logs was added: Terraform creates it"],
    ],
    ["was added", bucket(""), `${bucket("")}${output("value = 1")}`, ["minor output.arn was added"]],
    ["is another value", output("value = 1"), output("value = 2"), ["minor output.arn is computed in another way"]],
    ["is sensitive", output("value = 1"), output("value = 1\nsensitive = true"), ["major output.arn is sensitive"]],
  ])("%s", async (_, earlier, later, expected) => {
    expect(await found(earlier, later)).toEqual(expected);
  });
});

describe("of the versions that it takes it is found that", () => {
  test.each<[string, string, string, readonly string[]]>([
    [
      "a later Terraform is needed",
      terraform('required_version = ">= 1.9.0"'),
      terraform('required_version = ">= 1.10.0"'),
      [
        "major terraform.required_version does not take every version of Terraform that it took: >= 1.10.0; before >= 1.9.0",
      ],
    ],
    [
      "more versions of the provider will do",
      provider('version = "< 6.0.0"'),
      provider('version = "< 7.0.0"'),
      ["minor terraform.required_providers.aws takes more versions of the provider aws: < 7.0.0; before < 6.0.0"],
    ],
    [
      "it is said in another way",
      provider('version = "~> 5.1"'),
      provider('version = ">= 5.1.0, < 6.0.0"'),
      ["patch  Nothing changed but text: documentation, examples, tests, or the way in which something is written"],
    ],
    [
      "the provider is another one",
      provider('source = "hashicorp/aws"'),
      provider('source = "acme/aws"'),
      ["major terraform.required_providers.aws is acme/aws; before hashicorp/aws"],
    ],
    [
      "a provider must be passed",
      provider('source = "hashicorp/aws"'),
      provider('source = "hashicorp/aws"\nconfiguration_aliases = [aws.logs]'),
      ["major terraform.required_providers.aws takes other configurations"],
    ],
    [
      "a provider is needed, too",
      terraform(""),
      provider('source = "hashicorp/aws"'),
      ["minor terraform.required_providers.aws is needed, too: hashicorp/aws"],
    ],
    [
      "a provider is not needed",
      provider('source = "hashicorp/aws"'),
      terraform(""),
      ["minor terraform.required_providers.aws is not needed any more"],
    ],
  ])("%s", async (_, earlier, later, expected) => {
    expect(await found(earlier, later)).toEqual(expected);
  });
});

describe("of a resource it is found that it", () => {
  const other = 'resource "aws_s3_bucket" "other" {\n}\n';
  const moved = (from: string, to: string): string => `moved {\nfrom = ${from}\nto = ${to}\n}\n`;

  test.each<[string, string, string, readonly string[]]>([
    [
      "was removed",
      `${bucket("")}${other}`,
      other,
      ["major aws_s3_bucket.logs was removed without a moved block: Terraform destroys it"],
    ],
    [
      "is forgotten",
      `${bucket("")}${other}`,
      `${other}removed {\nfrom = aws_s3_bucket.logs\nlifecycle {\ndestroy = false\n}\n}`,
      ["major aws_s3_bucket.logs was removed: Terraform forgets it, and leaves it as it is"],
    ],
    [
      "was moved",
      bucket(""),
      `${other}${moved("aws_s3_bucket.logs", "aws_s3_bucket.other[0]")}`,
      ["patch aws_s3_bucket.other was moved from aws_s3_bucket.logs: Terraform follows by itself"],
    ],
    [
      "was moved twice",
      bucket(""),
      `${other}${moved("aws_s3_bucket.logs", "aws_s3_bucket.between")}${moved("aws_s3_bucket.between", "aws_s3_bucket.other")}`,
      ["patch aws_s3_bucket.other was moved from aws_s3_bucket.logs: Terraform follows by itself"],
    ],
    [
      "was moved, and is made anew",
      bucket('bucket = "a"'),
      `resource "aws_s3_bucket" "other" {\nbucket = "b"\n}\n${moved("aws_s3_bucket.logs", "aws_s3_bucket.other")}`,
      [
        'major aws_s3_bucket.other.bucket is "b"; before "a": another value forces replacement, and Terraform destroys what is there',
        "patch aws_s3_bucket.other was moved from aws_s3_bucket.logs: Terraform follows by itself",
      ],
    ],
    [
      "has another argument",
      bucket("force_destroy = true"),
      bucket("force_destroy = false"),
      ["minor aws_s3_bucket.logs.force_destroy is false; before true"],
    ],
    [
      "has an argument more",
      bucket(""),
      bucket("bucket = local.x"),
      [
        "major aws_s3_bucket.logs.bucket is set: another value forces replacement, and Terraform destroys what is there",
      ],
    ],
    [
      "has an argument from a local that changed",
      `${bucket("bucket = local.name")}locals {\nname = "\${local.prefix}-x"\nprefix = "a"\n}`,
      `${bucket("bucket = local.name")}locals {\nname = "\${local.prefix}-x"\nprefix = "b"\n}`,
      [
        "major aws_s3_bucket.logs.bucket is computed in another way: another value forces replacement, and Terraform destroys what is there",
      ],
    ],
    ["may be left out", bucket(""), bucket("count = 1"), ["minor aws_s3_bucket.logs may be left out"]],
    ["is always there", bucket("count = 1"), bucket(""), ["minor aws_s3_bucket.logs is always there"]],
    [
      "has another count",
      bucket("count = 1"),
      bucket("count = 2"),
      ["minor aws_s3_bucket.logs has instances by another count"],
    ],
    [
      "has instances by key",
      bucket("count = 1"),
      bucket('for_each = toset(["a"])'),
      [
        "major aws_s3_bucket.logs has instances by for_each, before by count: they get other addresses, and Terraform makes them anew",
      ],
    ],
    [
      "has a condition",
      bucket(""),
      bucket('lifecycle {\nprecondition {\ncondition = var.x\nerror_message = "no"\n}\n}'),
      ["major aws_s3_bucket.logs has a new condition: it may refuse what was taken"],
    ],
    [
      "has another block",
      bucket("dynamic rule {\nfor_each = [1]\ncontent {\nid = rule.value\n}\n}".replace("rule {", '"rule" {')),
      bucket('dynamic "rule" {\nfor_each = [2]\ncontent {\nid = rule.value\n}\n}'),
      ["minor aws_s3_bucket.logs.rule is computed in another way"],
    ],
  ])("%s", async (_, earlier, later, expected) => {
    expect(await found(earlier, later)).toEqual(expected);
  });
});

describe("a nested module", () => {
  const nested = (body: string): string =>
    `variable "name" {\ndefault = "x"\n}\n${bucket(`bucket = var.name\n${body}`)}`;
  const call = (body: string): string => `module "logs" {\nsource = "./modules/logs"\n${body}\n}\n`;

  test("is compared where it is called, and by itself", async () => {
    expect(
      await found(
        { "main.tf": call(""), "modules/logs/main.tf": nested("force_destroy = true") },
        { "main.tf": call(""), "modules/logs/main.tf": nested("force_destroy = false") },
      ),
    ).toEqual([
      "minor module.logs.aws_s3_bucket.logs.force_destroy is false; before true",
      "minor modules/logs: aws_s3_bucket.logs.force_destroy is false; before true",
    ]);
  });

  test("is another one where it is called with another value", async () => {
    expect(
      await found(
        { "main.tf": call('name = "a"'), "modules/logs/main.tf": nested("") },
        { "main.tf": call('name = "b"'), "modules/logs/main.tf": nested("") },
      ),
    ).toEqual([
      "major module.logs.aws_s3_bucket.logs.bucket is computed in another way: another value forces replacement, and Terraform destroys what is there",
    ]);
  });

  test("that a resource was moved into keeps it", async () => {
    const moved = "moved {\nfrom = aws_s3_bucket.logs\nto = module.logs.aws_s3_bucket.logs\n}\n";
    expect(
      await found(
        { "main.tf": bucket("bucket = var.name") },
        { "main.tf": `${call("name = var.name")}${moved}`, "modules/logs/main.tf": nested("") },
      ),
    ).toEqual([
      "major module.logs.aws_s3_bucket.logs.bucket is computed in another way: another value forces replacement, and Terraform destroys what is there",
      "minor modules/logs was added",
      "patch module.logs.aws_s3_bucket.logs was moved from aws_s3_bucket.logs: Terraform follows by itself",
    ]);
  });

  test("that was moved as a whole keeps what is in it", async () => {
    const moved = "moved {\nfrom = module.logs\nto = module.other\n}\n";
    expect(
      await found(
        { "main.tf": call(""), "modules/logs/main.tf": nested("") },
        { "main.tf": `${call("").replace('"logs"', '"other"')}${moved}`, "modules/logs/main.tf": nested("") },
      ),
    ).toEqual([
      "patch module.other.aws_s3_bucket.logs was moved from module.logs.aws_s3_bucket.logs: Terraform follows by itself",
    ]);
  });

  test("that is gone is gone for who calls it alone", async () => {
    expect(await found({ "main.tf": terraform(""), "modules/logs/main.tf": nested("") }, terraform(""))).toEqual([
      "major modules/logs was removed",
    ]);
  });

  test("that calls itself, or refers in a circle, is read to the end", async () => {
    const circle = {
      "main.tf": `${call("")}locals {\na = local.b\nb = local.a\n}\n${bucket("bucket = local.a")}`,
      "modules/logs/main.tf": 'module "again" {\nsource = "../logs"\n}\n',
    };
    expect(await found(circle, { ...circle, "README.md": "" })).toEqual([
      "patch  Nothing changed but text: documentation, examples, tests, or the way in which something is written",
    ]);
  });
});

test("both syntaxes say the same", async () => {
  const json = {
    terraform: { required_providers: { aws: { source: "hashicorp/aws", version: ">= 5.0.0" } } },
    variable: {
      name: {
        type: "list(string)",
        default: [],
        validation: { condition: "${length(var.name) > 0}", error_message: "no" },
      },
    },
    resource: { aws_s3_bucket: { logs: { bucket: "${var.name[0]}", rule: { id: "x" } } } },
    module: { other: { source: "acme/other/aws", version: "1.0.0" } },
    output: { arn: { value: "${aws_s3_bucket.logs.arn}" } },
  };
  const hcl = `
terraform {
  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = ">= 5.0.0"
    }
  }
}
variable "name" {
  type    = list(string)
  default = []
  validation {
    condition     = length(var.name) > 0
    error_message = "no"
  }
}
resource "aws_s3_bucket" "logs" {
  bucket = var.name[0]
  rule {
    id = "x"
  }
}
module "other" {
  source  = "acme/other/aws"
  version = "1.0.0"
}
output "arn" {
  value = aws_s3_bucket.logs.arn
}
`;
  expect(await found(hcl, { "main.tf.json": JSON.stringify(json) })).toEqual([
    "patch  Nothing changed but text: documentation, examples, tests, or the way in which something is written",
  ]);
});

test.each<[string, Files, string]>([
  ["is wrong", { "main.tf": 'variable "a {' }, "it: main.tf: cannot be read: "],
  ["is wrong JSON", { "main.tf.json": "{" }, "it: main.tf.json: cannot be read: "],
  ["is no module", { "README.md": "" }, "it: has no Terraform file in its root, as every module has"],
])("what %s is told", async (_, files, message) => {
  await expect(found(files, files)).rejects.toThrow(message);
});

test("the entry of the changelog has what changed, the gravest first, and what to do", async () => {
  const release = (text: string): Release => ({ files: new Map([["main.tf", text]]), where: "it" });
  const comparison = await compareReleases(
    release(`${input("default = 1")}${bucket("")}`),
    release(
      `${bucket("force_destroy = true")}${input('default = 1\ndescription = "x"')}variable "more" {}`.replace(
        '"more" {}',
        '"more" {\n}',
      ),
    ),
  );
  expect(changelogEntry("2.0.0", comparison)).toBe(`## 2.0.0

### Breaking changes

- \`var.more\` was added, and must be given. Give it a value.

### Changes

- \`aws_s3_bucket.logs.force_destroy\` is set. See in the plan what it changes.

### Small things

- \`var.name\` is described in other words.
`);
  expect(changelogEntry("1.0.0", null)).toBe("## 1.0.0\n\nThe first release.\n");
  expect(changelogEntry("1.0.1", { findings: [], severity: null })).toBe("## 1.0.1\n\nNothing changed.\n");
});
