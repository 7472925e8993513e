import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parse } from "@cdktf/hcl2json";
import { ArchiveLayout, DirectoryTarget, parseVersion } from "../../src/publish";
import type { PackedRelease } from "../../src/publish/release";

let root: string;

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), "audit-trail-directory-"));
});

afterEach(() => {
  rmSync(root, { recursive: true, force: true });
});

const layout = new ArchiveLayout("acme", { name: "audit-trail", provider: "aws" });

test.each(["a b", 'we"ird', "back\\slash"])(
  "callers of what is in the folder %s write a path that leads there",
  async (name) => {
    const target = new DirectoryTarget(join(root, name), layout);
    const call = `module "audit_trail" {\n  ${target.callOf("1.0.0").join("\n  ")}\n}\n`;
    expect(await parse("main.tf", call)).toEqual({
      module: { audit_trail: [{ source: join(root, name, layout.pathOf("1.0.0")) }] },
    });
  },
);

const release = (content: string): PackedRelease =>
  ({ version: parseVersion("1.0.0"), archive: Buffer.from(content) }) as PackedRelease;

/** Two who publish the same version to the same folder. */
const two = (): readonly [DirectoryTarget, DirectoryTarget] => [
  new DirectoryTarget(root, layout),
  new DirectoryTarget(root, layout),
];

test("where another run took away what was written, that is told, and not that the version is published", async () => {
  const [one, other] = two();
  one.write(release("one"));
  other.write(release("other"));
  expect(() => one.put(release("one"))).toThrow("took the archive away that was to be put there; run again");
  expect((await one.look()).versions).toEqual([]);
  other.put(release("other"));
  expect(readFileSync(join(root, layout.pathOf("1.0.0")), "utf8")).toBe("other");
  expect(readdirSync(join(root, layout.folder))).toEqual([layout.fileOf("1.0.0")]);
});

test("where another run published the version meanwhile, that one stays", () => {
  const [one, other] = two();
  one.write(release("one"));
  one.put(release("one"));
  other.write(release("other"));
  expect(() => other.put(release("other"))).toThrow("was published by somebody else at the same time; that one stays");
  expect(readFileSync(join(root, layout.pathOf("1.0.0")), "utf8")).toBe("one");
});
