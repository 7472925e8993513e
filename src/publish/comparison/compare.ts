import { SEVERITIES, type Severity } from "../semantic-version";
import type { Finding } from "./finding";
import { inputChanges, namesOnlyIn, outputChanges } from "./interface-changes";
import { type ModuleSource, readModules } from "./module-source";
import { place } from "./placed-resources";
import { requirementChanges } from "./requirement-changes";
import { resourceChanges } from "./resource-changes";

/** The files of a release by path, and where they are from, for messages. */
export interface Release {
  readonly files: ReadonlyMap<string, string | Buffer>;
  readonly where: string;
}

/** How two releases of a module differ. */
export interface Comparison {
  readonly findings: readonly Finding[];
  /** How much the version has to grow at least; null where the files are the same. */
  readonly severity: Severity | null;
}

/** Below this lie modules that can be called by themselves. */
const NESTED = /^modules\/[^/]+$/;

/**
 * Compares two releases of a module, also each nested module with itself, as that can be called alone.
 *
 * @throws PublishProblem where one cannot be read
 */
export async function compareReleases(earlier: Release, later: Release): Promise<Comparison> {
  const [before, after] = [
    await readModules(earlier.files, earlier.where),
    await readModules(later.files, later.where),
  ];
  const folders = ["", ...[...after.keys()].filter((folder) => NESTED.test(folder)).sort()];
  const gone = namesOnlyIn(before, after).filter((folder) => NESTED.test(folder));
  const findings = [
    ...gone.map((module) => aboutModule("major", module, "was removed", "Do without it.")),
    ...folders.flatMap((module) => changesOf(module, before, after)),
  ];
  const text = sameFiles(earlier.files, later.files) || findings.length > 0 ? [] : [onlyText];
  const all = sorted([...findings, ...text]);
  return { findings: all, severity: all[0]?.severity ?? null };
}

const onlyText: Finding = {
  severity: "patch",
  module: "",
  path: "",
  sentence: "Nothing changed but text: documentation, examples, tests, or the way in which something is written",
  remedy: null,
};

function aboutModule(severity: Severity, module: string, sentence: string, remedy: string | null): Finding {
  return { severity, module, path: "", sentence, remedy };
}

function changesOf(
  module: string,
  before: ReadonlyMap<string, ModuleSource>,
  after: ReadonlyMap<string, ModuleSource>,
): readonly Finding[] {
  const [was, is] = [before.get(module), after.get(module) as ModuleSource];
  if (was === undefined) {
    return [aboutModule("minor", module, "was added", null)];
  }
  return [
    ...inputChanges(was.variables, is.variables),
    ...outputChanges(was.outputs, is.outputs),
    ...requirementChanges(was, is),
    ...resourceChanges(place(before, module), place(after, module)),
  ].map((each) => ({ ...each, module }));
}

function sameFiles(one: Release["files"], other: Release["files"]): boolean {
  return (
    one.size === other.size &&
    [...one].every(([path, content]) => {
      const counterpart = other.get(path);
      return counterpart !== undefined && Buffer.from(counterpart).equals(Buffer.from(content));
    })
  );
}

/** The gravest first; otherwise in the order in which they were found. */
function sorted(findings: readonly Finding[]): readonly Finding[] {
  return SEVERITIES.flatMap((severity) => findings.filter((each) => each.severity === severity));
}
