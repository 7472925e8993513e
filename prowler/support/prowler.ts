import { execFile } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

export const ROOT = join(__dirname, "../..");

/** Where Prowler is installed. */
export const INSTALLED = join(ROOT, ".build/prowler");

/** What Prowler says of one resource. `MUTED` is what a list of it tells to overlook. */
export type Result = "PASS" | "FAIL" | "MANUAL" | "MUTED";

/** One answer of one check. */
export interface Finding {
  readonly check: string;
  /** The ARN of what it looked at. */
  readonly arn: string;
  readonly result: Result;
}

/** What one run found. */
export interface Scan {
  /** The version of Prowler, as it says itself. */
  readonly version: string;
  readonly findings: readonly Finding[];
}

/** What is needed here of a finding as Prowler writes it, which is that of OCSF. */
interface DetectionFinding {
  readonly metadata: { readonly event_code: string; readonly product: { readonly version: string } };
  readonly status: string;
  readonly status_code: Exclude<Result, "MUTED">;
  readonly resources: readonly [{ readonly uid: string }];
}

/**
 * Runs some of Prowler's checks on the account that an environment reaches. Nothing of the user's settings reaches it:
 * credentials or a configuration in the home folder would lead elsewhere.
 */
export async function scan(
  environment: Readonly<Record<string, string>>,
  region: string,
  checks: readonly string[],
): Promise<Scan> {
  const home = join(INSTALLED, "home");
  mkdirSync(home, { recursive: true });
  const folder = mkdtempSync(join(tmpdir(), "audit-trail-prowler-"));
  try {
    await run(
      [
        "aws",
        `--region=${region}`,
        // By default it says nothing of what it takes for unused, such as a network without machines.
        "--scan-unused-services",
        "--output-formats=json-ocsf",
        `--output-directory=${folder}`,
        "--output-filename=findings",
        "--no-banner",
        "--no-color",
        // Without this, failed checks end it as errors do.
        "--ignore-exit-code-3",
        "--check",
        ...checks,
      ],
      { PATH: `${process.env.PATH}`, HOME: home, LC_ALL: "C.UTF-8", AWS_EC2_METADATA_DISABLED: "true", ...environment },
      home,
    );
    return scanIn(readFileSync(join(folder, "findings.ocsf.json"), "utf8"));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** What Prowler found, in what it writes. */
export function scanIn(json: string): Scan {
  const written = JSON.parse(json) as readonly DetectionFinding[];
  const [first] = written;
  if (first === undefined) {
    throw new Error("Prowler wrote no finding at all");
  }
  return {
    version: first.metadata.product.version,
    findings: written.map(({ metadata, status, status_code, resources }) => ({
      check: metadata.event_code,
      // Of a log group, it adds what stands for the streams.
      arn: resources[0].uid.replace(/:\*$/, ""),
      result: status === "Suppressed" ? "MUTED" : status_code,
    })),
  };
}

function run(args: readonly string[], env: Readonly<Record<string, string>>, cwd: string): Promise<string> {
  return new Promise((resolve, reject) => {
    execFile(join(INSTALLED, "bin/prowler"), args, { cwd, env, maxBuffer: 1 << 30 }, (error, stdout, stderr) => {
      if (error === null) {
        resolve(stdout);
      } else {
        reject(new Error(`prowler ended with code ${error.code}:\n${stdout}\n${stderr}`));
      }
    });
  });
}
