import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { pack } from "../../src/publish/archive";
import { Folder } from "./support/command";

let folder: Folder;

beforeEach(() => {
  folder = new Folder();
  folder.write("old/main.tf", 'variable "region" {\n}\n\nresource "aws_s3_bucket" "logs" {\n  bucket = "a"\n}\n');
  folder.write("new/main.tf", 'resource "aws_s3_bucket" "logs" {\n  bucket = "a"\n  force_destroy = true\n}\n');
  // What tools leave is no part of a release.
  folder.write("new/.terraform/modules/main.tf", 'variable "of_somebody_else" {\n}\n');
});

afterEach(() => {
  folder.remove();
});

describe("diff", () => {
  test("tells what changed, what callers have to do, and the least version", async () => {
    expect(await folder.runToEnd("diff", "old", "new")).toEqual({
      code: 0,
      stderr: "",
      stdout: `major  var.region was removed.
       Take it out of the call.
minor  aws_s3_bucket.logs.force_destroy is set.
       See in the plan what it changes.
1 major, 1 minor, 0 patch: the next version has to be a major one at least.
`,
    });
  });

  test("reads archives, too", async () => {
    writeFileSync(join(folder.path, "old.tar.gz"), pack(new Map([["main.tf", folder.read("old/main.tf")]])));
    expect(await folder.runToEnd("diff", "old.tar.gz", "old")).toEqual({
      code: 0,
      stdout: "Nothing changed.\n",
      stderr: "",
    });
  });

  test("tells the same as JSON", async () => {
    const { code, stdout } = await folder.runToEnd("diff", "old", "new", "--json");
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toEqual({
      ok: true,
      old: "old",
      new: "new",
      severity: "major",
      findings: [
        {
          severity: "major",
          module: "",
          path: "var.region",
          sentence: "was removed",
          remedy: "Take it out of the call.",
        },
        {
          severity: "minor",
          module: "",
          path: "aws_s3_bucket.logs.force_destroy",
          sentence: "is set",
          remedy: "See in the plan what it changes.",
        },
      ],
    });
  });

  test("prints the entry of a changelog", async () => {
    const { stdout } = await folder.runToEnd("diff", "old", "new", "--changelog", "2.0.0");
    expect(stdout).toBe(`## 2.0.0

### Breaking changes

- \`var.region\` was removed. Take it out of the call.

### Changes

- \`aws_s3_bucket.logs.force_destroy\` is set. See in the plan what it changes.
`);
  });

  test.each(["x", "v2.0.0", "2.0", ""])("prints no entry for %j, which is no version", async (version) => {
    expect(await folder.runToEnd("diff", "old", "new", "--changelog", version)).toEqual({
      code: 2,
      stdout: "",
      stderr:
        `error: option '--changelog <version>' argument '${version}' is invalid. It must be a semantic version such as ` +
        "1.2.3 or 1.2.3-rc.1, without v before it.\n(audit-trail help diff shows what there is)\n",
    });
  });

  test("prints the entry of a changelog, or JSON, and not one in the place of both", async () => {
    const { code, stdout } = await folder.runToEnd("diff", "old", "new", "--changelog", "2.0.0", "--json");
    expect(code).toBe(2);
    expect(JSON.parse(stdout).message).toContain("'--changelog <version>' cannot be used with option '--json'");
  });

  test.each([
    ["major", "old", "new", 1],
    ["patch", "old", "new", 1],
    ["major", "new", "new", 0],
  ])("--fail-on %s, from %s to %s, ends with %d", async (severity, earlier, later, code) => {
    expect((await folder.runToEnd("diff", earlier, later, "--fail-on", severity)).code).toBe(code);
  });

  test.each([
    ["nothing", 2, "nothing: is not there; name a release of a module: a folder, or a .tar.gz"],
    ["old/main.tf", 2, "old/main.tf: is no release of a module: neither a folder nor a .tar.gz"],
    [".", 1, ".: has no Terraform file in its root, as every module has"],
  ])("says what is wrong with %s, and ends with %d", async (release, code, message) => {
    expect(await folder.runToEnd("diff", "old", release)).toEqual({ code, stdout: "", stderr: `${message}\n` });
    expect(await folder.runToEnd("diff", release, "old")).toEqual({ code, stdout: "", stderr: `${message}\n` });
  });

  test("has a help that fits a terminal", async () => {
    const { code, stdout } = await folder.runToEnd("diff", "--help");
    expect(code).toBe(0);
    expect(stdout.split("\n").filter((line) => line.length > 80)).toEqual([]);
  });
});
