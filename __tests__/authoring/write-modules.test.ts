import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ForeignFileError, moduleFiles, writeModules } from "../../src/authoring";
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
