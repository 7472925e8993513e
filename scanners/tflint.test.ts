import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, relative } from "node:path";
import { type ModuleFolder, moduleFolders } from "./support/folders";
import { tflint } from "./support/tflint";

const MODULE = "terraform-aws-audit-trail";

const folders = moduleFolders();
const byName = (name: string): ModuleFolder => folders.find((each) => each.name === name) as ModuleFolder;

test.each(folders.map((folder) => [folder.name, folder] as const))("tflint finds nothing in %s", async (_, folder) => {
  expect(await tflint(folder.absolute)).toEqual({ code: 0, findings: [] });
});

describe("tflint finds in a module that is changed", () => {
  let root: string;
  let copy: string;

  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), "audit-trail-tflint-"));
    copy = join(root, "modules/trail");
    cpSync(byName(MODULE).absolute, root, { recursive: true });
  });

  /** The folders of the module that is copied. */
  const copied = folders.filter(({ name }) => name === MODULE || name.startsWith(`${MODULE}/`));

  afterEach(() => {
    rmSync(root, { recursive: true, force: true });
  });

  test("what a comment in it has turned off, wherever there is such a comment", async () => {
    let comments = 0;
    for (const { absolute } of copied) {
      const folder = join(root, relative(byName(MODULE).absolute, absolute));
      const ignored: string[] = [];
      for (const file of readdirSync(folder).filter((each) => each.endsWith(".tf"))) {
        const path = join(folder, file);
        const text = readFileSync(path, "utf8").replace(/^ *# tflint-ignore: (.*)\n/gm, (_, rule: string) => {
          ignored.push(expect.stringContaining(`${rule}: `));
          return "";
        });
        writeFileSync(path, text);
      }
      expect((await tflint(folder)).findings).toEqual(ignored);
      comments += ignored.length;
    }
    expect(comments).toBeGreaterThan(0);
  });

  test.each([
    [
      "a variable that nothing uses",
      "variables.tf",
      (text: string) => `${text}\nvariable "unused" {\n  description = "Nothing."\n  type        = string\n}\n`,
      "terraform_unused_declarations",
    ],
    [
      "an output without a description",
      "outputs.tf",
      (text: string) => text.replace(/^ {2}description = .*\n/m, ""),
      "terraform_documented_outputs",
    ],
    [
      "a provider without a version",
      "versions.tf",
      (text: string) => text.replace(/^ *version += .*\n/m, ""),
      "terraform_required_providers",
    ],
    [
      "a name that is not in snake_case",
      "outputs.tf",
      (text: string) => text.replace(/^output "\w+"/m, 'output "trailArn"'),
      "terraform_naming_convention",
    ],
  ])("%s", async (_, file, change, rule) => {
    const path = join(copy, file);
    const text = readFileSync(path, "utf8");
    expect(change(text)).not.toBe(text);
    writeFileSync(path, change(text));
    expect(await tflint(copy)).toEqual({ code: 2, findings: [expect.stringContaining(`${rule}: `)] });
  });
});
