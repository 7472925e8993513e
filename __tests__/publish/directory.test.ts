import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parse } from "@cdktf/hcl2json";
import { ArchiveLayout, DirectoryTarget } from "../../src/publish";

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
