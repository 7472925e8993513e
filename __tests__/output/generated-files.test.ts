import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { difference, ForeignFileError, type IsOurs, writeGenerated } from "../../src/output/generated-files";

const LONG_AGO = new Date("2001-01-01T00:00:00Z");

/** Generated files of these tests begin with a mark. */
const isOurs: IsOurs = (content) => content.startsWith("ours");

const FILES = new Map([
  ["stacks/a/main.json", "ours a"],
  ["stacks/b/main.json", "ours b"],
  ["manifest.json", "ours all"],
]);

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "audit-trail-output-"));
});

afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

function put(path: string, content: string): void {
  mkdirSync(dirname(join(folder, path)), { recursive: true });
  writeFileSync(join(folder, path), content);
}

function contents(path: string): string {
  return readFileSync(join(folder, path), "utf8");
}

/** Everything in the folder: files and empty folders. */
function everything(below = ""): readonly string[] {
  const entries = readdirSync(join(folder, below), { withFileTypes: true });
  const paths = entries.flatMap((entry) => {
    const path = join(below, entry.name);
    const within = entry.isDirectory() ? everything(path) : [path];
    return within.length === 0 ? [`${path}/`] : within;
  });
  return paths.sort();
}

describe("writing what was generated", () => {
  test("makes the folders and files that are not there", () => {
    expect(writeGenerated(join(folder, "x/y"), FILES, isOurs)).toEqual({
      missing: [...FILES.keys()],
      changed: [],
      stale: [],
    });
    for (const [path, content] of FILES) {
      expect(contents(join("x/y", path))).toBe(content);
    }
  });

  test("does not touch what is as it should be", () => {
    writeGenerated(folder, FILES, isOurs);
    put("stacks/b/main.json", "ours, an older one");
    for (const path of FILES.keys()) {
      utimesSync(join(folder, path), LONG_AGO, LONG_AGO);
    }
    expect(writeGenerated(folder, FILES, isOurs)).toEqual({ missing: [], changed: ["stacks/b/main.json"], stale: [] });
    expect(contents("stacks/b/main.json")).toBe("ours b");
    const age = (path: string): Date => statSync(join(folder, path)).mtime;
    expect(age("stacks/a/main.json")).toEqual(LONG_AGO);
    expect(age("manifest.json")).toEqual(LONG_AGO);
    expect(age("stacks/b/main.json")).not.toEqual(LONG_AGO);
  });

  test("puts a new file in the place of an old one, so that nobody sees half of it", () => {
    writeGenerated(folder, FILES, isOurs);
    const before = statSync(join(folder, "manifest.json")).ino;
    writeGenerated(folder, new Map([...FILES, ["manifest.json", "ours, new"]]), isOurs);
    expect(statSync(join(folder, "manifest.json")).ino).not.toBe(before);
  });

  test("removes what was generated and is no longer wanted, with the folders that are empty then", () => {
    writeGenerated(folder, FILES, isOurs);
    const [first, , last] = [...FILES] as [[string, string], unknown, [string, string]];
    expect(writeGenerated(folder, new Map([first, last]), isOurs).stale).toEqual(["stacks/b/main.json"]);
    expect(everything()).toEqual(["manifest.json", "stacks/a/main.json"]);
  });

  test("leaves what others put beside it, and what is not below the generated folders", () => {
    const foreign = {
      "stacks/b/terraform.tfstate": "theirs",
      "stacks/b/.terraform/providers/x": "ours by chance",
      "stacks/b/.terraform.lock.hcl": "theirs",
      "stacks/c/main.json": "theirs",
      "stacks/.git/x": "ours by chance",
      LICENSE: "ours by chance",
      "other/main.json": "ours by chance",
      "node_modules/x/y": "ours by chance",
    };
    writeGenerated(folder, FILES, isOurs);
    for (const [path, content] of Object.entries(foreign)) {
      put(path, content);
    }
    const wanted = new Map([...FILES].filter(([path]) => !path.startsWith("stacks/b")));
    expect(writeGenerated(folder, wanted, isOurs).stale).toEqual(["stacks/b/main.json"]);
    expect(everything()).toEqual([...Object.keys(foreign), ...wanted.keys()].sort());
  });

  test("does not follow a link out of the folder", () => {
    writeGenerated(folder, FILES, isOurs);
    put("elsewhere/old.json", "ours by chance");
    symlinkSync(join(folder, "elsewhere"), join(folder, "stacks/link"));
    expect(writeGenerated(folder, FILES, isOurs)).toEqual({ missing: [], changed: [], stale: [] });
    expect(contents("elsewhere/old.json")).toBe("ours by chance");
  });
});

describe("writing over what others wrote", () => {
  /** Tries to write; returns what was in the way. Whatever it was, nothing has changed. */
  function refusal(rivals: readonly string[] = []): readonly string[] {
    const before = everything();
    let error: unknown;
    try {
      writeGenerated(folder, FILES, isOurs, rivals);
    } catch (thrown) {
      error = thrown;
    }
    expect(error).toBeInstanceOf(ForeignFileError);
    expect(everything()).toEqual(before);
    return (error as Error).message.split("\n").map((line) => line.replace(`${folder}/`, ""));
  }

  const NOT_OURS = "was not written by audit-trail, and is left as it is; move it away";

  test("is refused, with every file that is in the way", () => {
    put("stacks/a/main.json", "theirs");
    put("stacks/b/main.json", "theirs, too");
    expect(refusal()).toEqual([`stacks/a/main.json: ${NOT_OURS}`, `stacks/b/main.json: ${NOT_OURS}`]);
    expect(contents("stacks/a/main.json")).toBe("theirs");
  });

  test("is refused before anything that could be written is written, and anything stale removed", () => {
    put("stacks/a/main.json", "theirs");
    put("stacks/old/main.json", "ours");
    put("manifest.json", "ours, older");
    expect(refusal()).toHaveLength(1);
    expect(contents("manifest.json")).toBe("ours, older");
  });

  test("is no matter where it says the same", () => {
    put("stacks/a/main.json", FILES.get("stacks/a/main.json") as string);
    expect(writeGenerated(folder, FILES, () => false).missing).toEqual(["stacks/b/main.json", "manifest.json"]);
  });

  test("is refused where a folder is in a file's place", () => {
    put("manifest.json/x", "theirs");
    mkdirSync(join(folder, "stacks/a/main.json"), { recursive: true });
    expect(refusal()).toEqual([
      "stacks/a/main.json: is no file, and one is needed there; move it away",
      "manifest.json: is no file, and one is needed there; move it away",
    ]);
  });

  test("is refused where a file is in a folder's place", () => {
    put("stacks/a", "theirs");
    expect(refusal()).toEqual(["stacks/a: is no folder, and one is needed there; move it away"]);
    rmSync(join(folder, "stacks"), { recursive: true });
    put("stacks", "ours");
    expect(refusal()).toEqual(["stacks: is no folder, and one is needed there; move it away"]);
  });

  test("is refused where the folder itself is a file", () => {
    put("file", "theirs");
    expect(() => writeGenerated(join(folder, "file"), FILES, isOurs)).toThrow(/file: is no folder, and one is needed/);
    expect(() => writeGenerated(join(folder, "file/below"), FILES, isOurs)).toThrow();
    expect(everything()).toEqual(["file"]);
  });

  test("is refused where a link is in a file's place, to somebody's file or to nothing", () => {
    put("theirs.json", "theirs");
    mkdirSync(join(folder, "stacks/a"), { recursive: true });
    symlinkSync(join(folder, "theirs.json"), join(folder, "stacks/a/main.json"));
    symlinkSync(join(folder, "nowhere"), join(folder, "manifest.json"));
    expect(refusal()).toEqual([
      "manifest.json: is no file, and one is needed there; move it away",
      `stacks/a/main.json: ${NOT_OURS}`,
    ]);
  });

  test("is refused where a rival of somebody else's would stand beside it, and ours goes away", () => {
    put("stacks/a/main.hcl", "theirs");
    put("stacks/b/main.hcl", "ours");
    const rivals = ["stacks/a/main.hcl", "stacks/b/main.hcl"];
    expect(refusal(rivals)).toEqual([
      "stacks/a/main.hcl: says the same as what is generated beside it, and was not written by audit-trail; move it away",
    ]);
    put("stacks/a/main.hcl", "ours");
    expect(writeGenerated(folder, FILES, isOurs, rivals).stale).toEqual(rivals);
    expect(everything()).toEqual([...FILES.keys()].sort());
  });
});

describe("writing that fails", () => {
  test("leaves no half of it where the name of a file is too long for the system", () => {
    const files = new Map([...FILES, [`stacks/b/${"x".repeat(250)}`, "ours"]]);
    expect(() => writeGenerated(folder, files, isOurs)).toThrow(
      /x: cannot be written: that name is too long for the system; choose a shorter one$/,
    );
    expect(everything().filter((path) => !path.endsWith("/"))).toEqual([]);
  });

  test("leaves what was there where it fails midway", () => {
    put("manifest.json", "ours, older");
    const files = new Map([...FILES, [`stacks/b/${"x".repeat(250)}`, "ours"]]);
    expect(() => writeGenerated(folder, files, isOurs)).toThrow();
    expect(contents("manifest.json")).toBe("ours, older");
  });
});

describe("comparing with what was generated", () => {
  test("finds what is missing, changed and stale, and writes nothing", () => {
    writeGenerated(folder, FILES, isOurs);
    rmSync(join(folder, "manifest.json"));
    put("stacks/a/main.json", "theirs");
    put("stacks/old/main.json", "ours");
    put("stacks/old/notes.md", "theirs");
    const before = everything();
    expect(difference(folder, FILES, isOurs)).toEqual({
      missing: ["manifest.json"],
      changed: ["stacks/a/main.json"],
      stale: ["stacks/old/main.json"],
    });
    expect(everything()).toEqual(before);
  });

  test("finds everything missing where there is no folder", () => {
    expect(difference(join(folder, "none"), FILES, isOurs).missing).toEqual([...FILES.keys()]);
    expect(existsSync(join(folder, "none"))).toBe(false);
  });

  test("asks with what else lies there", () => {
    writeGenerated(folder, FILES, isOurs);
    put("stacks/a/extra", "x");
    const asked: string[] = [];
    difference(folder, FILES, (content, path, read) => {
      asked.push(`${path} ${content} ${read("manifest.json")} ${read("none")}`);
      return false;
    });
    expect(asked).toEqual(["stacks/a/extra x ours all undefined"]);
  });

  test("does not read what is far too large to have been generated", () => {
    writeGenerated(folder, FILES, isOurs);
    put("stacks/a/plan", `ours ${"x".repeat(17 * 1024 * 1024)}`);
    expect(difference(folder, FILES, isOurs).stale).toEqual([]);
  });
});
