import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { run, runAtOnce } from "../../../src/cli/program";

/** How a command ended. */
export interface Ended {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** What is written from here on, until it is restored. */
function captured(): { readonly written: { stdout: string; stderr: string }; restore(): void } {
  const written = { stdout: "", stderr: "" };
  const exitCode = process.exitCode;
  const spies = (["stdout", "stderr"] as const).map((name) =>
    jest.spyOn(process[name], "write").mockImplementation((text) => {
      written[name] += String(text);
      return true;
    }),
  );
  return {
    written,
    restore: () => {
      for (const spy of spies) {
        spy.mockRestore();
      }
      process.exitCode = exitCode;
    },
  };
}

/** A temporary folder in which the command runs, within this process. */
export class Folder {
  readonly path = mkdtempSync(join(tmpdir(), "audit-trail-command-"));
  private readonly before = process.cwd();

  constructor() {
    process.chdir(this.path);
  }

  /** Runs the command with arguments, in the folder. */
  run(...args: readonly string[]): Ended {
    const { written, restore } = captured();
    try {
      return { code: runAtOnce(args), ...written };
    } finally {
      restore();
    }
  }

  /** The same for a command that waits for something. */
  async runToEnd(...args: readonly string[]): Promise<Ended> {
    const { written, restore } = captured();
    try {
      return { code: await run(args), ...written };
    } finally {
      restore();
    }
  }

  write(path: string, content: string): void {
    mkdirSync(join(this.path, dirname(path)), { recursive: true });
    writeFileSync(join(this.path, path), content);
  }

  read(path: string): string {
    return readFileSync(join(this.path, path), "utf8");
  }

  /** The files in the folder, all levels. */
  files(): readonly string[] {
    const entries = readdirSync(this.path, { recursive: true, withFileTypes: true });
    return entries
      .filter((entry) => !entry.isDirectory())
      .map((entry) => join(entry.parentPath, entry.name).slice(this.path.length + 1))
      .sort();
  }

  remove(): void {
    process.chdir(this.before);
    rmSync(this.path, { recursive: true, force: true });
  }
}

/** A configuration that is right, with two trails. */
export const CONFIGURATION = `state:
  s3: { bucket: example-states, region: eu-central-1 }
defaults: { owner: Ada, region: eu-central-1 }
trails:
  prod: { account_id: "444455556666", account_name: prod }
  test: { account_id: "777788889999", account_name: test, s3_data_events: null, insights: {} }
`;
