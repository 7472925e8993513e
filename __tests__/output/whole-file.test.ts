import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { FILE, putInPlace, putWhereFree, removeBeside, writeBeside, writeWhole } from "../../src/output/whole-file";

let folder: string;
let path: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "audit-trail-whole-file-"));
  path = join(folder, "file");
});

afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

test("a file is written over the one before, and only its owner may read it", () => {
  writeWhole(path, "old");
  writeWhole(path, "new");
  expect(readFileSync(path, "utf8")).toBe("new");
  expect(readdirSync(folder)).toEqual(["file"]);
  expect(statSync(path).mode & 0o777).toBe(0o600);
});

test("two who write the same file at once do not write into each other's", () => {
  const [one, other] = [writeBeside(path, "one", FILE.published), writeBeside(path, "other", FILE.published)];
  putInPlace(one, path);
  expect(readFileSync(path, "utf8")).toBe("one");
  putInPlace(other, path);
  expect(readFileSync(path, "utf8")).toBe("other");
  expect(readdirSync(folder)).toEqual(["file"]);
});

test("a file is put where there is none, and over none", () => {
  putWhereFree(writeBeside(path, "first", FILE.published), path);
  const second = writeBeside(path, "second", FILE.published);
  expect(() => putWhereFree(second, path)).toThrow(expect.objectContaining({ code: "EEXIST" }));
  expect(readFileSync(path, "utf8")).toBe("first");
  expect(readdirSync(folder)).toEqual(["file"]);
});

test("what cannot be put into its place does not stay beside it", () => {
  mkdirSync(join(path, "in-the-way"), { recursive: true });
  expect(() => writeWhole(path, "content")).toThrow();
  expect(readdirSync(folder)).toEqual(["file"]);
});

test("what others left beside a file is removed, and nothing else", () => {
  writeFileSync(join(folder, "file.tar"), "");
  writeFileSync(join(folder, ".file"), "");
  writeBeside(path, "left", FILE.published);
  writeBeside(join(folder, "file.tar"), "of another file", FILE.published);
  expect(readdirSync(folder)).toHaveLength(4);
  removeBeside(path);
  expect(readdirSync(folder)).toEqual([".file", expect.stringMatching(/^\.file\.tar\./), "file.tar"]);
});
