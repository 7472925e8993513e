import { execFileSync } from "node:child_process";
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, normalize } from "node:path";

const ROOT = join(__dirname, "..");

/** The files that npm would publish of a folder, without building anything. */
function packed(folder: string): ReadonlySet<string> {
  const printed = execFileSync("npm", ["pack", "--dry-run", "--json", "--ignore-scripts"], {
    cwd: folder,
    encoding: "utf8",
    stdio: ["ignore", "pipe", "ignore"],
  });
  const [{ files }] = JSON.parse(printed) as [{ readonly files: readonly { readonly path: string }[] }];
  return new Set(files.map(({ path }) => path));
}

/** The relative links of a page, from the root of the repository, without what comes after `#`. */
function linksOf(page: string): readonly string[] {
  const links = [...readFileSync(join(ROOT, page), "utf8").matchAll(/\]\(([^)\s]+)\)/g)].map(
    ([, link]) => link as string,
  );
  return links
    .filter((link) => !/^(https?:|mailto:|#)/.test(link))
    .map((link) => normalize(join(dirname(page), link.replace(/#.*$/, ""))).replace(/\/$/, ""));
}

describe("the package", () => {
  const files = packed(ROOT);
  const hasAt = (path: string): boolean => files.has(path) || [...files].some((file) => file.startsWith(`${path}/`));

  test("has something at every relative link of its README", () => {
    const links = linksOf("README.md");
    expect(links.length).toBeGreaterThan(30);
    expect(links.filter((link) => !hasAt(link))).toEqual([]);
  });

  test("has every page to which a command points", () => {
    expect(hasAt("docs/deployment-role.md")).toBe(true);
  });

  test("has pages whose links to other pages, examples and modules lead somewhere", () => {
    const pages = [...files].filter((path) => /^docs\/.*\.md$/.test(path));
    expect(pages.length).toBeGreaterThan(5);
    const broken = pages.flatMap((page) =>
      linksOf(page)
        .filter((link) => /^(docs|examples|modules)\b/.test(link) && !hasAt(link))
        .map((link) => `${page}: ${link}`),
    );
    expect(broken).toEqual([]);
  });

  test("has no sources and no tests", () => {
    expect([...files].filter((path) => /^(src|__tests__|e2e|build)\//.test(path))).toEqual([]);
  });
});

test("what examples make when they are run is not in the package", () => {
  const folder = mkdtempSync(join(tmpdir(), "audit-trail-package-"));
  try {
    const write = (path: string): void => {
      mkdirSync(dirname(join(folder, path)), { recursive: true });
      writeFileSync(join(folder, path), "x");
    };
    cpSync(join(ROOT, "package.json"), join(folder, "package.json"));
    const kept = ["examples/typescript/main.ts", "modules/a/main.tf", "docs/a.md"];
    const made = [
      ...["main.js", "main.d.ts", "package-lock.json", "cdktf.out/cdk.tf.json", "node_modules/a/index.ts"],
      ...[".terraform/modules/modules.json", ".terraform.lock.hcl", "terraform.tfstate", "terraform.tfstate.backup"],
    ].map((path) => `examples/typescript/${path}`);
    [...kept, ...made].forEach(write);
    expect(made.filter((path) => existsSync(join(folder, path)))).toEqual(made);
    expect([...packed(folder)].sort()).toEqual([...kept, "package.json"].sort());
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});
