import fc from "fast-check";
import {
  boolean,
  check,
  defaulting,
  define,
  listOf,
  mapOf,
  nearest,
  object,
  optional,
  problemText,
  required,
  summary,
  switchedOn,
  tags,
  text,
  textLike,
  unknownName,
  wholeNumber,
} from "../../src/inputs";
import { isNull, not, or, reference, type Value } from "../../src/values";
import { defined, inputsOf, problemsOf } from "./support/checking";

const lower = textLike("^[a-z]*$", "must be lower-case letters");

const bucket = object({
  name: optional(lower, "A name."),
  key_prefix: defaulting(lower, "logs", "A prefix."),
  retention_days: optional(wholeNumber(1, 9, "days"), "Days."),
});

const fields = {
  account_id: required(lower, "The account. It owns all."),
  owner_name: optional(lower, "The owner."),
  on: defaulting(boolean(), true, "Whether."),
  log_bucket: switchedOn(bucket, "The bucket."),
  names: defaulting(listOf(lower), [], "Names."),
  tags: defaulting(mapOf(lower, lower), {}, "Tags."),
};

/** The problems of inputs, one line each, as a person reads them. */
function linesOf(given: unknown): readonly string[] {
  return problemsOf(fields, given).map(problemText);
}

/** The same for properties of TypeScript. */
function camelCaseLinesOf(given: unknown): readonly string[] {
  return check(defined(fields), given, [], "camelCase").problems.map(problemText);
}

describe("inputs with nothing wrong", () => {
  test("have TypeScript's names outside, Terraform's inside, and all defaults", () => {
    expect(check(defined(fields), { account_id: "a" })).toStrictEqual({
      problems: [],
      inputs: {
        accountId: "a",
        ownerName: null,
        on: true,
        logBucket: { name: null, key_prefix: "logs", retention_days: null },
        names: [],
        tags: {},
      },
    });
  });

  test("are kept as they are given", () => {
    const given = {
      account_id: "a",
      owner_name: "b",
      on: false,
      log_bucket: { name: "c", key_prefix: "d", retention_days: 9 },
      names: ["e", "f"],
      tags: { g: "h" },
    };
    expect(inputsOf(fields, given)).toStrictEqual({
      accountId: "a",
      ownerName: "b",
      on: false,
      logBucket: { name: "c", key_prefix: "d", retention_days: 9 },
      names: ["e", "f"],
      tags: { g: "h" },
    });
  });

  test("may be expressions, at any depth and of any type, which Terraform checks", () => {
    const [days, account, list] = [reference("var.days"), reference("var.account"), reference("var.list")];
    const inputs = inputsOf(fields, {
      account_id: account,
      log_bucket: { retention_days: days },
      names: ["a", account],
      tags: list,
      on: list,
    });
    expect(inputs).toMatchObject({ names: ["a", account], tags: list, on: list });
    expect(inputs.accountId).toBe(account);
    expect(inputs.logBucket).toMatchObject({ retention_days: days, key_prefix: "logs" });
  });

  test("of a field whose default is checked, too", () => {
    const wrong = { name: defaulting(lower, "A", "A name.") };
    expect(problemsOf(wrong, {}).map(problemText)).toEqual(['name: must be lower-case letters; got "A"']);
  });
});

describe("a wrong type", () => {
  test.each<[string, unknown, string]>([
    ["text", 5, "account_id: must be a text, in quotes; got the number 5"],
    ["text", -0.5, "account_id: must be a text, in quotes; got the number -0.5"],
    ["text", true, "account_id: must be a text, in quotes; got the boolean true"],
    ["text", ["a"], 'account_id: must be a text; got the list ["a"]'],
    ["text", { a: 1 }, 'account_id: must be a text; got the map {"a":1}'],
    ["text", 5n, "account_id: must be a text; got the number 5"],
    ["text", () => 5, "account_id: must be a text; got a function"],
    ["text", Symbol("x"), "account_id: must be a text; got a symbol"],
    ["text", new Date(0), "account_id: must be a text; got an object of the class Date"],
    ["text", [5n], "account_id: must be a text; got a list that is no JSON"],
    ["text", { a: 5n }, "account_id: must be a text; got a map that is no JSON"],
    ["text", Object.create(null), "account_id: must be a text; got the map {}"],
    ["text", Object.create(Object.create(null)), "account_id: must be a text; got an object of the class undefined"],
  ])("instead of a %s: %p", (_, value, line) => {
    expect(linesOf({ account_id: value })).toEqual([line]);
  });

  test.each<[string, unknown, string]>([
    ["boolean", "true", 'on: must be true or false; got the string "true"'],
    ["boolean", 1, "on: must be true or false; got the number 1"],
    ["number", "3", 'log_bucket.retention_days: must be a number; got the string "3"'],
    ["number", Number.NaN, "log_bucket.retention_days: must be a number; got the number NaN"],
    ["number", Number.POSITIVE_INFINITY, "log_bucket.retention_days: must be a number; got the number Infinity"],
    ["list", "a", 'names: must be a list; got the string "a"'],
    ["list", { 0: "a" }, 'names: must be a list; got the map {"0":"a"}'],
    ["map", ["a"], 'tags: must be a map; got the list ["a"]'],
    ["map", "a", 'tags: must be a map; got the string "a"'],
    ["map", new Map(), "tags: must be a map; got an object of the class Map"],
    ["object", [], "log_bucket: must be an object; got the list []"],
    ["object", "a", 'log_bucket: must be an object; got the string "a"'],
    ["object", false, "log_bucket: must be an object; got the boolean false"],
  ])("instead of a %s: %p", (_, value, line) => {
    const [path] = line.split(":") as [string];
    const given = path.startsWith("log_bucket.") ? { log_bucket: { retention_days: value } } : { [path]: value };
    expect(linesOf({ account_id: "a", ...given })).toEqual([line]);
  });

  test("of an item or a value of a map is told with its place", () => {
    expect(linesOf({ account_id: "a", names: ["a", 1, null, undefined], tags: { xy: 2, z: null } })).toEqual([
      "names[1]: must be a text, in quotes; got the number 1",
      "names[2]: must be a text; got nothing (null)",
      "names[3]: must be a text; got nothing (undefined)",
      "tags.xy: must be a text, in quotes; got the number 2",
      "tags.z: must be a text; got nothing (null)",
    ]);
    expect(linesOf({ account_id: "a", tags: { "x y": 2 } })).toContain(
      'tags["x y"]: must be a text, in quotes; got the number 2',
    );
  });

  test("shows no more than eighty characters of what was given", () => {
    const [exact] = linesOf({ account_id: ["a".repeat(76)] });
    expect(exact).toBe(`account_id: must be a text; got the list ["${"a".repeat(76)}"]`);
    const [cut] = linesOf({ account_id: ["a".repeat(77)] });
    expect(cut).toBe(`account_id: must be a text; got the list ["${"a".repeat(77)}"…`);
  });

  test.each<[unknown, string]>([
    [null, "must be an object; got nothing (null)"],
    [undefined, "must be an object; got nothing (undefined)"],
    ["x", 'must be an object; got the string "x"'],
    [[], "must be an object; got the list []"],
  ])("of all inputs at once is one problem: %p", (given, line) => {
    expect(linesOf(given)).toEqual([line]);
    expect(check(defined(fields), given, ["trails", "main"]).problems.map(problemText)).toEqual([
      `trails.main: ${line}`,
    ]);
  });
});

describe("a name that is not known", () => {
  test("is told with the name that was probably meant", () => {
    expect(linesOf({ account_id: "a", onwer_name: "b", log_bucket: { encryption: "c" } })).toEqual([
      "onwer_name: is not a known name; did you mean owner_name?",
      "log_bucket.encryption: is not a known name; use one of name, key_prefix, retention_days",
    ]);
  });

  test("is told with TypeScript's names where those were written", () => {
    expect(camelCaseLinesOf({ account_id: "a", ownerNam: "b", log_bucket: { encryption: "c" } })).toEqual([
      "ownerNam: is not a known name; did you mean ownerName?",
      "logBucket.encryption: is not a known name; use one of name, keyPrefix, retentionDays",
    ]);
  });

  test("does not hide what is wrong with others", () => {
    expect(linesOf({ account_id: "A", nothing_like_it: 1, log_bucket: { nothing_like_it: 1, name: "B" } })).toEqual([
      "nothing_like_it: is not a known name; use one of account_id, owner_name, on, log_bucket, names, tags",
      "log_bucket.nothing_like_it: is not a known name; use one of name, key_prefix, retention_days",
      'account_id: must be lower-case letters; got "A"',
      'log_bucket.name: must be lower-case letters; got "B"',
    ]);
  });

  test("may be one that every object has", () => {
    expect(linesOf({ account_id: "a", constructor: 1 })).toEqual([
      "constructor: is not a known name; use one of account_id, owner_name, on, log_bucket, names, tags",
    ]);
  });

  test("is not taken from what every object has", () => {
    const odd = { valueOf: optional(text(), "Odd.") };
    expect(inputsOf(odd, {})).toEqual({ valueOf: null });
  });
});

describe("the nearest name", () => {
  test.each([
    ["owner", "owner"],
    ["Owner", "owner"],
    ["logBucket", "log_bucket"],
    ["log-bucket", "log_bucket"],
    ["LOGBUCKET", "log_bucket"],
    ["log_bukcet", "log_bucket"],
    ["log_buc", "log_bucket"],
    ["retension", "retention"],
  ])("of %s is %s", (name, expected) => {
    expect(nearest(name, ["retention", "owner", "log_bucket"])).toBe(expected);
  });

  test("is three changes away at most", () => {
    expect(nearest("abcdefgh", ["abcdeXYZ"])).toBe("abcdeXYZ");
    expect(nearest("abcdefgh", ["abcdWXYZ"])).toBeUndefined();
  });

  test("of nothing is none", () => {
    expect(nearest("a", [])).toBeUndefined();
  });

  test("is suggested", () => {
    expect(unknownName(["a", 0], "nam", ["name", "other"])).toEqual({
      path: ["a", 0, "nam"],
      requirement: "is not a known name; did you mean name?",
    });
    expect(unknownName([], "something", ["name", "other"])).toEqual({
      path: ["something"],
      requirement: "is not a known name; use one of name, other",
    });
  });
});

describe("a required input", () => {
  test("that is missing is asked for with the summary of its description", () => {
    expect(linesOf({})).toEqual(["account_id: must be given: The account"]);
  });

  test.each([
    ["A name.", "A name"],
    ["A name. It is long.", "A name"],
    ["A name", "A name"],
    ["A name.\nIt is long.", "A name"],
    ["Like 1.5 or x.y. And more.", "Like 1.5 or x.y"],
    ["First. Second. Third.", "First"],
  ])("described as %j is summed up as %j", (description, expected) => {
    expect(summary(description)).toBe(expected);
  });
});

describe("rules", () => {
  test("are told with their place, the requirement and what breaks them", () => {
    expect(
      linesOf({
        account_id: "A",
        owner_name: "B",
        log_bucket: { name: "C", key_prefix: "D", retention_days: 10 },
        names: ["e", "F", "G"],
        tags: { H: "i", j: "K" },
      }),
    ).toEqual([
      'account_id: must be lower-case letters; got "A"',
      'owner_name: must be lower-case letters; got "B"',
      'log_bucket.name: must be lower-case letters; got "C"',
      'log_bucket.key_prefix: must be lower-case letters; got "D"',
      "log_bucket.retention_days: must be a whole number of days from 1 to 9; got 10",
      'names[1]: must be lower-case letters; got "F"',
      'names[2]: must be lower-case letters; got "G"',
      'tags.H (the key): must be lower-case letters; got "H"',
      'tags.j: must be lower-case letters; got "K"',
    ]);
  });

  test("are problems with path and part apart", () => {
    expect(problemsOf(fields, { account_id: "a", log_bucket: { name: "C" }, tags: { H: "i" } })).toEqual([
      { path: ["log_bucket", "name"], part: "", requirement: "must be lower-case letters", got: '"C"' },
      { path: ["tags", "H"], part: " (the key)", requirement: "must be lower-case letters", got: '"H"' },
    ]);
    const nested = { outer: required(object({ inner: required(listOf(lower), "I.") }), "O.") };
    expect(problemsOf(nested, { outer: { inner: ["A"] } })).toEqual([
      { path: ["outer", "inner", 0], part: "", requirement: "must be lower-case letters", got: '"A"' },
    ]);
  });

  test("are told beside wrong types, also of other parts of the same input", () => {
    expect(
      linesOf({ account_id: "A", log_bucket: { name: 1, key_prefix: "D" }, names: ["E", 5], tags: { H: "i" } }),
    ).toEqual([
      "log_bucket.name: must be a text, in quotes; got the number 1",
      "names[1]: must be a text, in quotes; got the number 5",
      'account_id: must be lower-case letters; got "A"',
      'log_bucket.key_prefix: must be lower-case letters; got "D"',
      'names[0]: must be lower-case letters; got "E"',
      'tags.H (the key): must be lower-case letters; got "H"',
    ]);
  });

  test("of what has a wrong type, and of its parts, are not told", () => {
    expect(linesOf({ account_id: 5, log_bucket: 5, tags: { a: 1, b: "\0" } })).toEqual([
      "account_id: must be a text, in quotes; got the number 5",
      "log_bucket: must be an object; got the number 5",
      "tags.a: must be a text, in quotes; got the number 1",
      "tags.b: must not hold the character NUL",
    ]);
  });

  test("of keys are not told where a key cannot be read", () => {
    expect(linesOf({ account_id: "a", tags: { "A\0": "b", C: "D" } })).toEqual([
      'tags["A\\u0000"]: must not hold the character NUL',
    ]);
  });

  test("of inputs whose names begin alike are told", () => {
    const alike = { name: required(lower, "A name."), name_of: required(lower, "A name.") };
    expect(problemsOf(alike, { name: 1, name_of: "A" }).map(problemText)).toEqual([
      "name: must be a text, in quotes; got the number 1",
      'name_of: must be lower-case letters; got "A"',
    ]);
  });

  test("are told of properties by TypeScript's names, keys of maps as they are", () => {
    expect(
      camelCaseLinesOf({
        account_id: "A",
        owner_name: 1,
        log_bucket: { key_prefix: "D", retention_days: "x" },
        tags: { costCenter: 5 },
      }),
    ).toEqual([
      "ownerName: must be a text, in quotes; got the number 1",
      'logBucket.retentionDays: must be a number; got the string "x"',
      "tags.costCenter: must be a text, in quotes; got the number 5",
      'accountId: must be lower-case letters; got "A"',
      'logBucket.keyPrefix: must be lower-case letters; got "D"',
      'tags.costCenter (the key): must be lower-case letters; got "costCenter"',
    ]);
  });

  test("of an input of a wrong type are not told under TypeScript's names either", () => {
    expect(camelCaseLinesOf({ account_id: "a", log_bucket: { key_prefix: 1 } })).toEqual([
      "logBucket.keyPrefix: must be a text, in quotes; got the number 1",
    ]);
  });

  test("are told below the path that is asked for", () => {
    const given = { account_id: "A", log_bucket: { key_prefix: 1 }, x: 1 };
    expect(check(defined(fields), given, ["trails", "main"]).problems.map(({ path }) => path)).toEqual([
      ["trails", "main", "x"],
      ["trails", "main", "log_bucket", "key_prefix"],
      ["trails", "main", "account_id"],
    ]);
  });

  test("are left to Terraform where a value is known only when it plans", () => {
    const account = reference("var.account");
    expect(inputsOf(fields, { account_id: account, names: [account] })).toMatchObject({ accountId: account });
  });

  test("that a part known now breaks are told, also beside a part known later", () => {
    expect(linesOf({ account_id: reference("var.account"), names: [reference("var.name"), "A"] })).toEqual([
      'names[1]: must be lower-case letters; got "A"',
    ]);
  });
});

describe("rules between inputs", () => {
  const definition = define({
    name: "sample",
    title: "Sample",
    description: "A sample.",
    fields: { first_name: optional(lower, "A."), second: optional(lower, "B.") },
    rules: [{ at: "first_name", requirement: "must never be given", holds: ({ firstName }) => isNull(firstName) }],
    outputs: {},
  });

  test("are told at the input that they name", () => {
    expect(check(definition, { first_name: "a" }).problems).toEqual([
      { path: ["first_name"], part: "", requirement: "must never be given", got: '"a"' },
    ]);
    expect(check(definition, { first_name: "a" }, ["x"], "camelCase").problems.map(problemText)).toEqual([
      'x.firstName: must never be given; got "a"',
    ]);
    expect(check(definition, { second: "a" }).problems).toEqual([]);
  });

  test("are told after and beside the rules of the inputs themselves", () => {
    expect(check(definition, { first_name: "A", second: "B" }).problems.map(problemText)).toEqual([
      'first_name: must be lower-case letters; got "A"',
      'first_name: must never be given; got "A"',
      'second: must be lower-case letters; got "B"',
    ]);
  });

  test("are told beside inputs of a wrong type and unknown names", () => {
    expect(check(definition, { first_name: "a", second: 1 }).problems.map(problemText)).toEqual([
      "second: must be a text, in quotes; got the number 1",
      'first_name: must never be given; got "a"',
    ]);
    expect(check(definition, { first_name: "a", second: "a", other: 1 }).problems.map(problemText)).toEqual([
      "other: is not a known name; use one of first_name, second",
      'first_name: must never be given; got "a"',
    ]);
  });

  test("are not told where they may hold once an input has the right type or name", () => {
    const eitherOf = define({
      name: "sample",
      title: "Sample",
      description: "A sample.",
      fields: { first: optional(lower, "A."), second: optional(lower, "B.") },
      rules: [{ at: "first", requirement: "must be given where second is not", holds: isEitherGiven }],
      outputs: {},
    });
    const requirement = "first: must be given where second is not; got null";
    const linesOf = (given: unknown) => check(eitherOf, given).problems.map(problemText);
    expect(linesOf({})).toEqual([requirement]);
    expect(linesOf({ second: 1 })).toEqual(["second: must be a text, in quotes; got the number 1"]);
    expect(linesOf({ secnd: "a" })).toEqual(["secnd: is not a known name; did you mean second?"]);
    expect(linesOf({ secnd: "a", second: null })).toEqual([
      "secnd: is not a known name; did you mean second?",
      requirement,
    ]);
  });

  function isEitherGiven({ first, second }: Record<"first" | "second", Value<string | null>>): Value<boolean> {
    return or(not(isNull(first)), not(isNull(second)));
  }
});

describe("texts", () => {
  const any = { name: optional(text(), "A."), names: defaulting(mapOf(text(), text()), {}, "B.") };

  test("are brought into Unicode's form NFC, as Terraform does", () => {
    expect(inputsOf(any, { name: "Zoe\u0308", names: { "u\u0308": "o\u0308" } })).toEqual({
      name: "Zo\u00eb",
      names: { "\u00fc": "\u00f6" },
    });
  });

  test("are compared with a rule in that form", () => {
    expect(problemsOf({ tags: defaulting(tags, {}, "Tags.") }, { tags: { "u\u0308": "o\u0308" } })).toEqual([]);
  });

  test("are otherwise kept, whatever is in them", () => {
    const hostile =
      'quote " back\\slash ${file("/etc/passwd")} $${x} %{ if true } tab\t line\nbreak é 漢 🎉 <&> \u2028';
    expect(inputsOf(any, { name: hostile, names: { [hostile]: hostile } })).toEqual({
      name: hostile,
      names: { [hostile]: hostile },
    });
  });

  test("are kept or refused, never changed into others but by NFC", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), (given) => {
        const { inputs } = check(defined(any), { name: given });
        expect(inputs === undefined ? undefined : inputs.name).toBe(
          given.isWellFormed() && !given.includes("\0") ? given.normalize("NFC") : undefined,
        );
      }),
    );
  });

  test.each([
    ["a lone high surrogate", "a\ud83d", "must be well-formed Unicode; it has half of a surrogate pair"],
    ["a lone low surrogate", "\ude00b", "must be well-formed Unicode; it has half of a surrogate pair"],
    ["surrogates in the wrong order", "\ude00\ud83d", "must be well-formed Unicode; it has half of a surrogate pair"],
    ["NUL", "a\0b", "must not hold the character NUL"],
  ])("with %s are refused", (_, value, requirement) => {
    expect(problemsOf(any, { name: value })).toEqual([{ path: ["name"], requirement }]);
    expect(problemsOf(any, { names: { [value]: "x", y: value } })).toEqual([
      { path: ["names", value], requirement },
      { path: ["names", "y"], requirement },
    ]);
  });

  test.each([
    "${TfToken[TOKEN.0]}",
    "a #{TfToken[TOKEN.0]} b",
    "&{TfToken[1",
    "String Map Token Value",
    "Any Map Token Value",
  ])("that look like a token of cdktf are refused: %s", (value) => {
    expect(problemsOf(any, { name: value })).toEqual([
      {
        path: ["name"],
        requirement: "must not look like a token of cdktf, which would be replaced by another value",
        got: JSON.stringify(value),
      },
    ]);
    expect(problemsOf(any, { names: { [value]: "x" } }).map(({ path }) => path)).toEqual([["names", value]]);
  });

  test.each([
    "TfToken[TOKEN.0]",
    "${TfToken}",
    "%{TfToken[TOKEN.0]}",
    "the String Map Token Value",
    "Any Map Token Value!",
    "Map Token Value",
    "Other Map Token Value",
  ])("that only resemble one are taken: %s", (value) => {
    expect(inputsOf(any, { name: value })).toMatchObject({ name: value });
  });

  test("of a wrong kind beside are no reason to hide others", () => {
    expect(problemsOf(any, { name: "\0", names: { a: 1 } }).map(problemText)).toEqual([
      "name: must not hold the character NUL",
      "names.a: must be a text, in quotes; got the number 1",
    ]);
  });
});

describe("keys of maps", () => {
  const map = { names: defaulting(mapOf(text(), text()), {}, "Names.") };

  test("may be names that every object has", () => {
    const names = { constructor: "a", toString: "b", hasOwnProperty: "c" };
    expect(inputsOf(map, { names })).toEqual({ names });
  });

  test("may not be the one that JavaScript would lose", () => {
    expect(problemsOf(map, { names: JSON.parse('{"__proto__": "a", "b": "c"}') })).toEqual([
      { path: ["names", "__proto__"], requirement: "must not be a key, as JavaScript would lose it" },
    ]);
  });

  test("that are the same to Unicode are there once", () => {
    expect(problemsOf(map, { names: { "\u00e9": "a", "e\u0301": "b", e: "c" } })).toEqual([
      {
        path: ["names", "e\u0301"],
        requirement: "must be there once; Unicode can write the same key in two ways",
      },
    ]);
  });
});
