import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { parse } from "@cdktf/hcl2json";
import { GitTarget, hasSecret } from "../../src/publish";

test.each([
  "https://x-access-token:t0ken@git.acme.test/module.git",
  "https://t0ken@git.acme.test/module.git",
  "HTTPS://t0ken@git.acme.test/module.git",
  "http://:t0ken@git.acme.test:8080/module.git",
  "git::https://t0ken@git.acme.test/module.git",
  "ssh://git:t0ken@git.acme.test/module.git",
])("the address %s has a secret in it", (address) => {
  expect(hasSecret(address)).toBe(true);
});

test.each([
  "https://git.acme.test/module.git",
  "https://git.acme.test:8443/a@b/module.git",
  "ssh://git@git.acme.test/module.git",
  "ssh://git@git.acme.test:2222/module.git",
  "git@git.acme.test:acme/module.git",
  "git@git.acme.test:acme/a@b.git",
  "file:///srv/git/module.git",
  "/srv/git/a@b:c.git",
])("the address %s has none", (address) => {
  expect(hasSecret(address)).toBe(false);
});

/** What a caller of a repository would write as its source, as Terraform reads it. */
async function sourceOf(repository: string): Promise<string> {
  const target = new GitTarget({ repository, folder: "clone", pushes: false });
  const call = `module "audit_trail" {\n  ${target.callOf("1.0.0").join("\n  ")}\n}\n`;
  const { module } = (await parse("main.tf", call)) as { readonly module: { audit_trail: [{ source: string }] } };
  return module.audit_trail[0].source;
}

test.each(["a b", 'we"ird', "do${llar}", "per%41cent", "ha#sh", "que?stion"])(
  "callers of a repository in the folder %s write an address that leads there",
  async (name) => {
    const root = mkdtempSync(join(tmpdir(), "audit-trail-repository-"));
    try {
      mkdirSync(join(root, name));
      const [, url = "", tag] = /^git::(.*)\?ref=(.*)$/.exec(await sourceOf(join(root, name))) ?? [];
      expect([fileURLToPath(url), tag]).toEqual([join(root, name), "v1.0.0"]);
    } finally {
      rmSync(root, { recursive: true });
    }
  },
);

test("callers of a repository elsewhere write its address as it is", async () => {
  expect(await sourceOf("git@git.acme.test:acme/module.git")).toBe("git::git@git.acme.test:acme/module.git?ref=v1.0.0");
});
