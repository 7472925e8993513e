import { lstatSync, mkdirSync, readdirSync, rmSync } from "node:fs";
import { dirname, join } from "node:path";
import { runCommand } from "./command";
import { runGit } from "./git-command";
import { PublishProblem } from "./problem";

/** The name of the branch in a repository that has none. */
const FIRST_BRANCH = "main";

/** The setting of git by which a clone is known as made here. Its value is the commit of the release, once there is one. */
const MARK = "audit-trail.release";

/** The value before that. Nobody was told yet to look at such a clone. */
const UNFINISHED = "unfinished";

/**
 * A clone in which a release is made ready. What else is in its folder is left as it is: what somebody else put there, and
 * what somebody changed in a clone.
 */
export class GitClone {
  constructor(readonly folder: string) {}

  /**
   * Refuses a folder in which there is something that would be lost.
   *
   * @throws PublishProblem with what there is, and what to do
   */
  async check(): Promise<void> {
    const { folder } = this;
    if (isFree(folder)) {
      return;
    }
    const mark = await this.mark();
    if (mark === undefined) {
      throw new PublishProblem(
        `${folder}: is there, and is no clone that audit-trail made; it is left as it is. Move it away, or choose ` +
          "another --folder",
      );
    }
    const changes = mark === UNFINISHED ? "" : await this.changesSince(mark);
    if (changes !== "") {
      throw new PublishProblem(
        `${folder}: is a clone that audit-trail made, and somebody has changed it since; it is left as it is. Push what ` +
          `is in it, or move it away:\n${changes}`,
      );
    }
  }

  /**
   * Clones a repository, in place of the clone of an earlier run.
   *
   * @throws PublishProblem where the folder has something else
   */
  async make(repository: string): Promise<void> {
    await this.check();
    this.remove();
    mkdirSync(dirname(this.folder), { recursive: true });
    const settings = ["-c", "core.autocrlf=false", "-c", `init.defaultBranch=${FIRST_BRANCH}`];
    // The mark is set before anything is fetched: what is broken off then is known, too.
    const mark = ["--config", `${MARK}=${UNFINISHED}`];
    await runGit(repository, [...settings, "clone", "--quiet", ...mark, "--", repository, this.folder], ".");
  }

  /** Says that the release is committed: what is changed from here on is somebody else's. */
  async finish(): Promise<void> {
    const head = await this.git("rev-parse", "HEAD");
    await this.git("config", MARK, head.toString().trim());
  }

  /** Removes the clone. */
  remove(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }

  /** Runs git in the clone, and in no work tree around it. */
  git(...args: readonly string[]): Promise<Buffer> {
    return runGit(this.folder, ["--git-dir=.git", "--work-tree=.", ...args], this.folder);
  }

  private async mark(): Promise<string | undefined> {
    const file = join(this.folder, ".git", "config");
    const { code, stdout } = await runCommand("git", ["config", "--file", file, "--get", MARK], ".");
    return code === 0 ? stdout.toString().trim() : undefined;
  }

  /** Files that are not committed, and commits that are nowhere else; empty for nothing. */
  private async changesSince(commit: string): Promise<string> {
    const files = await this.git("status", "--porcelain", "--ignored", "--untracked-files=all");
    const commits = await this.git("log", "--format=%h %s", "--all", "HEAD", "--not", "--remotes", commit);
    return `${files}${commits}`.trimEnd();
  }
}

function isFree(folder: string): boolean {
  const stat = lstatSync(folder, { throwIfNoEntry: false });
  return stat === undefined || (stat.isDirectory() && readdirSync(folder).length === 0);
}
