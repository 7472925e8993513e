import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { isGenerated, licenseText } from "../generator";
import { writeGenerated } from "../output/generated-files";
import { quoted } from "../values";
import { type ArchivedFiles, filesOfTar } from "./archive";
import { repositoryPath, repositoryUrl } from "./git-address";
import { GitClone } from "./git-clone";
import { runGit } from "./git-command";
import type { PackedRelease, Published, Target, TargetStep } from "./release";
import { parseVersion, type SemanticVersion } from "./semantic-version";

const CHANGELOG = "CHANGELOG.md";
const CHANGELOG_HEADING = "# Changelog\n";

/** Where and how it is published. */
export interface GitOptions {
  /** A path or an address. */
  readonly repository: string;
  /** Where the clone is made. */
  readonly folder: string;
  /** Whether commit and tag are pushed, or left in the clone. */
  readonly pushes: boolean;
}

/**
 * A repository of git with the module in its root, by the conventions of the public registry: a tag `v1.2.3` for each
 * version.
 *
 * @see https://developer.hashicorp.com/terraform/registry/modules/publish
 */
export class GitTarget implements Target {
  readonly kind = "git";
  readonly commandLeft: Target["commandLeft"];
  private readonly clone: GitClone;

  constructor(private readonly options: GitOptions) {
    const { folder, pushes } = options;
    this.clone = new GitClone(folder);
    this.commandLeft = pushes ? undefined : (release) => ["git", "-C", folder, ...pushArguments(release)];
  }

  /**
   * Refuses a folder in which there is something that the clone would replace.
   *
   * @throws PublishProblem with what there is, and what to do
   */
  checkFolder(): Promise<void> {
    return this.clone.check();
  }

  get place(): string {
    return this.options.repository;
  }

  callOf(version: string): readonly string[] {
    // git@example.com:acme/module.git is ssh, which Terraform knows by itself with git:: before it.
    return [`source = ${quoted(`git::${repositoryUrl(this.options.repository)}?ref=${tagOf(version)}`)}`];
  }

  async look(): Promise<Published> {
    const listed = await this.git(["ls-remote", "--tags", "--refs", "--", this.options.repository], ".");
    const tags = listed
      .toString()
      .split("\n")
      .flatMap((line) => /\trefs\/tags\/v?(.+)$/.exec(line)?.[1] ?? []);
    return { versions: tags.flatMap((tag) => parseVersion(tag) ?? []) };
  }

  /** The files of a version that were generated: what else the repository has is not of the module. */
  async read(version: SemanticVersion): Promise<ArchivedFiles> {
    const { repository } = this.options;
    const beside = mkdtempSync(join(tmpdir(), "audit-trail-read-"));
    try {
      const tag = await this.tagIn(repository, version);
      await this.git(["init", "--quiet", "--bare"], beside);
      await this.git(["fetch", "--quiet", "--depth=1", "--", repositoryPath(repository), `refs/tags/${tag}`], beside);
      const tar = await this.git(["archive", "--format=tar", "FETCH_HEAD"], beside);
      return new Map([...filesOfTar(tar, `${repository} ${tag}`)].filter(([, content]) => isOurs(content.toString())));
    } finally {
      rmSync(beside, { recursive: true, force: true });
    }
  }

  /** Clones the repository, to where the commit is to stand: after the latest one, or after the version before. */
  async cloneTo({ previous, isLatest }: PackedRelease): Promise<void> {
    const { repository, folder } = this.options;
    await this.clone.make(repositoryPath(repository));
    if (previous !== null && !isLatest) {
      await this.clone.git("checkout", "--quiet", "--detach", `refs/tags/${await this.tagIn(folder, previous)}`);
    }
  }

  /** Writes the module in place of the one before, and leaves what is not of the module. */
  async commit(release: PackedRelease): Promise<void> {
    const { folder } = this.options;
    const { version, files, changelog, commit } = release;
    writeGenerated(folder, files, isOurs);
    writeChangelog(join(folder, CHANGELOG), changelog);
    await this.clone.git("add", "--all");
    const message = `${tagOf(version.text)}\n\n${changelog}${commit === undefined ? "" : `\nGenerated from ${commit}.\n`}`;
    const text = resolve(folder, ".git", "RELEASE");
    writeFileSync(text, message);
    // As it is: git would take headings of Markdown for comments.
    const file = ["--cleanup=verbatim", "-F", text];
    await this.clone.git("commit", "--quiet", "--allow-empty", ...file);
    await this.clone.git("tag", "--annotate", ...file, tagOf(version.text));
    await this.clone.finish();
  }

  /** Pushes commit and tag at once, or neither. */
  async push(release: PackedRelease): Promise<void> {
    await this.git(pushArguments(release), this.options.folder);
    this.clone.remove();
  }

  private async tagIn(repository: string, { text }: SemanticVersion): Promise<string> {
    const listed = await this.git(["ls-remote", "--tags", "--refs", "--", repositoryPath(repository)], ".");
    return listed.toString().includes(`\trefs/tags/${tagOf(text)}\n`) ? tagOf(text) : text;
  }

  private git(args: readonly string[], cwd: string): Promise<Buffer> {
    return runGit(this.place, args, cwd);
  }
}

/** Whether a file was generated by an earlier release. A licence has no room for a note. */
function isOurs(content: string): boolean {
  return isGenerated(content) || content === licenseText();
}

function pushArguments({ version, isLatest }: PackedRelease): readonly string[] {
  const tag = `refs/tags/${tagOf(version.text)}`;
  return ["push", "--quiet", "--atomic", "origin", ...(isLatest ? ["HEAD"] : []), tag];
}

function tagOf(version: string): string {
  return `v${version}`;
}

function writeChangelog(path: string, entry: string): void {
  const before = existsSync(path) ? readFileSync(path, "utf8") : CHANGELOG_HEADING;
  const [heading, rest] = before.startsWith(CHANGELOG_HEADING)
    ? [CHANGELOG_HEADING, before.slice(CHANGELOG_HEADING.length)]
    : ["", `\n${before}`];
  writeFileSync(path, `${heading}${heading === "" ? "" : "\n"}${entry}${rest}`);
}

/** The steps that publish to a repository of git. */
export const gitSteps: readonly TargetStep<GitTarget>[] = [
  {
    name: "clone the repository",
    leaves: "A clone in the folder. The repository is as it was.",
    run: (target, release) => target.cloneTo(release),
  },
  {
    name: "commit the module and tag it",
    leaves: "The clone has a commit and a tag. The repository is as it was. Without `--push`, that is the last step.",
    run: (target, release) => target.commit(release),
  },
  {
    name: "push the commit and the tag",
    leaves: "Everybody gets the version, and the clone is gone.",
    mayBeLeft: true,
    run: (target, release) => target.push(release),
  },
];
