import { execFileSync } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { auditTrailDefinition } from "../../src/audit-trail/inputs";
import { readConfiguration } from "../../src/configuration";
import { moduleFiles } from "../../src/generator";
import { fromProps } from "../../src/inputs";
import { publishedModules } from "../../src/published";
import { synthesize } from "../../src/stacks";
import { sampleConfigurations } from "../terraform/support/random-configurations";

const ROOT = join(__dirname, "../..");
const RANDOM_CONFIGURATIONS = 60;

/** The version of a package that is installed, whatever stands in for it here. */
function installed(name: string): string {
  return JSON.parse(readFileSync(join(ROOT, "node_modules", name, "package.json"), "utf8")).version;
}

/** The files below a folder, by path. */
function filesBelow(folder: string): Record<string, string> {
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true });
  return Object.fromEntries(
    entries
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name))
      .sort()
      .map((path) => [path.slice(folder.length + 1), readFileSync(path, "utf8")]),
  );
}

/** What is generated here, with cdktn. */
function generated(format: "hcl" | "json"): Record<string, string> {
  return Object.fromEntries(
    publishedModules.flatMap((source) =>
      [...moduleFiles(source, format)].map(([path, content]) => [`${source.name}/${path}`, content] as const),
    ),
  );
}

function isExisting(logBucket: unknown): boolean {
  const { existingBucket } = (logBucket ?? {}) as { readonly existingBucket?: unknown };
  return existingBucket !== undefined && existingBucket !== null;
}

describe("with cdktn in the place of cdktf", () => {
  let folder: string;

  /** Runs the command in a process of its own, where cdktf is cdktf. */
  const withCdktf = (...args: readonly string[]): void => {
    execFileSync(process.execPath, [join(ROOT, "build/run.cjs"), "cli", ...args], { cwd: folder, stdio: "pipe" });
  };

  /**
   * The stacks of a configuration, as cdktf and as cdktn write them. Each says which of them wrote it: that is compared
   * with what is installed, and taken out. They are laid out anew, as cdktf breaks the line in what is empty.
   */
  const stacks = (file: string): readonly (readonly [string, string, string])[] => {
    withCdktf("synth", file, "--out", "stacks");
    const before = filesBelow(join(folder, "stacks"));
    const { trails } = readConfiguration(file, readFileSync(file));
    const without = (content: string | undefined, version: string): string => {
      expect(content).toContain(`"version": "${version}"`);
      const json = (content as string).replace(`"version": "${version}"`, '"version": ""');
      return JSON.stringify(JSON.parse(json), null, 2);
    };
    return [...synthesize(trails)]
      .filter(([path]) => path.endsWith("cdk.tf.json"))
      .map(([path, content]) => [
        path,
        without(before[path], installed("cdktf")),
        without(content, installed("cdktn")),
      ]);
  };

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "audit-trail-cdktn-"));
  });

  afterEach(() => {
    rmSync(folder, { recursive: true, force: true });
  });

  test("the modules are those that are committed, to the byte", () => {
    expect(generated("hcl")).toEqual(filesBelow(join(ROOT, "modules")));
  });

  test("the modules in JSON are those that cdktf makes, to the byte", () => {
    withCdktf("generate", "--format", "json", "--out", "json");
    expect(generated("json")).toEqual(filesBelow(join(folder, "json")));
  });

  test("the stack of the configuration as it is committed is the one that cdktf makes, in the same order", () => {
    const [[path, before, after] = [], ...others] = stacks(join(ROOT, "audit-trail.yaml"));
    expect(path).toBe("stacks/example/cdk.tf.json");
    expect(after).toBe(before);
    expect(others).toEqual([]);
  });

  test(`the stacks of ${RANDOM_CONFIGURATIONS} random configurations are those that cdktf makes, in the same order`, () => {
    const trails = sampleConfigurations(RANDOM_CONFIGURATIONS).map((props, index) => [
      `random${index}`,
      {
        ...fromProps(auditTrailDefinition.fields, {
          ...props,
          name: `random${index}`,
          // Names of new buckets must differ; an existing one is not named anew.
          logBucket: isExisting(props.logBucket)
            ? props.logBucket
            : { ...props.logBucket, name: `random-logs-${index}` },
        }),
        prevent_destroy: index % 2 === 0,
      },
    ]);
    const file = join(folder, "random.yaml");
    // JSON is YAML, too.
    writeFileSync(file, JSON.stringify({ state: { local: {} }, trails: Object.fromEntries(trails) }));
    const written = stacks(file);
    expect(written).toHaveLength(RANDOM_CONFIGURATIONS);
    for (const [, before, after] of written) {
      expect(after).toBe(before);
    }
  });
});
