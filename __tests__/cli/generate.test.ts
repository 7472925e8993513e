import { rmSync } from "node:fs";
import { join } from "node:path";
import { GENERATED_NOTE, licenseText } from "../../src/generator";
import { providerSchemas } from "../generator/support/provider-schemas";
import { Folder } from "./support/command";

const MODULE = "terraform-aws-audit-trail";
const MODULES = `modules/${MODULE}, modules/terraform-aws-deployment-role, modules/terraform-aws-state-bucket`;

let folder: Folder;

beforeEach(() => {
  folder = new Folder();
});

afterEach(() => {
  folder.remove();
});

describe("generate", () => {
  test("writes the modules, says what is new, and then finds nothing to do", () => {
    const { code, stdout, stderr } = folder.run("generate");
    expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
    const files = folder.files();
    expect(files).toContain(`modules/${MODULE}/main.tf`);
    expect(stdout.trimEnd().split("\n")).toEqual([
      ...files.map(() => expect.stringMatching(/^new {6}modules\//)),
      `${MODULES}: ${files.length} files.`,
    ]);
    expect(folder.run("generate").stdout).toBe(`${MODULES}: as generated, ${files.length} files.\n`);
    expect(folder.run("generate", "--check")).toMatchObject({ code: 0, stderr: "" });
  });

  test("--check fails with the list of what differs, and writes nothing", () => {
    folder.run("generate", "--out", "a b");
    const at = (path: string): string => `a b/${MODULE}/${path}`;
    rmSync(join(folder.path, at("outputs.tf")));
    folder.write(at("main.tf"), `${folder.read(at("main.tf"))}\n# changed`);
    folder.write(at("modules/old/main.tf"), `# ${GENERATED_NOTE}\n`);
    folder.write(at("modules/mine/main.tf"), "# mine\n");
    const before = folder.files();
    const { code, stdout, stderr } = folder.run("generate", "--check", "--out", "a b");
    expect({ code, stderr }).toEqual({ code: 1, stderr: "" });
    expect(stdout.trimEnd().split("\n")).toEqual([
      `missing  ${at("outputs.tf")}`,
      `changed  ${at("main.tf")}`,
      `stale    ${at("modules/old/main.tf")}`,
      "What is there differs from what would be generated. To write it: npx cdktf-audit-trail generate --out 'a b'",
    ]);
    const json = folder.run("generate", "--check", "--out", "a b", "--json");
    expect(json).toMatchObject({ code: 1, stderr: "" });
    expect(JSON.parse(json.stdout)).toEqual({
      ok: false,
      out: "a b",
      files: expect.any(Number),
      missing: [`${MODULE}/outputs.tf`],
      changed: [`${MODULE}/main.tf`],
      stale: [`${MODULE}/modules/old/main.tf`],
    });
    expect(folder.files()).toEqual(before);
  });

  test("--check finds everything missing where nothing was generated", () => {
    const { code, stdout } = folder.run("generate", "--check", "--json");
    expect(code).toBe(1);
    const { missing, files } = JSON.parse(stdout) as { missing: string[]; files: number };
    expect(missing).toHaveLength(files);
    expect(folder.files()).toEqual([]);
  });

  test("brings back what was changed, and removes what is no longer generated, but nothing of others", () => {
    folder.run("generate");
    const at = (path: string): string => `modules/${MODULE}/${path}`;
    const right = folder.read(at("main.tf"));
    folder.write(at("main.tf"), `# ${GENERATED_NOTE}\n# changed\n`);
    folder.write(at("modules/old/main.tf"), `# ${GENERATED_NOTE}\n`);
    folder.write(at("modules/mine/NOTES.md"), `About files with "${GENERATED_NOTE}"\n`.replace("About", "About\n\n"));
    folder.write(at("modules/mine/LICENSE"), licenseText());
    folder.write("modules/other/main.tf", `# ${GENERATED_NOTE}\n`);
    folder.write("LICENSE", licenseText());
    const { code, stdout } = folder.run("generate");
    expect(code).toBe(0);
    expect(stdout.split("\n").slice(0, 2)).toEqual([
      `changed  ${at("main.tf")}`,
      `removed  ${at("modules/old/main.tf")}`,
    ]);
    expect(folder.read(at("main.tf"))).toBe(right);
    const left = ["LICENSE", "modules/other/main.tf", at("modules/mine/LICENSE"), at("modules/mine/NOTES.md")];
    expect(folder.files()).toEqual(expect.arrayContaining(left));
  });

  test("writes beside the sources of others without looking into them", () => {
    folder.write("src/module.ts", `export const NOTE = "${GENERATED_NOTE}";\n`);
    folder.write("LICENSE", licenseText());
    expect(folder.run("generate", "--out", ".").code).toBe(0);
    expect(folder.run("generate", "--out", ".", "--check").code).toBe(0);
    expect(folder.files()).toEqual(expect.arrayContaining(["LICENSE", "src/module.ts", `${MODULE}/main.tf`]));
  });

  test("refuses to overwrite what others wrote, and writes nothing then", () => {
    folder.write(`modules/${MODULE}/main.tf`, "# mine\n");
    folder.write(`modules/${MODULE}/README.md`, "# mine\n");
    const { code, stdout, stderr } = folder.run("generate");
    expect({ code, stdout }).toEqual({ code: 1, stdout: "" });
    expect(stderr.trimEnd().split("\n")).toEqual([
      expect.stringContaining(`modules/${MODULE}/main.tf: was not written by audit-trail`),
      expect.stringContaining(`modules/${MODULE}/README.md: was not written by audit-trail`),
    ]);
    expect(folder.files()).toHaveLength(2);
  });

  test("--prevent-destroy and --region-argument hold in every module, and are asked for again by --check", () => {
    expect(folder.run("generate", "--prevent-destroy", "--region-argument").code).toBe(0);
    const parts = folder.files().filter((path) => /^modules\/[^/]+\/(modules\/[^/]+\/)?main\.tf$/.test(path));
    const resources = parts.flatMap((path) =>
      folder
        .read(path)
        .split(/^resource "/m)
        .slice(1),
    );
    const typesWith = (argument: RegExp) =>
      new Set(resources.filter((resource) => argument.test(resource)).map((resource) => resource.split('"')[0]));
    expect(resources.filter((resource) => resource.includes("prevent_destroy = true"))).toHaveLength(5);
    expect(typesWith(/prevent_destroy = true/)).toEqual(new Set(["aws_s3_bucket", "aws_kms_key"]));
    const schema = providerSchemas.at(-1)?.resource;
    // Of a type without a schema: see provider-schemas.ts. It has a region where it is none of IAM, as its bindings say.
    const regional = [...typesWith(/^/)].filter((type = "") => {
      const known = schema?.[type];
      return known === undefined ? !type.startsWith("aws_iam_") : known.attributes.region !== undefined;
    });
    expect(typesWith(/^ {2}region +=/m)).toEqual(new Set(regional));
    expect(folder.read(`modules/${MODULE}/versions.tf`)).toContain('version = ">= 6.0.0, < 7.0.0"');
    expect(folder.run("generate", "--check", "--prevent-destroy", "--region-argument").code).toBe(0);
    expect(folder.run("generate", "--check")).toMatchObject({ code: 1 });
  });

  test("changes from HCL to JSON and back without leaving one beside the other", () => {
    folder.run("generate");
    const hcl = folder.files();
    expect(folder.run("generate", "--format", "json").code).toBe(0);
    const json = folder.files();
    expect(json).toContain(`modules/${MODULE}/main.tf.json`);
    expect(json).not.toContain(`modules/${MODULE}/main.tf`);
    expect(folder.run("generate", "--format", "json", "--check").code).toBe(0);
    const { code, stdout } = folder.run("generate", "--check");
    expect(code).toBe(1);
    expect(stdout).toMatch(/To write it: npx cdktf-audit-trail generate\n$/);
    folder.run("generate");
    expect(folder.files()).toEqual(hcl);
    expect(folder.run("generate", "--format", "json", "--check").stdout).toMatch(
      /audit-trail generate --format json\n$/,
    );
  });
});
