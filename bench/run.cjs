#!/usr/bin/env node
// Speed and memory, each as a ratio of two things that are measured side by side in this run. Fails where a bound is
// broken. Wants a machine that does nothing else.
const { execFileSync } = require("node:child_process");
const {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} = require("node:fs");
const { tmpdir } = require("node:os");
const { join } = require("node:path");

const root = join(__dirname, "..");
const work = mkdtempSync(join(tmpdir(), "audit-trail-bench-"));
const runs = Number(process.env.BENCH_RUNS ?? 7);
const environment = { ...process.env, CHECKPOINT_DISABLE: "1", DISABLE_VERSION_CHECK: "1" };
for (const name of Object.keys(environment)) {
  if (name.startsWith("npm_")) delete environment[name];
}

function measure({ command, args, cwd, env = {} }) {
  const memory = join(work, "memory");
  const start = process.hrtime.bigint();
  execFileSync(command, args, { cwd, stdio: "ignore", env: { ...environment, ...env } });
  const seconds = Number(process.hrtime.bigint() - start) / 1e9;
  return { seconds, memory: existsSync(memory) ? Number(readFileSync(memory, "utf8")) : undefined };
}

const median = (values) => [...values].sort((left, right) => left - right)[Math.floor(values.length / 2)];

/** Runs two things in turns, so that what else goes on hits both alike. */
function sideBySide(one, other, times = runs) {
  measure(one);
  measure(other);
  const seconds = [[], []];
  for (let round = 0; round < times; round += 1) {
    seconds[0].push(measure(one).seconds);
    seconds[1].push(measure(other).seconds);
  }
  return seconds.map(median);
}

const results = [];
function judge(what, one, other, bound, unit = "s") {
  const ratio = one / other;
  results.push(ratio <= bound);
  const shown = (value) => `${value.toFixed(unit === "s" ? 2 : 0)} ${unit}`;
  console.log(
    `${ratio <= bound ? "ok    " : "BROKEN"} ${what}: ${shown(one)} against ${shown(other)}, ratio ${ratio.toFixed(2)}, bound ${bound}`,
  );
}

/** The resources of a stack without the names that each program gives them. */
function resources(file) {
  const text = JSON.stringify(JSON.parse(readFileSync(file, "utf8")).resource, (key, value) =>
    key === "//" ? undefined : value,
  );
  return Object.values(JSON.parse(text)).flatMap((byName) => Object.values(byName));
}

function withoutReferences(value) {
  const text = JSON.stringify(value, (key, item) => {
    if (key === "depends_on") return undefined;
    return key === "policy" ? JSON.parse(item, sortedKeys) : item;
  });
  return text.replace(/\$\{[^}]*\}/g, "<reference>");
}

function sortedKeys(_key, value) {
  return value !== null && typeof value === "object" && !Array.isArray(value)
    ? Object.fromEntries(Object.entries(value).sort(([left], [right]) => (left < right ? -1 : 1)))
    : value;
}

function handWritten(folder) {
  mkdirSync(folder, { recursive: true });
  const script = join(folder, "hand-written.cjs");
  require("esbuild").buildSync({
    entryPoints: [join(__dirname, "hand-written.ts")],
    outfile: script,
    format: "cjs",
    platform: "node",
    target: "node20",
  });
  symlinkSync(join(root, "node_modules"), join(folder, "node_modules"));
  return script;
}

/** An app as `cdktf init --template=typescript` makes it, with the hand-written stack as its main.ts. */
function templateApp(folder) {
  mkdirSync(folder, { recursive: true });
  cpSync(join(__dirname, "hand-written.ts"), join(folder, "main.ts"));
  symlinkSync(join(root, "node_modules"), join(folder, "node_modules"));
  const settings = {
    language: "typescript",
    app: "npx ts-node main.ts",
    projectId: "bench",
    sendCrashReports: "false",
    terraformProviders: [],
    terraformModules: [],
    context: {},
  };
  writeFileSync(join(folder, "cdktf.json"), JSON.stringify(settings));
  const compilerOptions = {
    alwaysStrict: true,
    declaration: true,
    experimentalDecorators: true,
    inlineSourceMap: true,
    inlineSources: true,
    lib: ["es2018"],
    module: "CommonJS",
    noEmitOnError: true,
    noImplicitAny: true,
    strict: true,
    strictNullChecks: true,
    strictPropertyInitialization: true,
    stripInternal: true,
    target: "ES2018",
    incremental: true,
    skipLibCheck: true,
    types: ["node"],
  };
  writeFileSync(
    join(folder, "tsconfig.json"),
    JSON.stringify({ compilerOptions, include: ["**/*.ts"], exclude: ["node_modules"] }),
  );
  writeFileSync(
    join(folder, "package.json"),
    JSON.stringify({ name: "bench", private: true, scripts: { synth: "cdktf synth" } }),
  );
  return folder;
}

function accounts(count) {
  const trail = (index) => ({ account_id: String(111122223333 + index) });
  return JSON.stringify({
    state: { s3: { bucket: "example-terraform-state-111122223333", region: "eu-central-1" } },
    defaults: { account_name: "example", region: "eu-central-1", owner: "Example Owner" },
    trails: Object.fromEntries(Array.from({ length: count }, (_, index) => [`stack${index}`, trail(index)])),
  });
}

try {
  const script = handWritten(join(work, "hand"));
  const template = templateApp(join(work, "template"));
  const out = join(work, "out");
  const cli = (...args) => ({
    command: process.execPath,
    args: [join(root, "build/run.cjs"), "cli", ...args],
    cwd: root,
  });
  const npm = (script, ...args) => ({ command: "npm", args: ["run", "-s", script, ...args], cwd: root });
  const hand = (stacks, env = {}) => ({
    command: process.execPath,
    args: [script],
    cwd: join(work, "hand"),
    env: { STACKS: String(stacks), ...env },
  });

  // Both make the same: else the comparison means nothing.
  measure(cli("synth", "--out", out));
  measure(hand(1));
  const ours = withoutReferences(
    resources(join(out, "stacks/example/cdk.tf.json")).map((each) => sortedKeys("", each)),
  );
  const theirs = withoutReferences(
    resources(join(work, "hand/cdktf.out/stacks/stack0/cdk.tf.json")).map((each) => sortedKeys("", each)),
  );
  if (ours !== theirs) {
    throw new Error(`the hand-written script makes other resources:\n${ours}\n${theirs}`);
  }

  judge(
    "npm run synth, against cdktf synth in an app of the template",
    ...sideBySide(
      npm("synth", "--", "--out", out),
      { command: "npx", args: ["cdktf", "synth"], cwd: template },
      Math.min(runs, 5),
    ),
    0.2,
  );
  judge(
    "the app as npm run synth starts it, against the hand-written script",
    ...sideBySide(cli("synth", "--out", out), hand(1)),
    1.2,
  );
  judge(
    "npm run audit-trail -- generate, against npm run synth",
    ...sideBySide(
      npm("audit-trail", "--", "generate", "--out", join(work, "modules")),
      npm("synth", "--", "--out", out),
    ),
    2,
  );

  for (const count of [100, 1000]) {
    writeFileSync(join(work, `${count}.yaml`), accounts(count));
  }
  const many = (count) => cli("synth", join(work, `${count}.yaml`), "--out", join(work, `out${count}`));
  const [hundred, thousand] = sideBySide(many(100), many(1000), 3);
  const [start] = sideBySide(cli("synth", "--out", out), cli("synth", "--out", out), 3);
  judge(
    "1,000 accounts, against ten times 100, without the start of the program",
    thousand - start,
    10 * (hundred - start),
    1.2,
  );
  judge("1,000 accounts, against 1,000 stacks of the hand-written script", ...sideBySide(many(1000), hand(1000), 3), 1);
  const peak = measure({
    ...many(1000),
    env: { NODE_OPTIONS: `--require ${join(__dirname, "peak-memory.cjs")}`, PEAK_MEMORY_FILE: join(work, "memory") },
  });
  judge("memory for 1,000 accounts, against 400 MiB", peak.memory, 400, 1, "MiB");
} finally {
  rmSync(work, { recursive: true, force: true });
}
process.exitCode = results.every(Boolean) ? 0 : 1;
