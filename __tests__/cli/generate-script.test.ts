import { spawnSync } from "node:child_process";
import { appendFileSync, cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

const ROOT = join(__dirname, "../..");
const SCHEMA = "schema/audit-trail.schema.json";

let copy: string;

beforeAll(() => {
  copy = mkdtempSync(join(tmpdir(), "audit-trail-generate-"));
  for (const path of [
    ...["src", "build", "modules", "schema", "main.ts"],
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

const schema = (): string => readFileSync(join(copy, SCHEMA), "utf8");

describe("npm run generate", () => {
  test("-- --check finds what is committed as it would be written, and changes nothing", () => {
    const before = schema();
    expect(generate("--check")).toMatchObject({ status: 0, stderr: "" });
    expect(schema()).toBe(before);
  });

  test("-- --check fails where the schema is another one, which it leaves; without it the schema is written", () => {
    const right = schema();
    appendFileSync(join(copy, SCHEMA), "\n");
    expect(generate("--check")).toMatchObject({
      status: 1,
      stderr: `${SCHEMA} is not what would be written. Next: npm run generate\n`,
    });
    expect(schema()).toBe(`${right}\n`);
    expect(generate().status).toBe(0);
    expect(schema()).toBe(right);
  });

  test("leaves the schema where an option is wrong", () => {
    const before = schema();
    expect(generate("--chek").status).toBe(2);
    expect(schema()).toBe(before);
  });
});
