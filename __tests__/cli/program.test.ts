import { version } from "../../package.json";
import { CONFIGURATION, Folder } from "./support/command";

const COMMANDS = ["init", "check", "compliance", "state", "synth", "generate", "migrate", "schema"];

let folder: Folder;

beforeEach(() => {
  folder = new Folder();
});

afterEach(() => {
  folder.remove();
});

describe("the help", () => {
  test.each([["--help"], ["-h"], ["help"]])("tells what there is, where to begin and how it ends: %s", (argument) => {
    const { code, stdout, stderr } = folder.run(argument);
    expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
    for (const command of COMMANDS) {
      expect(stdout).toMatch(new RegExp(`^  ${command} .*\\w`, "m"));
    }
    expect(stdout).toMatch(/Begin with:\n( {2}audit-trail (init|check|state bootstrap|synth) .*\n){4}\n/);
    expect(stdout).toMatch(/Exit codes:\n {2}0 {2}good\n {2}1 {2}wrong: .* refused .*\n {2}2 {2}used wrongly: /s);
  });

  test.each(COMMANDS)("of %s tells what it does and takes, in two ways alike", (command) => {
    const { code, stdout, stderr } = folder.run(command, "--help");
    expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
    expect(stdout).toMatch(new RegExp(`^Usage: audit-trail ${command}`));
    expect(folder.run("help", command)).toEqual({ code, stdout, stderr });
  });

  test.each(COMMANDS)("of %s fits a terminal", (command) => {
    const long = folder
      .run(command, "--help")
      .stdout.split("\n")
      .filter((line) => line.length > 80);
    expect(long).toEqual([]);
  });

  test.each(["check", "compliance", "synth", "generate", "migrate"])("of %s tells what its JSON holds", (command) => {
    const { stdout } = folder.run(command, "--help");
    expect(stdout).toContain("With --json, standard output holds one object:");
  });

  test.each([
    ["bootstrap", "state", "bootstrap"],
    ["check", "state", "check"],
    ["synth", "deployment-role", "synth"],
  ])("of a command %s within another tells of that one, in two ways alike", (name, ...commands) => {
    const { code, stdout, stderr } = folder.run(...commands, "--help");
    expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
    expect(stdout).toMatch(new RegExp(`^Usage: audit-trail ${commands[0]} ${name} `));
    expect(folder.run("help", ...commands)).toEqual({ code, stdout, stderr });
  });

  test("of a command runs nothing, whatever is written after it", () => {
    expect(folder.run("help", "check", "audit-trail.yaml")).toEqual(folder.run("help", "check"));
    expect(folder.run("help", "state", "bootstrap", "--yes").stdout).toMatch(/^Usage: /);
  });

  test("of a command that is not there suggests one", () => {
    expect(folder.run("help", "chek")).toEqual(folder.run("chek"));
    expect(folder.run("help", "chek", "audit-trail.yaml")).toEqual(folder.run("chek"));
    expect(folder.run("help", "state", "bootstrp")).toEqual(folder.run("state", "bootstrp"));
  });
});

describe("the version", () => {
  test("is that of the package", () => {
    expect(folder.run("--version")).toEqual({ code: 0, stdout: `${version}\n`, stderr: "" });
  });
});

describe("a command that is used wrongly", () => {
  test.each([
    [["chek"], "error: unknown command 'chek'\n(Did you mean check?)"],
    [["foo"], "error: unknown command 'foo'"],
    [["synth", "--ot", "x"], "error: unknown option '--ot'\n(Did you mean --out?)"],
    [["check", "a", "b"], "error: too many arguments for 'check'. Expected 1 argument but got 2"],
    [["synth", "--out"], "error: option '--out <folder>' argument missing"],
    [
      ["generate", "--format", "yaml"],
      "error: option '--format <format>' argument 'yaml' is invalid. Allowed choices are hcl, json.",
    ],
    [["init", "--json"], "error: unknown option '--json'"],
    [
      ["migrate", "--format", "mv", "--json"],
      "error: option '--format <format>' argument 'mv' is invalid. Allowed choices are moved, state-mv.",
    ],
    [
      ["migrate", "--module-name", "audit.trail"],
      "error: option '--module-name <name>' argument 'audit.trail' is invalid. It must begin with a letter or an underscore, and go on with letters, digits, underscores or hyphens.",
    ],
    [["migrate", "--source", " "], "error: option '--source <source>' argument ' ' is invalid. It must not be empty."],
  ])("says so on standard error, and where to find help: %j", (args, expected) => {
    const json = args.includes("--json");
    const { code, stdout, stderr } = folder.run(...args);
    expect(code).toBe(2);
    if (json) {
      expect(JSON.parse(stdout)).toEqual({ ok: false, message: expected.replace(/^error: /, "") });
    } else {
      expect(stdout).toBe("");
      expect(stderr).toContain(expected);
      expect(stderr).toContain(
        expected.startsWith("error: unknown command")
          ? "(audit-trail --help shows what there is)"
          : `(audit-trail help ${args[0]} shows what there is)`,
      );
    }
  });

  test("points to the help of a command within another", () => {
    const { code, stderr } = folder.run("state", "check", "--nope");
    expect(code).toBe(2);
    expect(stderr).toContain("(audit-trail help state check shows what there is)");
  });

  test("shows the help where there is no command", () => {
    const { code, stdout, stderr } = folder.run();
    expect(code).toBe(2);
    expect(stdout).toBe("");
    expect(stderr).toContain("Begin with:");
  });

  test("says so as JSON where JSON is asked for", () => {
    const { code, stdout, stderr } = folder.run("synth", "--nonsense", "--json");
    expect({ code, stderr }).toEqual({ code: 2, stderr: "" });
    expect(JSON.parse(stdout)).toEqual({ ok: false, message: "unknown option '--nonsense'" });
  });
});

describe("a configuration that cannot be read", () => {
  test.each(["check", "synth"])("is told of as used wrongly by %s", (command) => {
    folder.write("folder/x", "");
    const missing = "there is no such file; write one with: npx cdktf-audit-trail init";
    for (const [file, reason] of [
      ["none.yaml", missing],
      ["folder/x/none.yaml", missing],
      ["folder", "is a folder; name the file in it"],
      ["a\0b", expect.stringContaining("null bytes")],
    ] as const) {
      const { code, stdout, stderr } = folder.run(command, file);
      expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
      expect(stderr.slice(`${file}: `.length).trimEnd()).toEqual(reason);
      const json = folder.run(command, file, "--json");
      expect(json).toMatchObject({ code: 2, stderr: "" });
      expect(JSON.parse(json.stdout)).toEqual({ ok: false, message: stderr.trimEnd() });
    }
    expect(folder.run(command).stderr).toBe(`audit-trail.yaml: ${missing}\n`);
    expect(folder.files()).toEqual(["folder/x"]);
  });
});

describe("a configuration that is wrong", () => {
  const WRONG = `${CONFIGURATION.replace("Ada", "3")}  third: { acount_id: 012 }\n`;
  const PROBLEMS = [
    ["3", "13", "defaults.owner", "must be a text, in quotes; got the number 3"],
    ["7", "3", "trails.third.account_id", "must be given: The AWS account in which the trail is created"],
    ["7", "3", "trails.third.name", "must be given where account_name is not; got null"],
    ["7", "12", "trails.third.acount_id", "is not a known name; did you mean account_id?"],
  ] as const;

  test.each(["check", "synth"])("is told of with all its problems by %s, and nothing is written", (command) => {
    folder.write("audit-trail.yaml", WRONG);
    const { code, stdout, stderr } = folder.run(command);
    expect({ code, stdout }).toEqual({ code: 1, stdout: "" });
    expect(stderr.trimEnd().split("\n")).toEqual(
      PROBLEMS.map(([line, column, path, rule]) => `audit-trail.yaml:${line}:${column}: ${path}: ${rule}`),
    );
    expect(folder.files()).toEqual(["audit-trail.yaml"]);
  });

  test.each(["check", "synth"])("is told of as JSON on standard output by %s --json", (command) => {
    folder.write("other.yaml", WRONG);
    const { code, stdout, stderr } = folder.run(command, "other.yaml", "--json");
    expect({ code, stderr }).toEqual({ code: 1, stderr: "" });
    expect(JSON.parse(stdout)).toEqual({
      ok: false,
      file: "other.yaml",
      problems: PROBLEMS.map(([line, column, path, rule]) => ({
        file: "other.yaml",
        line: Number(line),
        column: Number(column),
        path,
        message: `${path}: ${rule}`,
      })),
    });
  });
});

describe("an error that nobody foresaw", () => {
  test("is told of without a trace, and as a fault of the command's own", () => {
    folder.write("audit-trail.yaml", CONFIGURATION);
    jest.spyOn(JSON, "parse").mockImplementationOnce(() => {
      throw new TypeError("x is not a function");
    });
    const { code, stdout, stderr } = folder.run("check");
    expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
    expect(stderr).toMatch(/^This is a fault of audit-trail; please report it: x is not a function\n$/);
  });
});
