import { execFile } from "node:child_process";
import { mkdirSync } from "node:fs";
import { join } from "node:path";

export const ROOT = join(__dirname, "../..");

/** Where the scanners are installed. */
export const INSTALLED = join(ROOT, ".build/scanners");

/** How a scanner ended. */
export interface Ended {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/**
 * Runs a scanner; does not throw where it fails. Nothing of the user's settings reaches it: a configuration file in the
 * home folder, or a variable, could turn rules off, and the key of an account would have it talk to a server.
 */
export function run(command: string, args: readonly string[]): Promise<Ended> {
  const home = join(INSTALLED, "home");
  mkdirSync(home, { recursive: true });
  return new Promise((resolve) => {
    execFile(
      join(INSTALLED, command),
      args,
      { cwd: home, env: { PATH: process.env.PATH, HOME: home, LC_ALL: "C.UTF-8" }, maxBuffer: 1 << 30 },
      (error, stdout, stderr) => {
        const code = error === null ? 0 : typeof error.code === "number" ? error.code : 1;
        resolve({ code, stdout, stderr });
      },
    );
  });
}
