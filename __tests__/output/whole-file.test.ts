import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { MODE, putInPlace, putWhereFree, removeBeside, writeBeside, writeWhole } from "../../src/output/whole-file";

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
  const [one, other] = [writeBeside(path, "one", MODE.usual), writeBeside(path, "other", MODE.usual)];
  putInPlace(one, path);
  expect(readFileSync(path, "utf8")).toBe("one");
  putInPlace(other, path);
  expect(readFileSync(path, "utf8")).toBe("other");
  expect(readdirSync(folder)).toEqual(["file"]);
});

test("a file is put where there is none, and over none", () => {
  putWhereFree(writeBeside(path, "first", MODE.usual), path);
  const second = writeBeside(path, "second", MODE.usual);
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
  writeBeside(path, "left", MODE.usual);
  writeBeside(join(folder, "file.tar"), "of another file", MODE.usual);
  expect(readdirSync(folder)).toHaveLength(4);
  removeBeside(path);
  expect(readdirSync(folder)).toEqual([".file", expect.stringMatching(/^\.file\.tar\./), "file.tar"]);
});
