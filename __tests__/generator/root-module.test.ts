import { DataResource, TerraformStack, Testing } from "cdktf";
import type { Construct } from "constructs";
import { moduleAddresses, movesToModule, nestedSource, type RootModule, rootModuleFiles } from "../../src/generator";
import type { Moved } from "../../src/inputs";
import { placedAddresses, resource, type Structure } from "../../src/placement";
import { AFTER, BEFORE, type Release, released } from "./support/renamed";

const STACK: RootModule["stack"] = {
  terraform: { required_version: ">= 1.9.0" },
  provider: { aws: [{ region: "eu-central-1", allowed_account_ids: ["111122223333"] }] },
  output: { id: { description: "An id." } },
};

const ROOT: RootModule = { stack: STACK, label: "audit", source: "./m", inputs: { a: 1 }, moves: [] };

/** The backend of a root module, as HCL. */
function backendOf(terraform: object): string {
  const stack = { ...STACK, terraform: { ...STACK.terraform, ...terraform } };
  const versions = rootModuleFiles({ ...ROOT, stack }, "Note.").get("versions.tf") as string;
  return versions.split("    }\n  }\n\n")[1] as string;
}

describe("the moves from a stack to a call of the module", () => {
  const placed = (on: boolean) => {
    const component = new (released(AFTER))(new TerraformStack(Testing.app({ stackTraces: false }), "stack"), "audit", {
      label: "a",
      on,
    });
    new DataResource(component, "only-here");
    return placedAddresses(component);
  };

  test("lead into nested modules, with the index of what is counted there; what only one has is left out", () => {
    expect(movesToModule(placed(true), moduleAddresses(released(AFTER)), "m")).toEqual([
      expect.objectContaining({
        from: "terraform_data.audit_new",
        to: "module.m.module.second[0].terraform_data.new",
      }),
      expect.objectContaining({
        from: "terraform_data.audit_other",
        to: "module.m.module.second[0].terraform_data.other",
      }),
    ]);
  });

  test("enter the module where its own moves begin, as Terraform takes but one move to an address", () => {
    const entries = (release: Release) =>
      movesToModule(placed(true), moduleAddresses(released(release)), "m").map(({ entry }) => entry);
    expect(entries(AFTER)).toEqual(["module.m.module.second[0].terraform_data.old", "module.m.terraform_data.other"]);
    const [, other] = AFTER.moved ?? [];
    const moved = [
      { from: "terraform_data.first", to: "terraform_data.other" },
      ...(other === undefined ? [] : [other]),
    ];
    expect(entries({ ...AFTER, moved })[1]).toBe("module.m.terraform_data.first");
    expect(entries({ ...AFTER, moved: [], movedInNested: [] })).toEqual([
      "module.m.module.second[0].terraform_data.new",
      "module.m.module.second[0].terraform_data.other",
    ]);
  });

  test("enter what has an index at the same index, where all of it was moved", () => {
    const moved: readonly Moved[] = [{ from: "terraform_data.a", to: "terraform_data.b" }];
    const counted = (moves: readonly Moved[]) =>
      moduleAddresses(
        class extends released({ ...BEFORE, moved: moves }) {
          // biome-ignore lint/suspicious/noExplicitAny: as the class that it extends
          constructor(scope: Construct, id: string, props: any, structure?: Structure) {
            super(scope, id, props, structure);
            resource(this, DataResource, "b", {}, { when: props.on });
          }
        },
      ).find(({ path }) => path.endsWith(".b"))?.entry;
    expect(counted(moved)).toBe("terraform_data.a[0]");
    expect(counted([{ from: "terraform_data.a", to: "terraform_data.b[0]" }])).toBe("terraform_data.a");
    expect(counted([])).toBe("terraform_data.b[0]");
  });

  test("are those of what is there alone", () => {
    expect(movesToModule(placed(false), moduleAddresses(released(AFTER)), "m")).toEqual([]);
  });

  test("are paired by the constructs, not by names: a part of another name is another part", () => {
    expect(movesToModule(placed(true), moduleAddresses(released(BEFORE)), "m")).toEqual([]);
  });
});

describe("a root module", () => {
  test("has the moves behind those of the stack, which may not have been applied yet", () => {
    const stack = { ...STACK, moved: [{ from: "a.before", to: "a.now" }] };
    const files = rootModuleFiles({ ...ROOT, stack, moves: [{ from: "a.now", to: "module.audit.a.now" }] }, "Note.");
    expect([...files.keys()]).toEqual(["versions.tf", "main.tf", "outputs.tf", "moved.tf"]);
    expect(files.get("moved.tf")).toBe(
      [
        "# Note.",
        "",
        "# What the stack made, at its addresses in the module. Once this is applied, nobody needs it any more.",
        "moved {",
        "  from = a.before",
        "  to   = a.now",
        "}",
        "",
        "moved {",
        "  from = a.now",
        "  to   = module.audit.a.now",
        "}",
        "",
      ].join("\n"),
    );
  });

  test("has no file for moves that Terraform is told of in another way", () => {
    const stack = { ...STACK, moved: [{ from: "a.before", to: "a.now" }] };
    expect(rootModuleFiles({ ...ROOT, stack, moves: undefined }, "Note.").has("moved.tf")).toBe(false);
  });

  test.each<[string, object, readonly string[]]>([
    ["cloud", { cloud: { workspaces: { name: "w" }, organization: "o" } }, ["workspaces {", 'name = "w"']],
    ["remote", { backend: { remote: { workspaces: { prefix: "w-" } } } }, ["workspaces {", 'prefix = "w-"']],
    ["cos", { backend: { cos: { assume_role: { role_arn: "r" } } } }, ["assume_role {", 'role_arn = "r"']],
    ["oss", { backend: { oss: { assume_role: { role_arn: "r" } } } }, ["assume_role {", 'role_arn = "r"']],
    ["kubernetes", { backend: { kubernetes: { exec: { env: { A: "b" } } } } }, ["exec {", 'env = { A = "b" }']],
    ["s3", { backend: { s3: { assume_role: { role_arn: "r" } } } }, ['assume_role = { role_arn = "r" }']],
    [
      "another",
      { backend: { kubernetes: { labels: { exec: "x" }, config_paths: [], use: false } } },
      ['labels       = { exec = "x" }', "config_paths = []", "use          = false"],
    ],
  ])("writes as blocks what the backend has as blocks: %s", (_, terraform, expected) => {
    const lines = backendOf(terraform)
      .split("\n")
      .map((line) => line.trim());
    expect(expected.filter((line) => !lines.includes(line))).toEqual([]);
  });

  test("has arguments before blocks, and a block for each object of a list", () => {
    const provider = { assume_role: [{ role_arn: "a" }, { role_arn: "b" }], region: "eu-central-1", profile: "p" };
    const main = rootModuleFiles({ ...ROOT, stack: { ...STACK, provider: { aws: [provider] } } }, "Note.").get(
      "main.tf",
    );
    expect(main).toBe(
      [
        "# Note.",
        "",
        'provider "aws" {',
        '  region  = "eu-central-1"',
        '  profile = "p"',
        "",
        "  assume_role {",
        '    role_arn = "a"',
        "  }",
        "",
        "  assume_role {",
        '    role_arn = "b"',
        "  }",
        "}",
        "",
        'module "audit" {',
        '  source = "./m"',
        "",
        "  a = 1",
        "}",
        "",
      ].join("\n"),
    );
  });
});

test.each([
  ["../modules/x", "../modules/x/modules/part"],
  ["/modules/x/", "/modules/x/modules/part"],
  ["acme/audit-trail/aws", "acme/audit-trail/aws//modules/part"],
  ["git::https://example.com/x.git?ref=v1.2.3", "git::https://example.com/x.git//modules/part?ref=v1.2.3"],
  ["git::ssh://git@example.com/x.git//aws?ref=v1", "git::ssh://git@example.com/x.git//aws/modules/part?ref=v1"],
  ["git::file:///srv/x?ref=v1", "git::file:///srv/x//modules/part?ref=v1"],
  ["git::file:///srv/x//aws", "git::file:///srv/x//aws/modules/part"],
  [
    "s3::https://s3-eu-central-1.amazonaws.com/m/x.zip",
    "s3::https://s3-eu-central-1.amazonaws.com/m/x.zip//modules/part",
  ],
])("a module nested in %s is at %s", (source, nested) => {
  expect(nestedSource(source, "part")).toBe(nested);
});
