import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { accessing, FileAccessError } from "../../src/output/file-access";

/** An error as Node throws it where the system refuses something. */
function refused(code: string): NodeJS.ErrnoException {
  return Object.assign(new Error(`${code}: as the system says it, open 'a.tmp'`), { code, syscall: "open" });
}

function fails(error: unknown): () => never {
  return () => {
    throw error;
  };
}

test.each([
  ["EACCES", "this user may not do that; have the permissions changed, or choose another place"],
  ["EPERM", "the system does not allow that; choose another place"],
  ["ENOENT", "the system takes nothing new there; choose another place"],
  ["ENOTDIR", "something above it is no folder; choose another place"],
  ["EROFS", "what is there can only be read; choose another place"],
  ["ENOSPC", "the disk is full; make room, or choose another place"],
  ["ENAMETOOLONG", "that name is too long for the system; choose a shorter one"],
  ["EIO", "EIO: as the system says it, open 'a.tmp'"],
])("what the system refuses by %s is told by the path that was asked for, with what to do", (code, reason) => {
  const write = () => accessing("out/a", "written", fails(refused(code)));
  expect(write).toThrow(FileAccessError);
  expect(write).toThrow(new Error(`out/a: cannot be written: ${reason}`));
});

test("what the system itself refuses is told so", () => {
  const file = join(__filename, "below");
  expect(() => accessing(file, "written", () => writeFileSync(file, ""))).toThrow(
    new Error(`${file}: cannot be written: something above it is no folder; choose another place`),
  );
});

test("what the system did not refuse is left as it is: a result, and an error of another kind", () => {
  const error = new TypeError("x is not a function");
  expect(accessing("a", "read", () => "content")).toBe("content");
  expect(() => accessing("a", "read", fails(error))).toThrow(error);
});
