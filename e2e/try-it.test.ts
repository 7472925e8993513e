import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { createInterface } from "node:readline";
import { ownEnvironment } from "./support/processes";
import { tell } from "./support/progress";

const ROOT = join(__dirname, "..");

/** What a person types, and the lines that follow. */
interface Step {
  readonly command: string;
  readonly output: readonly string[];
}

/** The commands of a page, in their order: what stands after `$ ` in its consoles, and after `> ` where it goes on. */
function stepsOf(page: string): readonly Step[] {
  return [...page.matchAll(/^```console\n([\s\S]*?)^```$/gm)].flatMap(([, console = ""]) =>
    console
      .split(/^\$ /m)
      .slice(1)
      .map((text) => {
        const [first = "", ...lines] = text.trimEnd().split("\n");
        const typed = lines.findIndex((line) => !/^>( |$)/.test(line));
        const until = typed < 0 ? lines.length : typed;
        return {
          command: [first, ...lines.slice(0, until).map((line) => line.slice(2))].join("\n"),
          output: lines.slice(until),
        };
      }),
  );
}

/** The documented lines that are not there, each after the one before. Between lines without `…`, there is no other. */
function missing(documented: readonly string[], printed: string): readonly string[] {
  const lines = printed
    // biome-ignore lint/suspicious/noControlCharactersInRegex: colours and movements of the cursor
    .replace(/\x1b\[[0-9;]*[A-Za-z]/g, "")
    .split("\n")
    .map((line) => line.trim())
    .filter((line) => line !== "");
  let at = 0;
  let mayLeaveOut = false;
  for (const line of documented) {
    if (line === "…") {
      mayLeaveOut = true;
      continue;
    }
    const found = mayLeaveOut ? lines.indexOf(line.trim(), at) : lines[at] === line.trim() ? at : -1;
    if (found < 0) {
      return [line, `after: ${lines.slice(at, at + 5).join(" | ")}`];
    }
    at = found + 1;
    mayLeaveOut = false;
  }
  return mayLeaveOut || at === lines.length ? [] : [`and then: ${lines[at]}`];
}

describe("trying everything on one machine, as docs/try-it.md says", () => {
  const steps = stepsOf(readFileSync(join(ROOT, "docs/try-it.md"), "utf8"));
  const folder = mkdtempSync(join(tmpdir(), "audit-trail-try-it-"));
  const project = join(folder, "audit-trail");
  let servers: ChildProcess;
  let shell: ChildProcess;

  /** Types a command into the one shell, and returns what is printed until it has ended. */
  const type = async (command: string): Promise<{ readonly code: number; readonly printed: string }> => {
    tell(`$ ${command.split("\n")[0]}`);
    let printed = "";
    const ended = new Promise<number>((resolve) => {
      const read = (text: string): void => {
        printed += text;
        const end = /\n?<ended with (\d+)>\n$/.exec(printed);
        if (end !== null) {
          shell.stdout?.off("data", read);
          printed = printed.slice(0, end.index);
          resolve(Number(end[1]));
        }
      };
      shell.stdout?.on("data", read);
    });
    shell.stdin?.write(`${command}\necho "<ended with $?>"\n`);
    const code = await ended;
    return { code, printed };
  };

  beforeAll(async () => {
    // What somebody has who clones the project, with what is not committed yet.
    const files = execFileSync("git", ["ls-files", "--cached", "--others", "--exclude-standard"], { cwd: ROOT });
    for (const file of files.toString().trim().split("\n")) {
      mkdirSync(dirname(join(project, file)), { recursive: true });
      cpSync(join(ROOT, file), join(project, file));
    }
    symlinkSync(join(ROOT, "node_modules"), join(project, "node_modules"));
    mkdirSync(join(project, ".build"));
    symlinkSync(join(ROOT, ".build/emulator"), join(project, ".build/emulator"));
    const person = ["AUTHOR", "COMMITTER"].flatMap((role) => [
      [`GIT_${role}_NAME`, "Me"],
      [`GIT_${role}_EMAIL`, "me@acme.example"],
    ]);
    const options = { cwd: project, env: { ...ownEnvironment(), ...Object.fromEntries(person) } };
    const git = (...args: readonly string[]): Buffer => execFileSync("git", args, options);
    git("init", "--quiet");
    git("add", "--all");
    git("commit", "--quiet", "--message", "The project");

    servers = spawn(process.execPath, ["build/servers.cjs"], { ...options, stdio: ["ignore", "pipe", "inherit"] });
    const lines = createInterface(servers.stdout as NodeJS.ReadableStream);
    await new Promise<void>((resolve, reject) => {
      lines.on("line", (line) => line.startsWith("Ctrl-C") && resolve());
      servers.once("exit", (code) => reject(new Error(`the servers ended with code ${code}`)));
    });
    shell = spawn("bash", ["--norc", "-c", "exec 2>&1; exec bash --norc -s"], { ...options, stdio: "pipe" });
    shell.stdout?.setEncoding("utf8");
  });

  afterAll(async () => {
    shell.stdin?.end();
    const ended = once(servers, "exit");
    servers.kill("SIGTERM");
    await ended;
    rmSync(folder, { recursive: true, force: true });
  });

  test.each(steps.map(({ command, output }) => [command.split("\n")[0] as string, command, output] as const))(
    "%s",
    async (_name, command, output) => {
      const { code, printed } = await type(command);
      expect({ code, missing: missing(output, printed), printed: code === 0 ? "" : printed }).toEqual({
        code: 0,
        missing: [],
        printed: "",
      });
    },
  );
});
