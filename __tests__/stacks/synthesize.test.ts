import { execFileSync } from "node:child_process";
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { App } from "cdktf";
import { addStacks, type NamedStack, synthesize } from "../../src/stacks";

const ROOT = join(__dirname, "../..");

const STACKS: readonly NamedStack[] = ["prod", "test"].map((name, index) => ({
  name,
  inputs: {
    accountId: `${index}`.repeat(12),
    accountName: name,
    region: "eu-central-1",
    owner: "Exämple ${Owner}".replace(/[${}]/g, "-"),
    organization: { id: "o-exampleorgid", managementAccountId: "111122223333" },
  },
  state: {
    backend: "s3",
    settings: { bucket: "example-states", key: name, region: "eu-central-1", use_lockfile: true },
  },
  provider: { profile: null, role_arn: null },
  preventDestroy: true,
  regionArgument: false,
}));

describe("what is synthesized", () => {
  const files = synthesize(STACKS);

  test("is one file a stack, and the manifest that the command cdktf reads", () => {
    expect([...files.keys()]).toEqual(["stacks/prod/cdk.tf.json", "stacks/test/cdk.tf.json", "manifest.json"]);
    const { stacks } = JSON.parse(files.get("manifest.json") as string) as { stacks: Record<string, object> };
    expect(stacks).toMatchObject({
      prod: { name: "prod", synthesizedStackPath: "stacks/prod/cdk.tf.json", workingDirectory: "stacks/prod" },
      test: { name: "test", dependencies: [] },
    });
  });

  test("is the same to the byte on every run, and whatever order the stacks have", () => {
    expect([...synthesize(STACKS)]).toEqual([...files]);
    const turned = synthesize([...STACKS].reverse());
    for (const [path, content] of files) {
      expect(turned.get(path)).toBe(content);
    }
  });

  test("is what the app writes", () => {
    const outdir = mkdtempSync(join(tmpdir(), "audit-trail-app-"));
    try {
      const app = new App({ outdir, stackTraces: false });
      addStacks(app, STACKS);
      app.synth();
      for (const [path, content] of files) {
        expect(readFileSync(join(outdir, path), "utf8")).toBe(content);
      }
    } finally {
      rmSync(outdir, { recursive: true, force: true });
    }
  });

  test("has no absolute path, no hashed name, no token and no trace of where it was made", () => {
    for (const content of files.values()) {
      for (const place of [ROOT, process.cwd(), tmpdir(), process.env.HOME ?? "/root"]) {
        expect(content).not.toContain(`"${place}`);
      }
      expect(content).not.toMatch(/_[0-9A-F]{8}\b/);
      expect(content).not.toContain("TfToken");
      expect(content).not.toContain("stackTrace");
    }
  });

  test("leaves nothing behind, also where it fails", () => {
    const before = process.env.TMPDIR;
    // A folder of its own: other processes may synthesize at the same time.
    const folder = mkdtempSync(join(tmpdir(), "leaves-nothing-"));
    process.env.TMPDIR = folder;
    try {
      synthesize(STACKS);
      const [stack] = STACKS as [NamedStack];
      expect(() => synthesize([{ ...stack, inputs: { ...stack.inputs, region: "" } }])).toThrow();
      expect(() => synthesize([stack, stack])).toThrow();
      expect(readdirSync(folder)).toEqual([]);
    } finally {
      if (before === undefined) {
        delete process.env.TMPDIR;
      } else {
        process.env.TMPDIR = before;
      }
      rmSync(folder, { recursive: true });
    }
  });

  test("does not listen to what the command cdktf tells its apps", () => {
    const settings = {
      SYNTH_HCL_OUTPUT: "true",
      CDKTF_OUTDIR: join(tmpdir(), "audit-trail-not-there"),
      CDKTF_CONTEXT_JSON: "no JSON",
      CDKTF_TARGET_STACK_ID: "test",
    };
    const before = { ...process.env };
    try {
      Object.assign(process.env, settings);
      expect([...synthesize(STACKS)]).toEqual([...files]);
      expect(process.env).toMatchObject(settings);
      expect(existsSync(settings.CDKTF_OUTDIR)).toBe(false);
    } finally {
      for (const name of Object.keys(settings)) {
        delete process.env[name];
      }
      Object.assign(process.env, before);
    }
  });

  test("is nothing but the manifest where there are no stacks", () => {
    expect([...synthesize([]).keys()]).toEqual(["manifest.json"]);
  });
});

describe("the app", () => {
  test("writes what the command writes, and tells what is wrong with a configuration without a trace", () => {
    const folder = mkdtempSync(join(tmpdir(), "audit-trail-app-"));
    const app = (configuration: string): string =>
      execFileSync(process.execPath, [join(ROOT, "build/run.cjs"), "app"], {
        cwd: folder,
        encoding: "utf8",
        stdio: "pipe",
        env: { ...process.env, CDKTF_OUTDIR: join(folder, "out"), AUDIT_TRAIL_CONFIGURATION: configuration },
      });
    try {
      const committed = join(ROOT, "audit-trail.yaml");
      app(committed);
      execFileSync(process.execPath, [join(ROOT, "build/run.cjs"), "cli", "synth", committed, "--out", "command"], {
        cwd: folder,
      });
      for (const path of ["stacks/example/cdk.tf.json", "manifest.json"]) {
        expect(readFileSync(join(folder, "command", path), "utf8")).toBe(
          readFileSync(join(folder, "out", path), "utf8"),
        );
      }
      expect(() => app("")).toThrow(
        /audit-trail\.yaml: there is no such file; write one with: npm run audit-trail -- init\n$/,
      );
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });
});
