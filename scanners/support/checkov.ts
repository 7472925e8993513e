import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { run } from "./run";

/** A check that did not pass. */
export interface FailedCheck {
  readonly check: string;
  /** The address of the resource within the module that makes it, without the index of what a condition makes. */
  readonly resource: string;
}

/** What checkov found. */
export interface Scan {
  readonly passed: number;
  readonly parsingErrors: number;
  /** Checks that comments in the source turn off. */
  readonly skipped: number;
  /** How many resources it looked at. */
  readonly resourceCount: number;
  /** The types of the resources that it names: of a plan, only those that it has checks for. */
  readonly types: ReadonlySet<string>;
  readonly failed: readonly FailedCheck[];
}

interface Report {
  readonly results?: { readonly failed_checks: readonly { readonly check_id: string; readonly resource: string }[] };
  readonly summary?: Readonly<Record<"passed" | "skipped" | "parsing_errors" | "resource_count", number>>;
}

interface Components {
  readonly components?: readonly { readonly name: string }[];
}

/** Scans the HCL of a module together with the modules that it calls. */
export function scanFolder(folder: string): Promise<Scan> {
  return scan("--directory", folder, "--framework", "terraform");
}

/** Scans what `terraform show -json` says of a plan. */
export function scanPlan(file: string): Promise<Scan> {
  return scan("--file", file, "--framework", "terraform_plan");
}

async function scan(...source: readonly string[]): Promise<Scan> {
  const folder = mkdtempSync(join(tmpdir(), "audit-trail-checkov-"));
  try {
    // The list of components has the resources that no check looks at, too.
    const files = ["report.json", "components.json"].map((name) => join(folder, name));
    const { code, stderr } = await run("checkov/bin/checkov", [
      ...source,
      "--skip-download",
      "--compact",
      "--output=json",
      "--output=cyclonedx_json",
      `--output-file-path=${files.join(",")}`,
    ]);
    // 1 says that checks failed.
    if (code !== 0 && code !== 1) {
      throw new Error(`checkov ended with code ${code}:\n${stderr}`);
    }
    const [report, components] = files.map((file) => JSON.parse(readFileSync(file, "utf8"))) as [Report, Components];
    // Where it found nothing to look at, there are no results.
    const failed = report.results?.failed_checks ?? [];
    return {
      passed: report.summary?.passed ?? 0,
      parsingErrors: report.summary?.parsing_errors ?? 0,
      skipped: report.summary?.skipped ?? 0,
      resourceCount: report.summary?.resource_count ?? 0,
      types: new Set((components.components ?? []).flatMap(({ name }) => typeOf(name) ?? [])),
      failed: failed.map(({ check_id, resource }) => ({
        check: check_id,
        resource: resource.replace(/^(module\.\w+(\[0\])?\.)*/, "").replace("[0]", ""),
      })),
    };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** The type of the resource at an address. Undefined for the configuration of a provider. */
function typeOf(address: string): string | undefined {
  return /(?:^|\.)(aws_\w+)\.[^.]+$/.exec(address)?.[1];
}
