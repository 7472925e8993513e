import { readFileSync } from "node:fs";
import { join } from "node:path";
import { exceptions } from "../../prowler/exceptions";
import { prowlerDocument } from "../../prowler/support/document";
import { ELSEWHERE, NOTHING } from "../../prowler/support/judgement";
import { ROOT } from "../../prowler/support/prowler";
import { markdownCode, markdownSetting } from "../../src/compliance/formats/markdown";

const read = (file: string): string => readFileSync(join(ROOT, file), "utf8");

/** The cells of the rows of all tables. */
const rowsOf = (page: string): readonly (readonly string[])[] =>
  page
    .split("\n")
    .filter((line) => line.startsWith("| "))
    .map((line) => line.slice(2, -2).split(" | "));

describe("the page about Prowler", () => {
  const page = prowlerDocument(
    {
      versions: { Prowler: "1.2.3" },
      seconds: { Terraform: 61.4 },
      checks: [
        { name: "a", numbers: { "cis-7.0": ["4.1"] }, isOfTrails: true },
        { name: "b", numbers: {}, isOfTrails: false },
      ],
      outcomes: [
        { check: "a", resource: "aws_cloudtrail.trail", result: "PASS" },
        ...["1", "2", "3", "4"].map((name) => ({ check: "b", resource: `type.${name}`, result: "PASS" }) as const),
        { check: "b", resource: ELSEWHERE, result: "FAIL" },
        { check: "b", resource: "type.5", result: "FAIL" },
      ],
    },
    [
      { check: "b", resource: ELSEWHERE, reason: "One reason." },
      { check: "b", resource: "type.5", reason: "Another: `x: {}`." },
    ],
  );

  test("has the figures of the run", () => {
    expect(rowsOf(page)).toEqual(
      expect.arrayContaining([
        ["Prowler", "1.2.3"],
        ["Terraform", "61 s"],
        ["CIS logging and monitoring", "1 checks: 1 passed"],
        ["Other checks", "1 checks: 4 passed, 2 failed"],
      ]),
    );
  });

  test("has a row for what each check passes, and for each reason why it does not", () => {
    expect(rowsOf(page).filter(([name]) => name === "`a`" || name === "`b`")).toEqual([
      ["`a`", "CIS 4.1 (7.0)", "passed", "`aws_cloudtrail.trail`", ""],
      ["`b`", "", "passed", "4 resources", ""],
      ["`b`", "", "failed", ELSEWHERE, "One reason."],
      ["`b`", "", "failed", "`type.5`", "Another: `x: {}`."],
    ]);
  });
});

describe("docs/prowler.md", () => {
  const rows = rowsOf(read("docs/prowler.md"));

  test("was written with the version that would be installed", () => {
    const [, pinned] = /^prowler==(\S+)$/m.exec(read("prowler/requirements.txt")) ?? [];
    expect(rows).toContainEqual(["Prowler", pinned]);
  });

  test("has every exception with its reason, and no other", () => {
    const told = rows
      .filter(([, , result]) => ["failed", "manual", "muted", "silent"].includes(`${result}`))
      .flatMap(([check, , , resources, reason]) => `${resources}`.split(", ").map((each) => [check, each, reason]));
    const listed = exceptions.map(({ check, resource, reason }) => [
      markdownCode(check),
      resource === ELSEWHERE || resource === NOTHING ? resource : markdownCode(resource),
      markdownSetting(reason),
    ]);
    expect(told.map((row) => row.join(" ")).sort()).toEqual(listed.map((row) => row.join(" ")).sort());
  });
});
