import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { GENERATED_NOTE } from "../../src/generator";
import {
  GitTarget,
  type PublishMeans,
  parseVersion,
  publish,
  publishSteps,
  type SemanticVersion,
} from "../../src/publish";
import type { PackedRelease } from "../../src/publish/release";

let root: string;
let repository: string;
let folder: string;
const environment = { ...process.env };

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), "audit-trail-git-"));
  repository = join(root, "module.git");
  folder = join(root, "work/terraform-aws-audit-trail");
  Object.assign(process.env, {
    HOME: root,
    GIT_CONFIG_NOSYSTEM: "1",
    ...Object.fromEntries(
      ["AUTHOR", "COMMITTER"].flatMap((role) => [
        [`GIT_${role}_NAME`, "Ada"],
        [`GIT_${role}_EMAIL`, "ada@acme.test"],
      ]),
    ),
  });
  git(root, "init", "--quiet", "--bare", "--initial-branch=main", repository);
});

afterEach(() => {
  process.env = { ...environment };
  rmSync(root, { recursive: true, force: true });
});

function git(where: string, ...args: readonly string[]): string {
  return execFileSync("git", ["-C", where, ...args], { encoding: "utf8", stdio: ["ignore", "pipe", "pipe"] });
}

function write(path: string, content: string): void {
  mkdirSync(dirname(join(folder, path)), { recursive: true });
  writeFileSync(join(folder, path), content);
}

function release(version: string): PackedRelease {
  return {
    version: parseVersion(version) as SemanticVersion,
    files: new Map([["main.tf", `# ${GENERATED_NOTE}\n`]]),
    archive: Buffer.alloc(0),
    previous: null,
    isLatest: true,
    changelog: `## ${version}\n\nThe first release.\n`,
    commit: undefined,
  };
}

const target = (): GitTarget => new GitTarget({ repository, folder, pushes: false });

/** Makes a clone in which a release is committed and not pushed. */
async function committed(version: string): Promise<void> {
  await target().cloneTo(release(version));
  await target().commit(release(version));
}

describe("a folder that no earlier run has cloned is refused, and stays:", () => {
  test.each<[string, () => void]>([
    ["a file of somebody's", () => write("notes.txt", "precious")],
    [
      "a clone of somebody's",
      () => {
        git(root, "clone", "--quiet", repository, folder);
        write("notes.txt", "precious");
      },
    ],
    [
      "a folder in a work tree",
      () => {
        git(root, "init", "--quiet", join(root, "work"));
        git(join(root, "work"), "config", "audit-trail.release", "unfinished");
        write("notes.txt", "precious");
      },
    ],
  ])("%s", async (_, make) => {
    mkdirSync(join(root, "work"), { recursive: true });
    make();
    const message = `${folder}: is there, and is no clone that audit-trail made; it is left as it is`;
    await expect(target().checkFolder()).rejects.toThrow(message);
    await expect(target().cloneTo(release("1.0.0"))).rejects.toThrow(message);
    expect(readFileSync(join(folder, "notes.txt"), "utf8")).toBe("precious");
  });

  test("a file in its place", async () => {
    mkdirSync(dirname(folder), { recursive: true });
    writeFileSync(folder, "precious");
    await expect(target().checkFolder()).rejects.toThrow("is no clone that audit-trail made");
    expect(readFileSync(folder, "utf8")).toBe("precious");
  });
});

describe("the clone of an earlier run is replaced", () => {
  test.each<[string, () => Promise<void>]>([
    ["where nobody has changed it", () => committed("1.0.0")],
    [
      "where that run was broken off while it wrote",
      async () => {
        await target().cloneTo(release("1.0.0"));
        write("main.tf", "half a fi");
      },
    ],
    [
      "where somebody has changed and pushed it",
      async () => {
        await committed("1.0.0");
        write("CODEOWNERS", "* @acme\n");
        git(folder, "add", "--all");
        git(folder, "commit", "--quiet", "--message=owners");
        git(folder, "push", "--quiet", "origin", "main");
      },
    ],
  ])("%s", async (_, make) => {
    await make();
    await target().checkFolder();
    await committed("1.1.0");
    expect(git(folder, "tag", "--list")).toBe("v1.1.0\n");
  });

  test("where its folder is empty", async () => {
    mkdirSync(folder, { recursive: true });
    await committed("1.0.0");
    expect(git(folder, "tag", "--list")).toBe("v1.0.0\n");
  });
});

describe("the clone of an earlier run is left as it is where somebody has", () => {
  test.each<[string, () => void, string]>([
    ["changed a file", () => write("main.tf", "# better\n"), " M main.tf"],
    ["added a file", () => write("notes/a.txt", "precious"), "?? notes/a.txt"],
    [
      "a file that git ignores",
      () => {
        write(".git/info/exclude", "*.tfstate\n");
        write("terraform.tfstate", "{}");
      },
      "!! terraform.tfstate",
    ],
    [
      "committed something",
      () => {
        write("CODEOWNERS", "* @acme\n");
        git(folder, "add", "--all");
        git(folder, "commit", "--quiet", "--message=owners");
      },
      "owners",
    ],
    [
      "committed something on another branch",
      () => {
        git(folder, "checkout", "--quiet", "-b", "other");
        git(folder, "commit", "--quiet", "--allow-empty", "--message=aside");
        git(folder, "checkout", "--quiet", "main");
      },
      "aside",
    ],
  ])("%s", async (_, change, told) => {
    await committed("1.0.0");
    change();
    const before = git(folder, "rev-parse", "HEAD");
    const message = await target()
      .cloneTo(release("1.1.0"))
      .catch((error: Error) => error.message);
    expect(message).toContain(`${folder}: is a clone that audit-trail made, and somebody has changed it since`);
    expect(message).toContain(told);
    expect(git(folder, "rev-parse", "HEAD")).toBe(before);
  });
});

test("a version is read without a trace beside the clone", async () => {
  await committed("1.0.0");
  git(folder, "push", "--quiet", "origin", "main", "v1.0.0");
  mkdirSync(`${folder}.read`);
  expect([...(await target().read(parseVersion("1.0.0") as SemanticVersion)).keys()]).toEqual(["main.tf"]);
  expect(existsSync(`${folder}.read`)).toBe(true);
});

describe("what is told is what is done", () => {
  const means = (pushes: boolean, told: string[], isDryRun = false): PublishMeans => ({
    name: "terraform-aws-audit-trail",
    version: parseVersion("1.0.0") as SemanticVersion,
    target: new GitTarget({ repository, folder, pushes }),
    source: root,
    isDryRun,
    generate: () => release("1.0.0").files,
    validate: async () => undefined,
    tell: (line) => told.push(line),
  });
  const all = publishSteps.git.map(({ name }) => name);
  const numbered = (names: readonly string[]): readonly string[] =>
    names.map((name, index) => `${index + 1}/${names.length} ${name}`);
  const withoutPush = numbered(all.slice(0, all.indexOf("push the commit and the tag")));

  test("without --push: the steps to a clone with commit and tag, and the command that is left", async () => {
    const told: string[] = [];
    const given = means(false, told);
    const { end, left, release: done } = await publish(given);
    expect({ end, left, told }).toEqual({ end: "not pushed", left: [], told: withoutPush });
    expect(git(repository, "tag", "--list")).toBe("");
    const [program = "", ...args] = given.target.commandLeft?.(done) ?? [];
    execFileSync(program, args);
    expect(git(repository, "tag", "--list")).toBe("v1.0.0\n");
  });

  test("with --push: all steps, and nothing is left", async () => {
    const told: string[] = [];
    const given = means(true, told);
    expect(await publish(given)).toMatchObject({ end: "published", left: [] });
    expect(told).toEqual(numbered(all));
    expect(given.target.commandLeft).toBeUndefined();
    expect(git(repository, "tag", "--list")).toBe("v1.0.0\n");
    expect(existsSync(folder)).toBe(false);
  });

  test("in a dry run: the steps that are left, as they would be told", async () => {
    const told: string[] = [];
    const { end, left } = await publish(means(false, told, true));
    expect({ end, steps: [...told, ...left] }).toEqual({ end: "dry run", steps: withoutPush });
    expect(left).toHaveLength(2);
    expect(existsSync(folder)).toBe(false);
  });
});
