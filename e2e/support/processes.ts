import type { ChildProcess } from "node:child_process";
import { once } from "node:events";
import { tell } from "./progress";

/** How a process ended. */
export interface EndedProcess {
  readonly code: number | null;
  readonly signal: string | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** What would lead to a real account, or are settings of whoever runs the tests; not what Terraform is asked to log. */
const FOREIGN = /^(AWS_|TF_(?!LOG)|GIT_|JEST_)/;

/** The own environment without what programs in tests must not see. */
export function ownEnvironment(): Readonly<Record<string, string>> {
  const kept = Object.entries(process.env).filter(([name]) => !FOREIGN.test(name));
  return Object.fromEntries(kept) as Record<string, string>;
}

/** The arguments for `sh` with which a program cannot let a file grow beyond some blocks of 512 bytes, as on a full disk. */
export function onFullDisk(blocks: number, program: string, args: readonly string[]): readonly string[] {
  return ["-c", `ulimit -f ${blocks}; exec "$0" "$@"`, program, ...args];
}

/** Waits until a process has ended, and tells of it. */
export async function ended(child: ChildProcess, who: string): Promise<EndedProcess> {
  const texts = { stdout: "", stderr: "" };
  for (const name of ["stdout", "stderr"] as const) {
    child[name]?.setEncoding("utf8").on("data", (text: string) => {
      texts[name] += text;
    });
  }
  const [code, signal] = (await once(child, "close")) as [number | null, string | null];
  tell(`${who}: … ended with ${signal ?? `code ${code}`}`);
  return { code, signal, ...texts };
}
