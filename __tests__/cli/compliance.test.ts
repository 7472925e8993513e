import { readFileSync } from "node:fs";
import { join } from "node:path";
import { frameworks } from "../../src/compliance";
import { controls } from "../../src/compliance/controls";
import { CONFIGURATION, Folder } from "./support/command";

let folder: Folder;

beforeEach(() => {
  folder = new Folder();
  folder.write("audit-trail.yaml", CONFIGURATION);
});

afterEach(() => {
  folder.remove();
});

/** A control in the JSON of a report. */
interface Control {
  readonly id: string;
  readonly numbers: Readonly<Record<string, readonly string[]>>;
  readonly verdict: string;
}

/** What stands in JSON of a trail. */
interface Report {
  readonly name: string;
  readonly counts: Readonly<Record<string, number>>;
  readonly controls: readonly Control[];
}

function reports(...args: readonly string[]): readonly Report[] {
  const { code, stdout, stderr } = folder.run("compliance", ...args, "--json");
  expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
  return (JSON.parse(stdout) as { readonly trails: readonly Report[] }).trails;
}

describe("compliance", () => {
  test("tells of each trail what is satisfied and what is not, with the input and the cost, and writes nothing", () => {
    const { code, stdout, stderr } = folder.run("compliance");
    expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
    const counts = "[0-9]+ satisfied, [0-9]+ not satisfied, [0-9]+ manual, [0-9]+ not applicable";
    expect(stdout).toMatch(new RegExp(`^prod: account 444455556666, eu-central-1: ${counts}\n`));
    expect(stdout).toMatch(new RegExp(`^test: account 777788889999, eu-central-1: ${counts}$`, "m"));
    expect(stdout).toMatch(
      /\n {4}The trail encrypts its logs with a KMS key \[CIS .*; Security Hub CloudTrail\.2\]\n {6}why: {2}.*\n {6}set: {2}encryption: \{\}\n {6}cost: per month for a key/,
    );
    expect(stdout).toMatch(
      /\n {6}run: {2}aws s3api put-bucket-versioning --bucket bucket-for-cloudtrail-logs-444455556666-/,
    );
    expect(folder.files()).toEqual(["audit-trail.yaml"]);
  });

  test("tells once what there is to know of controls that follow each other", () => {
    expect(folder.run("compliance").stdout.match(/Nobody is told of it\./g)).toHaveLength(2);
  });

  test("tells the same as JSON", () => {
    const { stdout } = folder.run("compliance", "--json");
    expect(JSON.parse(stdout)).toEqual({
      ok: true,
      file: "audit-trail.yaml",
      framework: null,
      trails: ["prod", "test"].map((name) => ({
        name,
        account_id: expect.stringMatching(/^[0-9]{12}$/),
        region: "eu-central-1",
        counts: {
          satisfied: expect.any(Number),
          not_satisfied: expect.any(Number),
          manual: expect.any(Number),
          not_applicable: expect.any(Number),
        },
        controls: expect.arrayContaining([
          {
            id: "log_file_validation",
            title: expect.any(String),
            numbers: {
              "cis-1.4": ["3.2"],
              "cis-3.0": ["3.2"],
              "cis-5.0": ["3.2"],
              "cis-6.0": ["4.2"],
              "cis-7.0": ["4.2"],
              fsbp: ["CloudTrail.4"],
            },
            verdict: "satisfied",
            why: expect.any(String),
            command: null,
            resource: "aws_cloudtrail",
            setting: "always",
            cost: "nothing",
          },
        ]),
        findings: [
          { rule: "alarms-are-complete", resource: "aws_cloudwatch_metric_alarm", message: expect.any(String) },
        ],
      })),
    });
  });

  test("counts every control once", () => {
    for (const { counts, controls } of reports()) {
      expect(Object.values(counts).reduce((sum, count) => sum + count, 0)).toBe(controls.length);
      for (const [verdict, count] of Object.entries(counts)) {
        expect(controls.filter((control) => control.verdict === verdict)).toHaveLength(count);
      }
    }
  });

  test("tells what each trail has chosen for itself", () => {
    const verdicts = reports().map(({ name, controls }) => [
      name,
      controls.find(({ id }) => id === "object_reads_recorded")?.verdict,
    ]);
    expect(verdicts).toEqual([
      ["prod", "satisfied"],
      ["test", "not_satisfied"],
    ]);
  });

  test.each(Object.keys(frameworks))(
    "--framework %s has its controls alone, by their numbers in order",
    (framework) => {
      for (const { controls } of reports("--framework", framework)) {
        expect(controls.length).toBeGreaterThan(15);
        const numbers = controls.flatMap(({ numbers: each }) => {
          expect(Object.keys(each)).toEqual([framework]);
          return each[framework]?.[0] ?? [];
        });
        expect(numbers).toEqual(numbers.toSorted((left, right) => left.localeCompare(right, "en", { numeric: true })));
      }
    },
  );

  test("a framework that is not there is refused with those that are", () => {
    expect(folder.run("compliance", "--framework", "cis-2.0")).toEqual({
      code: 2,
      stdout: "",
      stderr:
        "error: option '--framework <framework>' argument 'cis-2.0' is invalid. Allowed choices are cis-7.0, cis-6.0, cis-5.0, cis-3.0, cis-1.4, fsbp.\n(audit-trail help compliance shows what there is)\n",
    });
  });

  test.each([
    ["--json", "--markdown"],
    ["--json", "--html"],
    ["--markdown", "--html"],
    ["--profiles", "--json"],
    ["--profiles", "--framework=fsbp"],
    ["--profiles", "--fail-on=manual"],
    ["--profiles", "nowhere.yaml"],
  ])("%s and %s are one too many", (...options) => {
    const { code, stdout, stderr } = folder.run("compliance", ...options);
    expect(code).toBe(2);
    expect(`${stdout}${stderr}`).toContain("cannot be used with ");
  });

  test.each(["not-satisfied", "manual", "finding"])(
    "--fail-on %s ends with 1 where there is one, once the report is made, and says so",
    (what) => {
      const { code, stdout, stderr } = folder.run("compliance", "--fail-on", what);
      expect({ code, stderr }).toEqual({
        code: 1,
        stderr: expect.stringMatching(`^--fail-on ${what} is met: [1-9][0-9]* in 2 trails\n$`),
      });
      expect(stdout).toBe(folder.run("compliance").stdout);
    },
  );

  test("--fail-on with --json says that it is not ok, where it is met", () => {
    const { code, stdout, stderr } = folder.run("compliance", "--fail-on", "manual", "--json");
    expect({ code, stderr }).toEqual({ code: 1, stderr: "" });
    const { ok, ...report } = JSON.parse(stdout);
    expect(ok).toBe(false);
    expect(JSON.parse(folder.run("compliance", "--json").stdout)).toEqual({ ok: true, ...report });
  });

  test("a configuration that is wrong is told as by every other command", () => {
    folder.write("a.yaml", CONFIGURATION.replace("444455556666", "1"));
    expect(folder.run("compliance", "a.yaml")).toEqual(folder.run("check", "a.yaml"));
    expect(folder.run("compliance", "a.yaml", "--json")).toEqual(folder.run("check", "a.yaml", "--json"));
    expect(folder.run("compliance", "a.yaml").code).toBe(1);
  });

  test("--markdown writes a table for each verdict", () => {
    const { code, stdout, stderr } = folder.run("compliance", "--framework", "cis-7.0", "--markdown");
    expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
    expect(stdout).toMatch(/^# Audit trail: CIS AWS Foundations Benchmark 7\.0\n\n## prod\n\nAccount 444455556666, /);
    expect(stdout).toContain(
      "\n### Not satisfied\n\n| Control | Numbers | Why | Set | Cost |\n| --- | --- | --- | --- | --- |\n",
    );
    expect(stdout).toContain("| `encryption: {}` |");
    const widths = stdout
      .split("\n")
      .filter((line) => line.startsWith("|"))
      .map((line) => line.replaceAll("\\|", "").split("|").length - 2);
    expect(widths.filter((width) => width < 3 || width > 5)).toEqual([]);
  });

  test("--html writes one page that fetches nothing", () => {
    const { code, stdout, stderr } = folder.run("compliance", "--html");
    expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
    expect(stdout).toMatch(/^<!doctype html>\n<html lang="en">\n/);
    expect(stdout).toContain("<title>Audit trail: CIS AWS Foundations Benchmark and AWS Security Hub</title>");
    expect(stdout).not.toMatch(/<script|src=|href=|url\(|@import/);
    expect(stdout).toMatch(/<h2>prod<\/h2>\n.*\n(.*\n)*<h2>test<\/h2>/);
  });

  test("--profiles tells of every control in each profile, as docs/compliance.md does", () => {
    const { code, stdout, stderr } = folder.run("compliance", "--profiles");
    expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
    expect(stdout).toBe(readFileSync(join(__dirname, "../../docs/compliance.md"), "utf8"));
    expect(stdout).toContain("| `essential` | `cis` | Proved by |");
    const lines = stdout.split("\n").filter((line) => line.includes(".test.ts`: ") && line.startsWith("|"));
    expect(lines).toHaveLength(controls.length);
  });
});
