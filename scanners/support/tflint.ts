import { join } from "node:path";
import { ROOT, run } from "./run";

interface Report {
  readonly issues: readonly {
    readonly rule: { readonly name: string };
    readonly message: string;
    readonly range: { readonly filename: string; readonly start: { readonly line: number } };
  }[];
  readonly errors: readonly { readonly summary: string; readonly message: string }[];
}

/** What tflint found in a folder. */
export interface Findings {
  /** 0 where it found nothing, 2 where rules are broken, 1 where it failed. */
  readonly code: number;
  /** The rule that is broken, or `error`, and what tflint says of it. */
  readonly findings: readonly string[];
}

/** Inspects a module with the rules of the project's `.tflint.hcl`. */
export async function tflint(folder: string): Promise<Findings> {
  const { code, stdout, stderr } = await run("tflint/tflint", [
    `--chdir=${folder}`,
    `--config=${join(ROOT, ".tflint.hcl")}`,
    "--format=json",
  ]);
  if (stdout === "") {
    throw new Error(`tflint ended with code ${code}:\n${stderr}`);
  }
  const { issues, errors } = JSON.parse(stdout) as Report;
  const broken = issues.map(
    ({ rule, message, range }) => `${rule.name}: ${message} (${range.filename}:${range.start.line})`,
  );
  return { code, findings: [...broken, ...errors.map(({ summary, message }) => `error: ${summary}: ${message}`)] };
}
