import { spawnSync } from "node:child_process";
import { appendFileSync, cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

const ROOT = join(__dirname, "../..");
const SCHEMA = "schema/audit-trail.schema.json";
const DOCUMENT = "docs/compliance.md";
const PROPS = ["src/components/props.ts", "src/audit-trail/props.ts"];

let copy: string;

beforeAll(() => {
  copy = mkdtempSync(join(tmpdir(), "audit-trail-generate-"));
  for (const path of [
    ...["src", "build", "docs", "modules", "schema", "main.ts"],
    ...["package.json", "package-lock.json", "tsconfig.json", "LICENSE"],
  ]) {
    cpSync(join(ROOT, path), join(copy, path), { recursive: true });
  }
  symlinkSync(join(ROOT, "node_modules"), join(copy, "node_modules"));
});

afterAll(() => {
  rmSync(copy, { recursive: true, force: true });
});

function generate(...options: readonly string[]): { readonly status: number | null; readonly stderr: string } {
  return spawnSync(process.execPath, ["build/generate.cjs", ...options], { cwd: copy, encoding: "utf8" });
}

const textOf = (file: string): string => readFileSync(join(copy, file), "utf8");

describe("npm run generate", () => {
  test("-- --check finds what is committed as it would be written, and changes nothing", () => {
    const before = textOf(SCHEMA);
    expect(generate("--check")).toMatchObject({ status: 0, stderr: "" });
    expect(textOf(SCHEMA)).toBe(before);
  });

  test.each([SCHEMA, DOCUMENT, ...PROPS])(
    "-- --check fails where %s is another one, which it leaves; without it the file is written",
    (file) => {
      const right = textOf(file);
      appendFileSync(join(copy, file), "\n");
      expect(generate("--check")).toMatchObject({
        status: 1,
        stderr: `${file} is not what would be written. Next: npm run generate\n`,
      });
      expect(textOf(file)).toBe(`${right}\n`);
      expect(generate().status).toBe(0);
      expect(textOf(file)).toBe(right);
    },
  );

  test("-- --check fails where there are no interfaces yet, and none are needed to write them", () => {
    const right = PROPS.map(textOf);
    for (const file of PROPS) {
      rmSync(join(copy, file));
    }
    const stderr = PROPS.map((file) => `${file} is not what would be written. Next: npm run generate\n`).join("");
    expect(generate("--check")).toMatchObject({ status: 1, stderr });
    expect(generate()).toMatchObject({ status: 0, stderr: "" });
    expect(PROPS.map(textOf)).toEqual(right);
  });

  test("leaves the schema where an option is wrong", () => {
    const before = textOf(SCHEMA);
    expect(generate("--chek").status).toBe(2);
    expect(textOf(SCHEMA)).toBe(before);
  });
});
