#!/usr/bin/env node
// Runs a program of this repository from a bundle, which starts several times faster than its sources:
//
//   node build/run.cjs app             the CDKTF app, main.ts
//   node build/run.cjs cli [ARGUMENT…] the command audit-trail
//   node build/run.cjs props           the generated TypeScript interfaces, for build/generate.cjs
//
// The bundle is named by a hash over everything that it is made from, so that a stale one is never run.
const { createHash } = require("node:crypto");
const { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync } = require("node:fs");
const { basename, join, relative, sep } = require("node:path");

const root = join(__dirname, "..");
const builds = join(root, ".build", "bundle");
const entries = {
  app: join(root, "main.ts"),
  cli: join(root, "src", "cli", "main.ts"),
  props: join(root, "build", "props.ts"),
};

// Another version may be running, and about to load the rest of its bundle.
const KEPT_FOR = 24 * 60 * 60 * 1000;

function sources(folder) {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    return entry.isDirectory() ? sources(path) : [path];
  });
}

function hashOfSources() {
  const files = [
    join(root, "main.ts"),
    join(root, "package.json"),
    join(root, "package-lock.json"),
    join(root, "tsconfig.json"),
    join(root, "node_modules", ".package-lock.json"),
    __filename,
    entries.props,
    ...sources(join(root, "src")),
  ].sort();
  const hash = createHash("sha256").update(process.version);
  for (const file of files.filter(existsSync)) {
    const content = readFileSync(file);
    hash.update(`${relative(root, file).split(sep).join("/")}\0${content.length}\0`).update(content);
  }
  return hash.digest("hex").slice(0, 20);
}

function bundle(folder) {
  const beside = `${folder}.${process.pid}.tmp`;
  mkdirSync(beside, { recursive: true });
  try {
    require("esbuild").buildSync({
      entryPoints: entries,
      outdir: beside,
      outExtension: { ".js": ".cjs" },
      bundle: true,
      // Large, and loaded by few commands: from node_modules, where they need it.
      external: ["@aws-sdk/*", "@cdktf/hcl2json"],
      platform: "node",
      target: `node${process.versions.node}`,
      minifySyntax: true,
      legalComments: "none",
      logLevel: "error",
    });
    // A source that was saved meanwhile is in the bundle, and not in its name.
    if (basename(folder) !== hashOfSources()) return;
    renameSync(beside, folder);
  } catch (error) {
    // Another process may have been faster, with the same result.
    if (!existsSync(folder)) throw error;
  } finally {
    rmSync(beside, { recursive: true, force: true });
  }
}

function removeOld(current) {
  for (const name of readdirSync(builds)) {
    const path = join(builds, name);
    const age = Date.now() - (statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? Date.now());
    if (path !== current && age > KEPT_FOR) {
      rmSync(path, { recursive: true, force: true });
    }
  }
}

/** The folder of the bundle of the sources as they are now. */
function upToDate() {
  for (;;) {
    const folder = join(builds, hashOfSources());
    if (existsSync(folder)) return folder;
    mkdirSync(builds, { recursive: true });
    bundle(folder);
    removeOld(folder);
  }
}

const [name, ...rest] = process.argv.slice(2);
if (!Object.hasOwn(entries, name ?? "")) {
  process.stderr.write("usage: node build/run.cjs app|cli|props [ARGUMENT...]\n");
  process.exit(2);
}
let folder;
try {
  folder = upToDate();
} catch (error) {
  // What is wrong in a source, esbuild has told already.
  if (!error.errors)
    process.stderr.write(`${error.code === "MODULE_NOT_FOUND" ? "run npm ci first" : error.message}\n`);
  process.exit(1);
}
// What it prints of commands to run next can be run here.
process.env.AUDIT_TRAIL_COMMAND ??= "npm run audit-trail --";
process.argv.splice(1, process.argv.length, join(folder, `${name}.cjs`), ...rest);
require(join(folder, `${name}.cjs`));
