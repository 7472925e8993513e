import { mkdirSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { readConfiguration } from "../../src/configuration";
import { Folder } from "./support/command";

const ANSWERS = [
  ...["--account-id", "444455556666", "--account-name", "prod", "--region", "us-east-1"],
  ...["--owner", "Ada Example", "--state-bucket", "prod-states"],
];

let folder: Folder;

beforeEach(() => {
  folder = new Folder();
});

afterEach(() => {
  folder.remove();
});

describe("init", () => {
  test("writes a configuration that is right, and says what is to be replaced, and what comes next", () => {
    const { code, stdout, stderr } = folder.run("init");
    expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
    expect(stdout.replace(/:[0-9]+:/g, ":N:")).toBe(
      [
        "audit-trail.yaml: written. Replace the examples:",
        "  audit-trail.yaml:N: trails.example.account_id",
        "  audit-trail.yaml:N: trails.example.account_name",
        "  audit-trail.yaml:N: trails.example.owner",
        "  audit-trail.yaml:N: state.s3.bucket",
        "Then: npx cdktf-audit-trail check",
        "",
      ].join("\n"),
    );
    expect(folder.run("check").code).toBe(0);
    expect(folder.run("synth").code).toBe(0);
  });

  test("has no more to ask for where everything is given", () => {
    expect(folder.run("init", "prod.yaml", ...ANSWERS)).toEqual({
      code: 0,
      stdout: "prod.yaml: written. Next: npx cdktf-audit-trail check prod.yaml\n",
      stderr: "",
    });
    expect(readConfiguration("prod.yaml", Buffer.from(folder.read("prod.yaml"))).trails).toMatchObject([
      {
        name: "prod",
        inputs: { accountId: "444455556666", region: "us-east-1", owner: "Ada Example" },
        placeholders: [],
      },
    ]);
  });

  test("refuses every wrong answer with its rule, by the option that gave it, and writes nothing", () => {
    const wrong = [
      ...["--account-id", "1111", "--account-name", "a b", "--region", "Frankfurt", "--owner", "<Ada>"],
      ...["--state-bucket", "Prod"],
    ];
    const { code, stdout, stderr } = folder.run("init", ...wrong);
    expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
    expect(stderr.trimEnd().split("\n").sort()).toEqual([
      '--account-id: must be the 12 digits of an AWS account id; got "1111"',
      '--account-name: must be letters and digits, with single dots, underscores or hyphens between them; got "a b"',
      expect.stringMatching(/^--owner: must be at most 256 letters, .* as AWS allows in tags; got "<Ada>"$/),
      '--region: must be the name of an AWS region, such as "eu-central-1"; got "Frankfurt"',
      '--state-bucket: must be 3 to 63 lower-case letters, digits, dots or hyphens; got "Prod"',
    ]);
    expect(folder.files()).toEqual([]);
  });

  test.each(["\n", "a\nb: c", "${TfToken[TOKEN.0]}", "\ud800"])("refuses an owner that is none: %j", (owner) => {
    const { code, stderr } = folder.run("init", "--owner", owner);
    expect(code).toBe(2);
    expect(stderr).toMatch(/^--owner: must /);
  });

  test("never overwrites what is there: a file, a folder, a link to nothing", () => {
    folder.write("audit-trail.yaml", "mine");
    mkdirSync(join(folder.path, "folder"));
    symlinkSync("nowhere", join(folder.path, "link"));
    for (const file of ["audit-trail.yaml", "folder", "link"]) {
      expect(folder.run("init", file, ...ANSWERS)).toEqual({
        code: 1,
        stdout: "",
        stderr: `${file}: exists already, and is left as it is\n`,
      });
    }
    expect(folder.read("audit-trail.yaml")).toBe("mine");
    expect(folder.files()).toEqual(["audit-trail.yaml", "link"]);
  });

  test("says what it cannot write, by the name that was given, and what to do", () => {
    const file = `${"x".repeat(300)}.yaml`;
    expect(folder.run("init", file)).toEqual({
      code: 2,
      stdout: "",
      stderr: `${file}: cannot be written: that name is too long for the system; choose a shorter one\n`,
    });
    expect(folder.files()).toEqual([]);
  });

  test("makes no folders", () => {
    expect(folder.run("init", "a/b.yaml")).toEqual({ code: 2, stdout: "", stderr: "a: there is no such folder\n" });
  });

  test.each([
    ["audit-trail.yaml", "./node_modules/cdktf-audit-trail/schema/audit-trail.schema.json"],
    ["trails/prod.yaml", "../node_modules/cdktf-audit-trail/schema/audit-trail.schema.json"],
  ])("names the schema from where the file is: %s", (file, schema) => {
    mkdirSync(join(folder.path, "trails"));
    folder.run("init", file);
    expect(folder.read(file).split("\n")[0]).toBe(`# yaml-language-server: $schema=${schema}`);
  });

  test("names another schema where it is given, in one line", () => {
    folder.run("init", "a.yaml", "--schema", "https://example.com/schema.json");
    expect(folder.read("a.yaml")).toMatch(/^# yaml-language-server: \$schema=https:\/\/example\.com\/schema\.json\n/);
    for (const schema of ["a\nb: c", "a\rb", "a\u2028b"]) {
      expect(folder.run("init", "b.yaml", "--schema", schema)).toEqual({
        code: 2,
        stdout: "",
        stderr: "--schema: must be one line\n",
      });
    }
    expect(folder.files()).toEqual(["a.yaml"]);
  });
});
