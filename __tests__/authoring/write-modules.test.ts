import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ForeignFileError, InputError, type ModuleSource, moduleFiles, writeModules } from "../../src/authoring";
import { problemText } from "../../src/inputs";
import { reference } from "../../src/values";
import { watchedTrailModule } from "../fixtures/own-component/watched-trail";

const MIT = { name: "MIT", text: () => "MIT License\n" };

describe("the module of a component of somebody else's", () => {
  const files = moduleFiles(watchedTrailModule);
  const at = (path: string): string => files.get(path) as string;

  test("has the modules of all components within it beside each other, and each calls those that it needs", () => {
    expect([...files.keys()].filter((path) => path.endsWith("main.tf") && path.startsWith("modules/"))).toEqual(
      expect.arrayContaining(["audit-trail", "log-bucket", "trail"].map((name) => `modules/${name}/main.tf`)),
    );
    expect(at("main.tf")).toContain('source = "./modules/audit-trail"');
    expect(at("modules/audit-trail/main.tf")).toContain('source = "../log-bucket"');
    expect(at("modules/audit-trail/main.tf")).toContain('source = "../trail"');
    expect(at("README.md")).toContain("[Audit trail](modules/audit-trail)");
    expect(at("modules/audit-trail/README.md")).toContain("[Trail](../trail)");
  });

  test("is called by its own name in examples, with a region also where no input is one", () => {
    expect(at("examples/plain/main.tf")).toContain('module "watched_trail" {');
    expect(at("examples/plain/outputs.tf")).toContain("module.watched_trail.trail_name");
    expect(at("examples/plain/main.tf")).toMatch(/region = "[a-z]+-[a-z]+-\d"/);
    expect(at("README.md")).toContain('module "watched_trail" {');
  });

  test("is tested without an account, with what its data sources are said to answer", () => {
    expect(at("tests/inputs.tftest.hcl")).toMatch(
      /mock_data "aws_caller_identity" {\n *defaults = { account_id = "1{4}/,
    );
    const { mockedData: _mocked, ...unmocked } = watchedTrailModule;
    expect(moduleFiles(unmocked).get("tests/inputs.tftest.hcl")).toContain('mock_provider "aws" {}');
  });

  test("is under no licence but that of its author", () => {
    expect(files.has("LICENSE")).toBe(false);
    expect(at("README.md")).not.toContain("License");
    const licensed = moduleFiles({ ...watchedTrailModule, license: MIT });
    expect(licensed.get("LICENSE")).toBe("MIT License\n");
    expect(licensed.get("README.md")).toContain("## License\n\nMIT. See [LICENSE](LICENSE).\n");
  });
});

describe("writing it", () => {
  let folder: string;
  const main = (): string => join(folder, watchedTrailModule.name, "main.tf");

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "audit-trail-authoring-"));
  });

  afterEach(() => {
    rmSync(folder, { recursive: true, force: true });
  });

  test("says what was written, and then that nothing was", () => {
    const { files, missing, changed, stale } = writeModules(folder, [watchedTrailModule]);
    expect(missing).toHaveLength(files);
    expect([...changed, ...stale]).toEqual([]);
    expect(readFileSync(main(), "utf8")).toBe(moduleFiles(watchedTrailModule).get("main.tf"));
    expect(writeModules(folder, [watchedTrailModule])).toEqual({ files, missing: [], changed: [], stale: [] });
  });

  test("writes nothing where it only checks", () => {
    expect(writeModules(folder, [watchedTrailModule], { check: true }).missing).not.toEqual([]);
    expect(existsSync(main())).toBe(false);
  });

  test("changes from HCL to JSON without leaving one beside the other", () => {
    writeModules(folder, [watchedTrailModule]);
    expect(writeModules(folder, [watchedTrailModule], { format: "json" }).stale).toContain(
      `${watchedTrailModule.name}/main.tf`,
    );
    expect(existsSync(main())).toBe(false);
    expect(existsSync(`${main()}.json`)).toBe(true);
  });

  test("refuses to overwrite what was not generated", () => {
    mkdirSync(join(folder, watchedTrailModule.name));
    writeFileSync(main(), "# mine\n");
    expect(() => writeModules(folder, [watchedTrailModule])).toThrow(ForeignFileError);
    expect(readFileSync(main(), "utf8")).toBe("# mine\n");
  });
});

describe("what a module is said to be is looked at before anything is written", () => {
  const folder = join(tmpdir(), "audit-trail-authoring-never-written");
  const [plain] = watchedTrailModule.examples;
  const composed = {
    name: "two",
    title: "Two",
    description: "Two calls.",
    region: "eu-west-1",
    calls: [{ label: "trail", inputs: { payer: reference<string>("data.aws_caller_identity.current.account_id") } }],
    outputs: {},
  };

  /** The problems of modules, a line each. */
  function problemsOf(...sources: readonly Partial<ModuleSource>[]): readonly string[] {
    try {
      writeModules(
        folder,
        sources.map((source) => ({ ...watchedTrailModule, ...source })),
      );
    } catch (error) {
      expect(error).toBeInstanceOf(InputError);
      expect(existsSync(folder)).toBe(false);
      return (error as InputError).problems.map(problemText);
    }
    throw new Error("the modules were written");
  }

  test.each(["../x", "/x", "a/b", "..", ".", "", "My Module", "My-Module", "a--b", "-a"])("the name %j", (name) => {
    expect(problemsOf({ name })).toEqual([
      expect.stringMatching(/: its name must be a name for one folder: lower-case letters and digits/),
    ]);
  });

  test("two modules of one name, of which the second would be written over the first", () => {
    expect(problemsOf({}, {})).toEqual(["terraform-aws-watched-trail: its name must be that of no other"]);
  });

  test("examples: names, unknown inputs, broken rules, and calls of modules that are not there", () => {
    const calls = [
      { label: "other", nested: "trial", inputs: {} },
      { label: "trail", inputs: { payer: "1" } },
    ];
    const examples = [
      { ...plain, name: "../plain", inputs: { payer: "111122223333", tpic: true } },
      { ...plain, name: "twice", inputs: { payer: "11" } },
      { ...composed, name: "twice", calls },
    ] as const;
    expect(problemsOf({ examples })).toEqual([
      expect.stringMatching(/^terraform-aws-watched-trail\.examples\["\.\.\/plain"\]: its name must be a name for/),
      "terraform-aws-watched-trail.examples.twice: its name must be that of no other",
      'terraform-aws-watched-trail.examples["../plain"].inputs.tpic: is not a known name; did you mean topic?',
      expect.stringMatching(/^terraform-aws-watched-trail\.examples\.twice\.inputs\.payer: must be the 12 digits/),
      expect.stringMatching(
        /^terraform-aws-watched-trail\.examples\.twice\.calls\.other\.nested: .*mean trail\?; got "trial"$/,
      ),
      expect.stringMatching(/^terraform-aws-watched-trail\.examples\.twice\.calls\.trail\.inputs\.payer: must be the/),
    ]);
  });

  test("examples have one to begin with, of the module itself", () => {
    const problem = "terraform-aws-watched-trail.examples: must begin with one that has inputs of the module itself";
    expect(problemsOf({ examples: [] as never })).toEqual([problem]);
    expect(problemsOf({ examples: [composed] as never })).toEqual([problem]);
  });

  test("what is accepted: names, also of nested modules, and inputs", () => {
    const accepted = [
      { name: "plain", inputs: {}, expected: {} },
      { name: "a b", inputs: { topic: "yes" }, expected: {} },
      { name: "trail", nested: "trail", inputs: { nam: "x" }, expected: {} },
      { name: "nobody", nested: "nobody", inputs: {}, expected: {} },
    ];
    expect(problemsOf({ accepted })).toEqual([
      "terraform-aws-watched-trail.accepted.plain: its name must be that of no other",
      'terraform-aws-watched-trail.accepted["a b"]: its name must be letters, digits, underscores and hyphens',
      expect.stringMatching(/accepted\["a b"\]\.inputs\.topic: must be true or false/),
      expect.stringMatching(/accepted\.trail\.inputs\.nam: is not a known name/),
      ...["account_id", "region", "s3_bucket_name"].map((name) =>
        expect.stringContaining(`accepted.trail.inputs.${name}: must be given`),
      ),
      expect.stringMatching(/accepted\.nobody\.nested: is not a known name; use one of .*; got "nobody"$/),
    ]);
  });

  test("what is refused: where, that it is, and that nothing else of it is", () => {
    const rejected = [
      { name: "right", at: "payer", inputs: { payer: "444455556666" } },
      { name: "nowhere", at: "payr", inputs: { payer: "1" } },
      { name: "elsewhere", at: "topic", inputs: { payer: "1" } },
      { name: "elsewhere", at: "payer", inputs: { payer: "1" } },
    ];
    expect(problemsOf({ rejected })).toEqual([
      "terraform-aws-watched-trail.rejected.elsewhere: its name must be that of no other",
      "terraform-aws-watched-trail.rejected.right.inputs: must be refused at payer, and are taken there",
      'terraform-aws-watched-trail.rejected.nowhere.at: is not a known name; did you mean payer?; got "payr"',
      "terraform-aws-watched-trail.rejected.elsewhere.inputs: must be refused at topic, and are taken there",
      expect.stringMatching(/rejected\.elsewhere\.inputs\.payer: must be the 12 digits/),
    ]);
  });

  test("a mistake in the first example, over which the others are laid, is told once", () => {
    const examples = [{ ...plain, inputs: { payer: "111122223333", tpic: true } }] as const;
    const accepted = [{ name: "topic", inputs: { topic: true }, expected: {} }];
    expect(problemsOf({ examples, accepted })).toHaveLength(1);
  });

  test("all modules at once", () => {
    expect(problemsOf({ name: "A" }, { name: "B", rejected: [{ name: "x", at: "y", inputs: {} }] })).toHaveLength(3);
  });

  test("expressions in the calls of an example are taken", () => {
    expect(() => moduleFiles({ ...watchedTrailModule, examples: [plain, composed] })).not.toThrow();
  });
});
