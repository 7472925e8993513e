import type { Severity } from "../semantic-version";

/** What changed between two releases of a module, as far as it is of interest to who calls it. */
export interface Finding {
  readonly severity: Severity;
  /** The nested module that it is about, as `modules/trail`; empty for the module itself. */
  readonly module: string;
  /** What it is about: `var.region`, `output.trail_arn`, `aws_s3_bucket.log_bucket.bucket`. */
  readonly path: string;
  /** What changed. */
  readonly sentence: string;
  /** What the caller has to do; null where that is nothing. */
  readonly remedy: string | null;
}

/** A finding, before it is said which module it is about. */
export type FindingInModule = Omit<Finding, "module">;

/** Makes a finding. */
export function finding(
  severity: Severity,
  path: string,
  sentence: string,
  remedy: string | null = null,
): FindingInModule {
  return { severity, path, sentence, remedy };
}

/** Begins at a path. */
export function below(path: string, findings: readonly FindingInModule[]): readonly FindingInModule[] {
  return findings.map((each) => ({ ...each, path: `${path}${each.path}` }));
}
