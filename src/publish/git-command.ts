import { runCommand } from "./command";
import { PublishProblem } from "./problem";

/**
 * Runs git.
 *
 * @param place what it is about, for messages
 * @returns what it prints
 * @throws PublishProblem with what it said, where it fails
 */
export async function runGit(place: string, args: readonly string[], cwd: string): Promise<Buffer> {
  // Nobody can be asked for a password here.
  const { code, stdout, stderr } = await runCommand("git", args, cwd, { GIT_TERMINAL_PROMPT: "0", LC_ALL: "C" });
  if (code !== 0) {
    const named = args.find((each) => /^[a-z][a-z-]+$/.test(each)) ?? "";
    throw new PublishProblem(`${place}: git ${named} failed:\n${stderr.trimEnd()}`);
  }
  return stdout;
}
