import { runCommand } from "./command";
import { PublishProblem } from "./problem";

/**
 * Refuses a work tree of git in which something is changed and not committed: what is published would be in no commit.
 * An installed package is in no work tree, or is ignored there.
 *
 * @returns the commit, where there is one
 * @throws PublishProblem with the files that are changed
 */
export async function cleanCommit(folder: string): Promise<string | undefined> {
  const git = (...args: readonly string[]) => runCommand("git", args, folder, { GIT_OPTIONAL_LOCKS: "0" });
  const [top, ignored] = [await git("rev-parse", "--show-toplevel"), await git("check-ignore", "--quiet", ".")];
  if (top.code !== 0 || ignored.code === 0) {
    return undefined;
  }
  const status = await git("status", "--porcelain", "--", ".");
  const changed = status.stdout.toString().trimEnd();
  if (status.code !== 0 || changed !== "") {
    throw new PublishProblem(
      `${folder}: is a work tree of git with changes that are not committed: what is published would be in no commit. ` +
        `Commit them, or take them back:\n${changed || status.stderr}`,
    );
  }
  const { code, stdout } = await git("rev-parse", "HEAD");
  return code === 0 ? stdout.toString().trim() : undefined;
}
