import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import fc from "fast-check";
import { pack, unpack } from "../../src/publish/archive";

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "audit-trail-archive-"));
});

afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

function tar(...args: readonly string[]): Buffer {
  return execFileSync("tar", ["-czf", "-", "-C", folder, ...args]);
}

const LONG = `${"folder-of-a-long-name/".repeat(7)}main.tf`;

describe("an archive", () => {
  test("has the same bytes for the same files, in whatever order they come, on every machine", () => {
    const one = pack(
      new Map([
        ["main.tf", "a"],
        ["README.md", "b"],
      ]),
    );
    const other = pack(
      new Map([
        ["README.md", "b"],
        ["main.tf", "a"],
      ]),
    );
    expect(one.equals(other)).toBe(true);
    expect(createHash("sha256").update(one).digest("hex")).toBe(
      "a9189a2c675e5b36c5ee273fac2fdf6e6e6f5f99a27d853225c1b5470290004d",
    );
  });

  test("is what tar and gzip read, without a warning", () => {
    const files = { "main.tf": "a", [LONG]: "x".repeat(200_000), "empty.tf": "" };
    writeFileSync(join(folder, "a.tar.gz"), pack(new Map(Object.entries(files))));
    const listed = execFileSync("tar", ["-tvzf", join(folder, "a.tar.gz")], {
      encoding: "utf8",
      env: { TZ: "UTC", PATH: process.env.PATH },
    });
    expect(
      listed
        .trimEnd()
        .split("\n")
        .map((line) => line.replace(/ +/g, " ")),
    ).toEqual([
      "-rw-r--r-- 0/0 0 1985-10-26 08:15 empty.tf",
      `-rw-r--r-- 0/0 200000 1985-10-26 08:15 ${LONG}`,
      "-rw-r--r-- 0/0 1 1985-10-26 08:15 main.tf",
    ]);
    execFileSync("gzip", ["--test", join(folder, "a.tar.gz")]);
    expect(execFileSync("tar", ["-xOzf", join(folder, "a.tar.gz"), LONG]).toString()).toBe(files[LONG]);
  });

  test("gives any files back as they were", () => {
    const path = fc
      .array(fc.stringMatching(/^[a-zA-Z0-9_-][a-zA-Z0-9._-]{0,20}$/), { minLength: 1, maxLength: 4 })
      .map((steps) => steps.join("/"));
    fc.assert(
      fc.property(fc.dictionary(path, fc.uint8Array({ maxLength: 2000 })), (files) => {
        const given = new Map(Object.entries(files).map(([name, bytes]) => [name, Buffer.from(bytes)]));
        expect(new Map([...unpack(pack(given), "it")].sort())).toEqual(new Map([...given].sort()));
      }),
    );
  });

  test("refuses a path that it has no room for", () => {
    expect(() => pack(new Map([["a".repeat(300), ""]]))).toThrow(/is too long a path for an archive/);
  });
});

describe("an archive of somebody else", () => {
  test.each<[string, readonly string[]]>([
    ["ustar", ["--format=ustar"]],
    ["GNU tar", ["--format=gnu"]],
    ["pax", ["--format=pax"]],
  ])("is read where %s made it, also with long paths", (_, options) => {
    const path = `${"x".repeat(60)}/${"y".repeat(80)}/main.tf`;
    mkdirSync(join(folder, path, ".."), { recursive: true });
    writeFileSync(join(folder, path), "content");
    expect([...unpack(tar(...options, "."), "it")]).toEqual([[path, Buffer.from("content")]]);
  });

  test.each<[string, () => Buffer, string]>([
    ["no archive", () => Buffer.from("<html>"), "is no gzipped tar that can be read"],
    ["no tar", () => gzipSync(Buffer.alloc(1024, "x")), "is no tar that can be read, or was cut off"],
    [
      "cut off",
      () => {
        writeFileSync(join(folder, "main.tf"), "x".repeat(100_000));
        const whole = tar("main.tf");
        return whole.subarray(0, whole.length - 20);
      },
      "is no gzipped tar that can be read",
    ],
    [
      "a link",
      () => {
        symlinkSync("/etc/passwd", join(folder, "main.tf"));
        return tar("main.tf");
      },
      'has "main.tf", which is neither a file nor a folder',
    ],
    [
      "a path that leads out of it",
      () => {
        writeFileSync(join(folder, "main.tf"), "");
        return tar("--transform=s,^,../../,", "-P", "main.tf");
      },
      'has the path "../../main.tf", which no module has',
    ],
    [
      "a path from the root",
      () => {
        writeFileSync(join(folder, "main.tf"), "");
        return tar("--transform=s,^,/tmp/,", "-P", "main.tf");
      },
      'has the path "/tmp/main.tf", which no module has',
    ],
    [
      "a link to a file before it",
      () => {
        writeFileSync(join(folder, "main.tf"), "");
        return tar("main.tf", "main.tf");
      },
      'has "main.tf", which is neither a file nor a folder',
    ],
    [
      "a small one that would fill a disk",
      () => gzipSync(Buffer.alloc(200 * 1024 * 1024)),
      "is no gzipped tar that can be read",
    ],
    ["a large one", () => Buffer.alloc(33 * 1024 * 1024), "has more than 33554432 bytes"],
  ])("is refused: %s", (_, archive, message) => {
    expect(() => unpack(archive(), "https://example.com/it")).toThrow(`https://example.com/it: ${message}`);
  });
});
