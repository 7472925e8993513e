import { inspect } from "node:util";
import { ConfigurationError } from "../../src/configuration";
import { InputError, pathText, problemText } from "../../src/inputs";
import { ForeignFileError } from "../../src/output/generated-files";

describe("the text of a path", () => {
  test.each<[readonly (string | number)[], string]>([
    [[], ""],
    [["name"], "name"],
    [["log_bucket", "name"], "log_bucket.name"],
    [["logBucket", "name"], "logBucket.name"],
    [["trails", "main", "tags", "cost-center"], "trails.main.tags.cost-center"],
    [["tags", "a b"], 'tags["a b"]'],
    [["tags", 'a"b'], 'tags["a\\"b"]'],
    [["tags", ""], 'tags[""]'],
    [["tags", "1a"], 'tags["1a"]'],
    [["tags", "a.b"], 'tags["a.b"]'],
    [["tags", "日本"], 'tags["日本"]'],
    [["a", 0, "b", 12], "a[0].b[12]"],
    [[0, "b"], "[0].b"],
    [["a b"], '["a b"]'],
    [["_x", "A9_"], "_x.A9_"],
  ])("%j is %s", (path, expected) => {
    expect(pathText(path)).toBe(expected);
  });
});

describe("the text of a problem", () => {
  test("has the path, the requirement and what was given", () => {
    expect(problemText({ path: ["a", "b"], requirement: "must be a text", got: "the number 1" })).toBe(
      "a.b: must be a text; got the number 1",
    );
  });

  test("has the part of the input that is wrong", () => {
    expect(problemText({ path: ["tags"], part: " (the key)", requirement: "must be short", got: '"x"' })).toBe(
      'tags (the key): must be short; got "x"',
    );
  });

  test("says nothing of what was given where that says nothing", () => {
    expect(problemText({ path: ["a"], requirement: "must be given" })).toBe("a: must be given");
  });

  test("has no path where everything is wrong", () => {
    expect(problemText({ path: [], requirement: "must be an object", got: "nothing (null)" })).toBe(
      "must be an object; got nothing (null)",
    );
  });
});

test("the error has a heading and a line for each problem, and the problems themselves", () => {
  const problems = [
    { path: ["accountId"], requirement: "must be given" },
    { path: ["tags", "a_b"], requirement: "must be a text", got: "the number 1" },
  ];
  const error = new InputError(problems, 'Trail "x" has wrong inputs:');
  expect(error).toBeInstanceOf(Error);
  expect(error.name).toBe("InputError");
  expect(error.problems).toBe(problems);
  expect(error.message).toBe(
    'Trail "x" has wrong inputs:\n  - accountId: must be given\n  - tags.a_b: must be a text; got the number 1',
  );
});

describe("an error that nobody catches", () => {
  const problem = { path: ["accountId"], requirement: "must be given" };
  const placed = { ...problem, position: { line: 1, column: 2 } };

  test.each<[string, Error]>([
    ["wrong inputs", new InputError([problem], 'Trail "x" has wrong inputs:')],
    ["a wrong configuration", new ConfigurationError("audit-trail.yaml", [placed as never])],
    ["files in the way", new ForeignFileError([{ file: "main.tf", reason: "must be given" }])],
  ])("is printed with its message once, and nothing after where it happened: %s", (_, error) => {
    const printed = inspect(error);
    expect(printed.split("must be given")).toHaveLength(2);
    expect(printed.split("\n").at(-1)).toMatch(/^ +at /);
  });
});
