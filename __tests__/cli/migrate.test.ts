import { CONFIGURATION, Folder } from "./support/command";

const FILES = ["main.tf", "moved.tf", "outputs.tf", "versions.tf"];
const SOURCE = "../../modules/terraform-aws-audit-trail";
const NOTE = "# Written by audit-trail migrate, which writes it anew only as long as this line stands here.\n";

let folder: Folder;

beforeEach(() => {
  folder = new Folder();
  folder.write("audit-trail.yaml", CONFIGURATION);
});

afterEach(() => {
  folder.remove();
});

interface Migrated {
  readonly name: string;
  readonly folder: string | null;
  readonly moves: readonly { readonly from: string; readonly to: string }[];
  readonly files: Readonly<Record<string, string>>;
  readonly commands?: readonly string[];
}

/** What the command tells as JSON of each stack. */
function migrated(...args: readonly string[]): readonly Migrated[] {
  const { code, stdout, stderr } = folder.run("migrate", ...args, "--json");
  expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
  return (JSON.parse(stdout) as { stacks: readonly Migrated[] }).stacks;
}

/** A configuration of one trail. */
function configured(trail: string, state = "s3: { bucket: example-states, region: eu-central-1 }"): string {
  return `state: { ${state} }\ntrails:\n  prod: { account_id: "444455556666", account_name: prod, region: eu-central-1, owner: Ada, ${trail} }\n`;
}

describe("migrate", () => {
  test("prints a root module for each trail, and writes nothing", () => {
    const { code, stdout, stderr } = folder.run("migrate");
    expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
    const [, prod = "", test = ""] = stdout.split(/^# (?=prod:|test:)/m);
    expect(prod).toMatch(
      /^prod: account 444455556666, eu-central-1\n# A root module .*\n# 0 to add, 0 to change, 0 to/,
    );
    expect(test).toMatch(/^test: account 777788889999, eu-central-1\n/);
    expect(prod).toContain("# The source of the module is an example: replace it.\n");
    for (const block of ["terraform {", 'provider "aws" {', 'module "audit_trail" {', 'output "trail_arn" {']) {
      expect(prod).toContain(`\n${block}\n`);
    }
    expect(prod).toContain(
      "\nmoved {\n  from = aws_cloudtrail.trail\n  to   = module.audit_trail.module.trail.aws_cloudtrail.trail[0]\n}\n",
    );
    expect(prod.match(/^moved \{$/gm)).toHaveLength(8);
    expect(folder.files()).toEqual(["audit-trail.yaml"]);
  });

  test("moves every resource that check lists, each once", () => {
    const { trails } = JSON.parse(folder.run("check", "--json").stdout) as { trails: [{ resources: string[] }] };
    const [{ moves }] = migrated() as [Migrated];
    expect(moves.map(({ from }) => from).sort()).toEqual([...trails[0].resources].sort());
    expect(new Set(moves.map(({ to }) => to)).size).toBe(moves.length);
  });

  test("prints commands for a shell, one for each resource, and nothing that a shell would not take", () => {
    const { stdout } = folder.run("migrate", "--format", "state-mv", "--module-name", "audit");
    const lines = stdout.split("\n").filter((line) => line !== "" && !line.startsWith("#"));
    expect(lines).toHaveLength(16);
    expect(lines).toContain(
      "terraform state mv aws_cloudtrail.trail 'module.audit.module.trail.aws_cloudtrail.trail[0]'",
    );
    expect(lines.every((line) => /^terraform state mv \S+ \S+$/.test(line))).toBe(true);
  });

  test("calls the module with the inputs of the configuration, without those that are as by default", () => {
    folder.write(
      "a.yaml",
      configured(
        "lambda_data_events: null, insights: {}, management_events: { read_write_type: All }, " +
          "multi_region: true, log_bucket: { prefix: null, retention_days: 400 }, tags: { Stage: audit }",
      ),
    );
    const [{ files }] = migrated("a.yaml", "--source", SOURCE, "--module-name", "trail") as [Migrated];
    expect(files["main.tf"]).toBe(
      [
        NOTE,
        'provider "aws" {',
        '  region              = "eu-central-1"',
        '  allowed_account_ids = ["444455556666"]',
        "}",
        "",
        'module "trail" {',
        `  source = "${SOURCE}"`,
        "",
        '  account_id         = "444455556666"',
        '  account_name       = "prod"',
        '  region             = "eu-central-1"',
        '  owner              = "Ada"',
        "  lambda_data_events = null",
        "  insights           = {}",
        "  log_bucket         = { retention_days = 400 }",
        '  tags               = { Stage = "audit" }',
        "}",
        "",
      ].join("\n"),
    );
    expect(files["outputs.tf"]).toContain("  value       = module.trail.trail_arn\n");
    expect(files["moved.tf"]).toContain("  to   = module.trail.module.log_bucket[0].aws_s3_bucket.log_bucket\n");
  });

  test("keeps the credentials of the provider as they are", () => {
    const role = "arn:aws:iam::444455556666:role/terraform";
    folder.write("a.yaml", configured(`profile: 'a "b" $\{c} %{d}', role_arn: "${role}"`));
    const [{ files }] = migrated("a.yaml") as [Migrated];
    expect(files["main.tf"]).toContain(
      [
        '  profile             = "a \\"b\\" $${c} %%{d}"',
        "",
        "  assume_role {",
        `    role_arn = "${role}"`,
        "  }",
        "}",
      ].join("\n"),
    );
  });

  test.each<[string, string, readonly string[]]>([
    [
      "s3",
      's3: { bucket: example-states, region: eu-central-1, role_arn: "arn:aws:iam::444455556666:role/s" }',
      [
        '  required_version = ">= 1.10.0"',
        '  backend "s3" {',
        '    key          = "audit-trail/prod/terraform.tfstate"',
        "    use_lockfile = true",
        '    assume_role  = { role_arn = "arn:aws:iam::444455556666:role/s" }',
      ],
    ],
    [
      "HCP Terraform",
      "cloud: { organization: o, workspace: { tags: { app: audit } } }",
      ["  cloud {", '    organization = "o"', "    workspaces {", '      tags = { app = "audit" }'],
    ],
    [
      "a remote one",
      "remote: { organization: o, workspaces: { name: w } }",
      ['  backend "remote" {', "    workspaces {"],
    ],
    ["one that is passed through", "gcs: { bucket: b, prefix: p }", ['  backend "gcs" {', '    bucket = "b"']],
    ["one without settings", "http: {}", ['  backend "http" {}']],
  ])("keeps the state where it is: %s", (_, state, expected) => {
    folder.write("a.yaml", configured("", state));
    const [{ files }] = migrated("a.yaml") as [Migrated];
    const lines = files["versions.tf"]?.split("\n");
    expect(expected.filter((line) => !lines?.includes(line))).toEqual([]);
  });

  test("keeps the state in its file, seen from the folder of the root module", () => {
    folder.write("a.yaml", configured("", "local: {}"));
    const pathIn = (files: Migrated["files"]): string | undefined =>
      /path = "(.*)"/.exec(files["versions.tf"] as string)?.[1];
    const [printed] = migrated("a.yaml") as [Migrated];
    expect(pathIn(printed.files)).toBe("../../../terraform.prod.tfstate");
    expect(folder.run("migrate", "a.yaml").stdout).toContain(
      "# The path of the state is seen from cdktf.out/stacks/prod.\n",
    );
    const [written] = migrated("a.yaml", "--out", "deep/er") as [Migrated];
    expect(pathIn(written.files)).toBe("../../../terraform.prod.tfstate");
    expect(pathIn((migrated("a.yaml", "--out", ".") as [Migrated])[0].files)).toBe("../terraform.prod.tfstate");
    folder.write("a.yaml", configured("", "local: { path: /states/a }"));
    expect(pathIn((migrated("a.yaml", "--out", "other") as [Migrated])[0].files)).toBe("/states/a");
  });

  test("says that prevent_destroy does not hold in the module", () => {
    folder.write("a.yaml", configured("prevent_destroy: true"));
    expect(folder.run("migrate", "a.yaml").stdout).toMatch(
      /\n# prevent_destroy is no input of the module, .*\n# says of it does not hold from here on\.\nmodule "audit_trail" /,
    );
    expect(folder.run("migrate", "a.yaml", "--out", "out").stdout).toContain(
      "\nprod: prevent_destroy does not hold any more; see main.tf.\n",
    );
    expect(folder.run("migrate").stdout).not.toContain("prevent_destroy");
  });

  test("--out writes a root module for each trail, and says what comes next", () => {
    folder.write("cdktf.out/stacks/prod/.terraform.lock.hcl", "");
    const { code, stdout, stderr } = folder.run("migrate", "--out", "a b", "--source", SOURCE);
    expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
    expect(folder.files().filter((path) => path.startsWith("a b/"))).toEqual(
      ["prod", "test"].flatMap((name) => FILES.map((file) => `a b/${name}/${file}`)),
    );
    for (const file of FILES) {
      expect(folder.read(`a b/prod/${file}`).startsWith(`${NOTE}\n`)).toBe(true);
    }
    expect(stdout).toBe(
      [
        "prod: account 444455556666, eu-central-1 -> a b/prod, 8 resources to move",
        "test: account 777788889999, eu-central-1 -> a b/test, 8 resources to move",
        "",
        "Next, with credentials for each account:",
        "  cp cdktf.out/stacks/prod/.terraform.lock.hcl 'a b/prod'",
        "  terraform -chdir='a b/prod' init",
        "  terraform -chdir='a b/prod' plan",
        "  terraform -chdir='a b/prod' apply",
        "  terraform -chdir='a b/test' init",
        "  terraform -chdir='a b/test' plan",
        "  terraform -chdir='a b/test' apply",
        "The plan must say: 0 to add, 0 to change, 0 to destroy.",
        "Do not deploy the app any more once this is done: it would destroy what the module has.",
        "",
      ].join("\n"),
    );
  });

  test("--out says that the source is still an example", () => {
    expect(folder.run("migrate", "--out", "out").stdout).toContain(
      "\nThe source NAMESPACE/audit-trail/aws is an example: say with --source where the module is.\n",
    );
  });

  test("--out with commands has no blocks for the same moves, and takes those away that it wrote", () => {
    folder.run("migrate", "--out", "out", "--source", SOURCE);
    const { stdout } = folder.run("migrate", "--out", "out", "--source", SOURCE, "--format", "state-mv");
    expect(folder.files().filter((path) => path.includes("moved"))).toEqual([]);
    expect(stdout).toContain("\nremoved out/prod/moved.tf\nremoved out/test/moved.tf\n");
    expect(stdout).toContain(
      "\n  terraform -chdir=out/prod state mv aws_cloudtrail.trail 'module.audit_trail.module.trail.aws_cloudtrail.trail[0]'\n",
    );
    expect(stdout).toContain("\n  terraform -chdir=out/test plan\nThe plan must say: No changes.\n");
    expect(stdout).not.toContain(" apply\n");
  });

  test("tells the same as JSON", () => {
    const { stdout } = folder.run("migrate", "--json", "--out", "out", "--format", "state-mv");
    const stack = (name: string, account: string) => ({
      ...{ name, account_id: account, region: "eu-central-1", folder: `out/${name}` },
      moves: expect.arrayContaining([
        { from: "aws_cloudtrail.trail", to: "module.audit_trail.module.trail.aws_cloudtrail.trail[0]" },
      ]),
      commands: expect.arrayContaining([
        expect.stringMatching(new RegExp(`^terraform -chdir=out/${name} state mv aws_cloudtrail.trail 'module`)),
      ]),
      files: {
        "main.tf": folder.read(`out/${name}/main.tf`),
        "outputs.tf": folder.read(`out/${name}/outputs.tf`),
        "versions.tf": folder.read(`out/${name}/versions.tf`),
      },
    });
    const files = ["versions.tf", "main.tf", "outputs.tf"];
    expect(JSON.parse(stdout)).toEqual({
      ok: true,
      file: "audit-trail.yaml",
      format: "state-mv",
      stacks: [stack("prod", "444455556666"), stack("test", "777788889999")],
      written: ["prod", "test"].flatMap((name) => files.map((file) => `${name}/${file}`)),
      removed: [],
    });
    expect(migrated()).toEqual([
      expect.objectContaining({ folder: null, files: expect.objectContaining({ "moved.tf": expect.any(String) }) }),
      expect.objectContaining({ folder: null }),
    ]);
    expect(migrated()[0]).not.toHaveProperty("commands");
  });

  test("leaves what was changed or written by others, names all of it, and writes nothing then", () => {
    folder.run("migrate", "--out", "out");
    folder.write("out/prod/main.tf", folder.read("out/prod/main.tf").replace(NOTE, ""));
    folder.write("out/test/versions.tf", "# by hand\n");
    folder.write("audit-trail.yaml", CONFIGURATION.replaceAll("eu-central-1", "eu-west-1"));
    const before = folder.read("out/test/main.tf");
    const { code, stdout, stderr } = folder.run("migrate", "--out", "out");
    expect({ code, stdout }).toEqual({ code: 1, stdout: "" });
    expect(stderr.trimEnd().split("\n")).toEqual([
      "out/prod/main.tf: was not written by audit-trail, and is left as it is; move it away",
      "out/test/versions.tf: was not written by audit-trail, and is left as it is; move it away",
    ]);
    expect(folder.read("out/test/main.tf")).toBe(before);
  });

  test("refuses the folder of the stacks, where Terraform would find everything twice", () => {
    folder.run("synth");
    const before = folder.files();
    expect(folder.run("migrate", "--out", "cdktf.out/stacks")).toEqual({
      code: 1,
      stdout: "",
      stderr: ["prod", "test"]
        .map(
          (name) =>
            `cdktf.out/stacks/${name}/cdk.tf.json: is a stack of the app, which Terraform would read beside the module; choose another --out\n`,
        )
        .join(""),
    });
    expect(folder.files()).toEqual(before);
  });

  test("tells what is wrong with the configuration", () => {
    folder.write("a.yaml", configured("nam: x"));
    const { code, stdout, stderr } = folder.run("migrate", "a.yaml", "--out", "out");
    expect({ code, stdout }).toEqual({ code: 1, stdout: "" });
    expect(stderr).toMatch(/^a\.yaml:3:\d+: trails\.prod\.nam: is not a known name/);
    expect(folder.run("migrate", "none.yaml").code).toBe(2);
  });
});

describe("alarms on further regions", () => {
  const alarms = "alarms: { subscriptions: { mail: { protocol: email, endpoint: security@example.com } } }";

  test("become calls of the nested module, each with a provider of its own, and everything moves", () => {
    folder.write("a.yaml", configured(`${alarms}, tags: { Stage: audit }`));
    const [prod] = migrated("a.yaml", "--source", SOURCE) as [Migrated];
    const main = prod.files["main.tf"] ?? "";
    expect(main).toContain('provider "aws" {\n  alias               = "us_east_1"\n');
    expect(main).toContain(`module "events_of_us_east_1" {
  source = "../../modules/terraform-aws-audit-trail/modules/event-forwarding"
  providers = {
    aws = aws.us_east_1
  }

  account_id     = "444455556666"
  region         = "us-east-1"
  name           = module.audit_trail.trail_name
  event_patterns = module.audit_trail.alarm_event_patterns
  event_bus_arn  = module.audit_trail.alarm_event_bus_arn
  tags           = { Stage = "audit", Own = "Ada" }
}`);
    const { trails } = JSON.parse(folder.run("check", "a.yaml", "--json").stdout) as {
      trails: [{ resources: string[] }];
    };
    expect(prod.moves.map(({ from }) => from).sort()).toEqual([...trails[0].resources].sort());
    expect(prod.moves).toContainEqual({
      from: "aws_cloudwatch_event_rule.events_of_us_east_1_forwarded_root_use",
      to: 'module.events_of_us_east_1.aws_cloudwatch_event_rule.forwarded["root_use"]',
    });
  });
});
