import {
  and,
  atLeast,
  atMost,
  choose,
  concat,
  contains,
  Expression,
  equals,
  every,
  floor,
  forEach,
  forEachEntry,
  get,
  hcl,
  joinText,
  jsonencode,
  length,
  mapValues,
  not,
  onlyInstance,
  or,
  raw,
  reference,
  text,
  token,
  type Value,
  after as waitingFor,
} from "../../src/values";
import { alignedAssignments, escapedTemplate, quoted, templateSource } from "../../src/values/hcl";

const a = reference<boolean>("var.a");
const b = reference<boolean>("var.b");
const c = reference<boolean>("var.c");
const name = reference<string>("var.name");
const count = reference<number>("var.count");
const list = reference<readonly string[]>("var.list");
const map = reference<Record<string, string>>("var.map");

/** Stands for cdktf, which resolves tokens to the sources of templates. */
const tokens = { resolve: (each: unknown) => each };

/** The lines of a value, broken where it is wider than that. */
function lines(value: unknown, width: number, options: { column?: number; indent?: number } = {}): readonly string[] {
  return hcl(value, { ...options, width }).split("\n");
}

/** The number of items of a list and one more. */
function concatenated(items: Value<readonly string[]>): Value<number> {
  return length(concat<string>(items, [name]));
}

/** Expects a value to stay in one line as long as that fits, and to be broken one column before. */
function expectBroken(value: unknown, line: string, broken: readonly string[]): void {
  expect(hcl(value, { width: line.length })).toBe(line);
  expect(lines(value, line.length - 1)).toEqual(broken);
}

describe("literals", () => {
  test.each<readonly [unknown, string]>([
    [null, "null"],
    [true, "true"],
    [false, "false"],
    [0, "0"],
    [-1.5, "-1.5"],
    [1e21, "1000000000000000000000"],
    ["", '""'],
    ["a", '"a"'],
    [[], "[]"],
    [{}, "{}"],
    [[null, 1, "a", []], '[null, 1, "a", []]'],
    [[["a"]], '[["a"]]'],
    [{ a: 1 }, "{ a = 1 }"],
    [{ a: 1, b: ["c"] }, '{ a = 1, b = ["c"] }'],
  ])("%j", (value, source) => {
    expect(hcl(value, { width: 1000 })).toBe(source);
  });

  test.each([undefined, () => 1, Symbol("x")])("refuses what is no value", (value) => {
    expect(() => hcl(value)).toThrow(new Error(`${typeof value} is no value to Terraform`));
    expect(() => hcl([value])).toThrow("is no value to Terraform");
  });

  test("refuses a number that Terraform does not know", () => {
    expect(() => hcl({ a: Number.NaN })).toThrow(new Error("NaN is no number to Terraform"));
  });
});

describe("quoted texts", () => {
  test.each([
    ["${x}", '"$${x}"'],
    ["%{x}", '"%%{x}"'],
    ["$${x}", '"$$${x}"'],
    ["$$${", '"$$$${"'],
    ["${${", '"$${$${"'],
    ["$ { %", '"$ { %"'],
    ["a$", '"a$"'],
    ['"', '"\\""'],
    ["\\", '"\\\\"'],
    ['\\"\\"', '"\\\\\\"\\\\\\""'],
    ["\n\r\t\n\r\t", '"\\n\\r\\t\\n\\r\\t"'],
    ["\0\u0001\b\v\f\u001f\u007f\u0080\u009f", '"\\u0000\\u0001\\u0008\\u000b\\u000c\\u001f\\u007f\\u0080\\u009f"'],
    ["\u2028\u2029\ufeff", '"\\u2028\\u2029\\ufeff"'],
    [" ~\u00a0é😀", '" ~\u00a0é😀"'],
  ])("%j", (value, source) => {
    expect(quoted(value)).toBe(source);
    expect(hcl(value)).toBe(source);
  });
});

describe("keys", () => {
  test.each([
    ["a", "a"],
    ["A_b-1", "A_b-1"],
    ["_", "_"],
    ["", '""'],
    ["1a", '"1a"'],
    ["-a", '"-a"'],
    ["a b", '"a b"'],
    ["a.b", '"a.b"'],
    ["aws:x", '"aws:x"'],
    ["é", '"é"'],
    ["${x}", '"$${x}"'],
    ["null", '"null"'],
    ["true", '"true"'],
    ["false", '"false"'],
    ["for", '"for"'],
    ["fort", "fort"],
    ["if", "if"],
  ])("%j", (key, source) => {
    expect(hcl({ [key]: 1 })).toBe(`{ ${source} = 1 }`);
    expect(lines({ [key]: 1 }, 1)).toEqual(["{", `  ${source} = 1`, "}"]);
  });
});

describe("templates", () => {
  test("have their texts escaped, and their expressions as they are", () => {
    expect(hcl(text`"${name}\n\${x}%{y}\0`)).toBe('"\\"${var.name}\\n$${x}%%{y}\\u0000"');
    expect(hcl(text`${get(map, "a:b")}!`)).toBe('"${var.map["a:b"]}!"');
    expect(hcl(text`${choose(a, "x", "y")}!`)).toBe('"${var.a ? "x" : "y"}!"');
  });

  test("have dollar signs before an expression written as a text", () => {
    expect(hcl(text`a$${name}`)).toBe('"a${"$"}${var.name}"');
    expect(hcl(text`$$$${name}`)).toBe('"${"$$$"}${var.name}"');
    expect(hcl(text`$a${name}$`)).toBe('"$a${var.name}$"');
    expect(hcl(text`%${name}%`)).toBe('"%${var.name}%"');
    expect(hcl(text`${name}$`)).toBe('"${var.name}$"');
  });

  test("have a sign in brackets, as terraform fmt would set it apart", () => {
    expect(hcl(text`${atMost(-5, count)}!`)).toBe('"${(-5 <= var.count)}!"');
  });

  test("may stand within each other where one has a mark", () => {
    expect(hcl(text`a-${waitingFor(text`${name}-$`, [])}${name}`)).toBe('"a-${"${var.name}-$"}${var.name}"');
  });
});

describe("operators", () => {
  const sum = raw<number>("1 + 1");

  test.each<readonly [string, Value<unknown>]>([
    ["var.a && var.b || var.c", or(and(a, b), c)],
    ["(var.a || var.b) && var.c", and(or(a, b), c)],
    ["!(var.a && var.b)", not(and(a, b))],
    ["!var.a && !var.b", and(not(a), not(b))],
    ["(var.a == true) == false", equals(equals(a, true), false)],
    ["var.a == (var.b == var.c)", equals(a, equals(b, c))],
    ["(var.a && var.b) == var.c", equals(and(a, b), c)],
    ["!var.a == var.b", equals(not(a), b)],
    ["var.count <= 5 == var.a", equals(atMost(count, 5), a)],
    ["var.count > 5 == var.a", equals(not(atMost(count, 5)), a)],
    ["(var.a ? 1 : 2) <= 5", atMost(choose(a, 1, 2), 5)],
    ["(var.a ? var.b : var.c) ? 1 : 2", choose(choose(a, b, c), 1, 2)],
    ["var.a || var.b ? 1 : 2", choose(or(a, b), 1, 2)],
    ["var.a ? (var.b ? 1 : 2) : 3", choose(a, choose(b, 1, 2), 3)],
    ["var.a ? 1 : var.b ? 2 : 3", choose(a, 1, choose(b, 2, 3))],
    ["var.a || (var.b ? var.a : var.c)", or(a, choose(b, a, c))],
    ["(var.a ? var.map : var.other).x", get(choose(a, map, reference<Record<string, string>>("var.other")), "x")],
    ["(1 + 1) <= 5", atMost(sum, 5)],
    ["(1 + 1) == null", equals(sum, null)],
    ["floor(1 + 1)", floor(sum)],
    ["!var.x.y[0].z[*]", not(raw("var.x.y[0].z[*]"))],
    ['!var.x["y-z"].a-b', not(raw('var.x["y-z"].a-b'))],
    ["!_x1", not(raw("_x1"))],
    ["!(1x)", not(raw("1x"))],
    ["!(x y)", not(raw("x y"))],
    ["!(x.)", not(raw("x."))],
    ["!(x[])", not(raw("x[]"))],
    ["!(x + y)", not(raw("x + y"))],
    ["(1 + 1).x", get(raw<Record<string, string>>("1 + 1"), "x")],
    ["(1 + 1)[0].x", onlyInstance(sum, "x")],
    ['aws_x.y[0]["a:b"]', onlyInstance(reference("aws_x.y"), "a:b")],
    ["{ a = var.name }.a", new Expression({ kind: "attribute", of: { a: name }, name: "a" })],
    ["timestamp()", new Expression({ kind: "call", name: "timestamp", arguments: [] })],
    ["var.name", waitingFor(name, ["policy"])],
    ["!(var.a && var.b)", not(waitingFor(and(a, b), []))],
    ['["a"]', waitingFor(["a"], [])],
  ])("%s", (source, value) => {
    expect(hcl(value)).toBe(source);
  });
});

describe("loops", () => {
  const itself = <T>(item: Value<T>): Value<T> => item;
  const conditional = choose(a, list, reference<readonly string[]>("var.other"));

  test("over a conditional have it in brackets, which terraform fmt puts next to the word", () => {
    expect(hcl(forEach<string, string>(conditional, "item", itself))).toBe(
      "[for item in(var.a ? var.list : var.other) : item]",
    );
    expect(hcl(forEach<string, string>(concat(list, ["a"]), "item", itself))).toBe(
      '[for item in concat(var.list, ["a"]) : item]',
    );
  });

  test("have a condition that begins with a bracket next to the word", () => {
    expect(hcl(forEach<string, string>(list, "item", itself, () => and(or(a, b), c)))).toBe(
      "[for item in var.list : item if(var.a || var.b) && var.c]",
    );
    expect(hcl(forEach<string, string>(list, "item", itself, () => a))).toBe("[for item in var.list : item if var.a]");
  });

  test("have signs in brackets, as terraform fmt would set them apart", () => {
    expect(hcl(forEach<string, string>(list, "item", itself, () => atMost(-5, count)))).toBe(
      "[for item in var.list : item if(-5 <= var.count)]",
    );
    expect(hcl(mapValues<string, number>(map, ["key", "value"], () => -5))).toBe(
      "{ for key, value in var.map : key => (-5) }",
    );
    expect(hcl(forEach<string, number>(list, "item", () => -5))).toBe("[for item in var.list : -5]");
  });

  test("may have a condition for a map, too", () => {
    const loop = new Expression({
      kind: "for",
      variables: ["item"],
      collection: list,
      key: reference("item"),
      body: { a: 1 },
      where: a,
    });
    expectBroken(loop, "{ for item in var.list : item => { a = 1 } if var.a }", [
      "{",
      "  for item in var.list :",
      "  item => { a = 1 }",
      "  if var.a",
      "}",
    ]);
  });
});

describe("tokens of cdktf", () => {
  test.each<readonly [unknown, string]>([
    ["${aws_s3_bucket.logs.arn}", "aws_s3_bucket.logs.arn"],
    ["${aws_s3_bucket.logs.arn}/*", '"${aws_s3_bucket.logs.arn}/*"'],
    ["${x.y}${x.z}", '"${x.y}${x.z}"'],
    ["${x.y} {z}", '"${x.y} {z}"'],
    ['${x["a"].arn}', 'x["a"].arn'],
    ['"${x["a"].arn}"\n', '"\\"${x["a"].arn}\\"\\n"'],
    ["$${x}", '"$${x}"'],
    ["", '""'],
    ["plain", '"plain"'],
    [["a", 1], '["a", 1]'],
    [5, "5"],
    [name, "var.name"],
  ])("%j", (resolved, source) => {
    expect(hcl(token(resolved), { tokens })).toBe(source);
  });

  test("are in brackets where they are no plain reference", () => {
    expect(hcl(not(token("${x.y}")), { tokens })).toBe("!x.y");
    expect(hcl(not(token("${x && y}")), { tokens })).toBe("!(x && y)");
    expect(hcl(not(token(and(a, b))), { tokens })).toBe("!(var.a && var.b)");
    expect(hcl(floor(token("${x + y}")), { tokens })).toBe("floor(x + y)");
  });

  test("are resolved by cdktf alone", () => {
    expect(() => hcl(token("${x.y}"))).toThrow(
      new Error("a token of cdktf can be written only where cdktf resolves it"),
    );
  });

  test("are resolved within templates", () => {
    const arn = token<string>("arn");
    const resolver = { resolve: (each: unknown) => `\${aws_x.y.${each}}` };
    expect(templateSource(text`${arn}/*`, resolver)).toBe("${aws_x.y.arn}/*");
    expect(templateSource(jsonencode([arn]), resolver)).toBe("${jsonencode([aws_x.y.arn])}");
    expect(hcl(text`${arn}/*`, { tokens: resolver })).toBe('"${aws_x.y.arn}/*"');
  });
});

describe("lists in lines", () => {
  test("have an item a line", () => {
    expectBroken(["aaaa", name, 1], '["aaaa", var.name, 1]', ["[", '  "aaaa",', "  var.name,", "  1,", "]"]);
  });

  test("have two lists or objects in lines of their own, even where one is wide enough", () => {
    expect(lines([["a"], ["b"]], 100)).toEqual(["[", '  ["a"],', '  ["b"],', "]"]);
    expect(lines([{ a: 1 }, "b", {}], 100)).toEqual(["[", "  { a = 1 },", '  "b",', "  {},", "]"]);
    expect(lines([["a"], "b"], 100)).toEqual(['[["a"], "b"]']);
    expect(lines([list, list, ["a"]], 100)).toEqual(['[var.list, var.list, ["a"]]']);
    expect(lines([null, null], 100)).toEqual(["[null, null]"]);
  });

  test("share the lines of their only item", () => {
    expectBroken([["aaaa", "b"]], '[["aaaa", "b"]]', ["[[", '  "aaaa",', '  "b",', "]]"]);
    expectBroken([{ a: "x" }], '[{ a = "x" }]', ["[{", '  a = "x"', "}]"]);
    expectBroken([concat(list, ["b"])], '[concat(var.list, ["b"])]', ["[concat(", "  var.list,", '  ["b"]', ")]"]);
    expectBroken([name], "[var.name]", ["[", "  var.name,", "]"]);
    expectBroken([[]], "[[]]", ["[", "  [],", "]"]);
  });

  test("cannot be broken where they are empty", () => {
    expect(lines([], 1)).toEqual(["[]"]);
    expect(lines({}, 1)).toEqual(["{}"]);
  });
});

describe("objects in lines", () => {
  test("have an attribute a line", () => {
    expectBroken({ a: 1, name }, "{ a = 1, name = var.name }", ["{", "  a    = 1", "  name = var.name", "}"]);
  });

  test("have lines where they have more than two attributes", () => {
    expect(lines({ a: 1, b: 2 }, 100)).toEqual(["{ a = 1, b = 2 }"]);
    expect(lines({ a: 1, b: 2, c: 3 }, 100)).toEqual(["{", "  a = 1", "  b = 2", "  c = 3", "}"]);
  });

  test("have lines where a value has them", () => {
    const inside = { a: 1, b: 2, c: 3 };
    expect(lines({ x: inside }, 100)).toEqual(["{", "  x = {", "    a = 1", "    b = 2", "    c = 3", "  }", "}"]);
    expect(lines([1, inside], 100)).toEqual(["[", "  1,", "  {", "    a = 1", "    b = 2", "    c = 3", "  },", "]"]);
    expect(lines(jsonencode({ ...inside, c: name }), 100)).toEqual([
      "jsonencode({",
      "  a = 1",
      "  b = 2",
      "  c = var.name",
      "})",
    ]);
    expect(lines(waitingFor(inside, []), 100)).toEqual(["{", "  a = 1", "  b = 2", "  c = 3", "}"]);
  });

  test("are as wide as their name leaves room for", () => {
    expect(lines({ a: ["bbbbb"], c: 1, d: 2 }, 15)).toEqual(["{", '  a = ["bbbbb"]', "  c = 1", "  d = 2", "}"]);
    expect(lines({ a: ["bbbbb"], c: 1, d: 2 }, 14)).toEqual([
      "{",
      "  a = [",
      '    "bbbbb",',
      "  ]",
      "  c = 1",
      "  d = 2",
      "}",
    ]);
  });
});

describe("calls in lines", () => {
  test("have an argument a line", () => {
    expectBroken(contains(list, name), "contains(var.list, var.name)", ["contains(", "  var.list,", "  var.name", ")"]);
    expectBroken(floor(count), "floor(var.count)", ["floor(", "  var.count", ")"]);
  });

  test("share the lines of their only argument", () => {
    expectBroken(jsonencode([name, "a"]), 'jsonencode([var.name, "a"])', [
      "jsonencode([",
      "  var.name,",
      '  "a",',
      "])",
    ]);
    expectBroken(every(forEach(list, "item", () => a)), "alltrue([for item in var.list : var.a])", [
      "alltrue([",
      "  for item in var.list :",
      "  var.a",
      "])",
    ]);
    expectBroken(jsonencode(waitingFor([name], [])), "jsonencode([var.name])", ["jsonencode([", "  var.name,", "])"]);
    expectBroken(jsonencode(floor(count)), "jsonencode(floor(var.count))", ["jsonencode(floor(", "  var.count", "))"]);
  });

  test("without arguments cannot be broken", () => {
    const timestamp = new Expression({ kind: "call", name: "timestamp", arguments: [] });
    expect(lines(timestamp, 1)).toEqual(["timestamp()"]);
    expect(lines([timestamp], 1)).toEqual(["[", "  timestamp(),", "]"]);
  });
});

describe("conditionals in lines", () => {
  const object = { a: 1, b: 2, c: 3 };

  test("have a line for the condition and for each result", () => {
    expectBroken(choose(a, name, "bbbb"), 'var.a ? var.name : "bbbb"', [
      "(",
      "  var.a",
      "  ? var.name",
      '  : "bbbb"',
      ")",
    ]);
  });

  test("have a call that fits into a line in a line of its own", () => {
    const value = choose<boolean>(a, true, contains(list, name));
    const broken = ["(", "  var.a", "  ? true", "  : contains(var.list, var.name)", ")"];
    expectBroken(value, "var.a ? true : contains(var.list, var.name)", broken);
    expect(lines(value, "  : contains(var.list, var.name)".length)).toEqual(broken);
    expect(lines(choose<boolean>(a, contains(list, name), b), 32)).toEqual([
      "(",
      "  var.a",
      "  ? contains(var.list, var.name)",
      "  : var.b",
      ")",
    ]);
    expect(lines(value, "    : contains(var.list, var.name)".length, { indent: 2 })[0]).toBe("(");
    expect(lines(value, "    : contains(var.list, var.name)".length - 1, { indent: 2 })[0]).toBe(
      "var.a ? true : contains(",
    );
  });

  test("have their second result open, where the rest fits before it", () => {
    const value = choose<boolean>(a, true, contains(list, name));
    expect(lines(value, "  : contains(var.list, var.name)".length - 1)).toEqual([
      "var.a ? true : contains(",
      "  var.list,",
      "  var.name",
      ")",
    ]);
    expect(lines(value, 24)).toEqual(["var.a ? true : contains(", "  var.list,", "  var.name", ")"]);
    expect(lines(value, 23)).toEqual([
      "(",
      "  var.a",
      "  ? true",
      "  : contains(",
      "    var.list,",
      "    var.name",
      "  )",
      ")",
    ]);
    expect(lines(value, 26, { column: 2 })[0]).toBe("var.a ? true : contains(");
    expect(lines(value, 25, { column: 2 })[0]).toBe("(");
  });

  test("have their first result open, where the second cannot be and fits behind it", () => {
    expect(lines(choose<unknown>(a, object, null), 100)).toEqual([
      "var.a ? {",
      "  a = 1",
      "  b = 2",
      "  c = 3",
      "} : null",
    ]);
    const value = choose<unknown>(a, object, "12345");
    expect(lines(value, 11)).toEqual(["var.a ? {", "  a = 1", "  b = 2", "  c = 3", '} : "12345"']);
    expect(lines(value, 10)[0]).toBe("(");
    expect(lines(choose<unknown>(a, ["x"], []), 14)).toEqual(["var.a ? [", '  "x",', "] : []"]);
  });

  test("count the indentation to the last line", () => {
    const value = choose<unknown>(a, object, "12345");
    expect(lines(value, 13, { indent: 2 })).toEqual([
      "var.a ? {",
      "    a = 1",
      "    b = 2",
      "    c = 3",
      '  } : "12345"',
    ]);
    expect(lines(value, 12, { indent: 2 })[0]).toBe("(");
  });

  test("have none open where both want lines", () => {
    expect(lines(choose<unknown>(a, object, { ...object, c: 4 }), 100)).toEqual([
      "(",
      "  var.a",
      "  ? {",
      "    a = 1",
      "    b = 2",
      "    c = 3",
      "  }",
      "  : {",
      "    a = 1",
      "    b = 2",
      "    c = 4",
      "  }",
      ")",
    ]);
  });

  test("have none open after an assignment, which terraform fmt would align with the lines below", () => {
    expect(lines(choose<unknown>(a, { x: 1 }, object), 100)).toEqual([
      "(",
      "  var.a",
      "  ? { x = 1 }",
      "  : {",
      "    a = 1",
      "    b = 2",
      "    c = 3",
      "  }",
      ")",
    ]);
  });

  test("are in brackets within each other", () => {
    const inner = choose(b, name, "cccc");
    expect(lines(choose(a, inner, "x"), 35)).toEqual([
      "(",
      "  var.a",
      '  ? (var.b ? var.name : "cccc")',
      '  : "x"',
      ")",
    ]);
    expect(lines(choose(a, "x", inner), 30)).toEqual(["(", "  var.a", '  ? "x"', '  : var.b ? var.name : "cccc"', ")"]);
    expect(lines(choose(choose(a, b, c), "xxxxxxxxx", "y"), 30)).toEqual([
      "(",
      "  (var.a ? var.b : var.c)",
      '  ? "xxxxxxxxx"',
      '  : "y"',
      ")",
    ]);
    expect(lines(choose(a, choose<boolean>(b, contains(list, name), c), c), 34)).toEqual([
      "(",
      "  var.a",
      "  ? (",
      "    var.b",
      "    ? contains(var.list, var.name)",
      "    : var.c",
      "  )",
      "  : var.c",
      ")",
    ]);
    expect(lines(choose(a, c, choose<boolean>(b, c, contains(list, name))), 32)).toEqual([
      "(",
      "  var.a",
      "  ? var.c",
      "  : var.b ? var.c : contains(",
      "    var.list,",
      "    var.name",
      "  )",
      ")",
    ]);
  });
});

describe("chains in lines", () => {
  test("have an operand a line", () => {
    expectBroken(and(a, b, c), "var.a && var.b && var.c", ["(", "  var.a &&", "  var.b &&", "  var.c", ")"]);
    expectBroken(or(a, b), "var.a || var.b", ["(", "  var.a ||", "  var.b", ")"]);
  });

  test("have brackets where an operand binds looser", () => {
    expect(lines(and(a, or(b, c)), 20)).toEqual(["(", "  var.a &&", "  (var.b || var.c)", ")"]);
    expect(lines(and(a, or(b, c)), 17)).toEqual(["(", "  var.a &&", "  (", "    var.b ||", "    var.c", "  )", ")"]);
    expect(lines(and(a, choose<boolean>(b, contains(list, name), false)), 40)).toEqual([
      "(",
      "  var.a &&",
      "  (",
      "    var.b",
      "    ? contains(var.list, var.name)",
      "    : false",
      "  )",
      ")",
    ]);
    expect(lines(and(a, raw<boolean>("x || y")), 16)).toEqual(["(", "  var.a &&", "  (x || y)", ")"]);
  });

  test("have operands that are broken themselves", () => {
    expect(lines(or(a, contains(list, name)), 28)).toEqual([
      "(",
      "  var.a ||",
      "  contains(",
      "    var.list,",
      "    var.name",
      "  )",
      ")",
    ]);
  });

  test("may be turned round", () => {
    expectBroken(not(and(a, b)), "!(var.a && var.b)", ["!(", "  var.a &&", "  var.b", ")"]);
    expectBroken(not(contains(list, name)), "!contains(var.list, var.name)", [
      "!contains(",
      "  var.list,",
      "  var.name",
      ")",
    ]);
    expect(lines(not(choose<boolean>(a, b, contains(list, name))), 24)).toEqual([
      "!(",
      "  var.a",
      "  ? var.b",
      "  : contains(",
      "    var.list,",
      "    var.name",
      "  )",
      ")",
    ]);
    expect(lines(not(raw<boolean>("x && y")), 1)).toEqual(["!(x && y)"]);
  });

  test("of a comparison have its first operand broken, where that has brackets", () => {
    const value = equals(count, 1);
    const compared = atLeast(concatenated(list), 1);
    expectBroken(compared, "length(concat(var.list, [var.name])) >= 1", [
      "length(concat(",
      "  var.list,",
      "  [var.name]",
      ")) >= 1",
    ]);
    expect(lines(value, 1)).toEqual(["var.count == 1"]);
    expect(lines(and(a, compared), 30)).toEqual([
      "(",
      "  var.a &&",
      "  length(concat(",
      "    var.list,",
      "    [var.name]",
      "  )) >= 1",
      ")",
    ]);
  });

  test("of a comparison are in brackets where its end is too long", () => {
    const long = "x".repeat(25);
    expect(lines(equals(jsonencode([name]), long), 30)).toEqual([
      "(",
      "  jsonencode([var.name]) ==",
      `  "${long}"`,
      ")",
    ]);
  });

  test("of comparisons cannot be broken", () => {
    expect(lines(equals(name, "a"), 1)).toEqual(['var.name == "a"']);
    expect(lines(atLeast(count, 5), 1)).toEqual(["var.count >= 5"]);
    expect(lines(text`${name}!`, 1)).toEqual(['"${var.name}!"']);
    expect(lines(name, 1)).toEqual(["var.name"]);
  });
});

describe("loops in lines", () => {
  const shout = (item: Value<string>): Value<string> => text`${item}!`;

  test("have lines for the head, the result and the condition", () => {
    const loop = forEach<string, string>(list, "item", shout, (item) => not(equals(item, "b")));
    expectBroken(loop, '[for item in var.list : "${item}!" if item != "b"]', [
      "[",
      "  for item in var.list :",
      '  "${item}!"',
      '  if item != "b"',
      "]",
    ]);
    expectBroken(
      mapValues<string, string>(map, ["key", "value"], shout),
      '{ for key, value in var.map : key => "${value}!" }',
      ["{", "  for key, value in var.map :", '  key => "${value}!"', "}"],
    );
    expectBroken(forEachEntry<string, string>(map, ["k", "v"], shout), '[for k, v in var.map : "${k}!"]', [
      "[",
      "  for k, v in var.map :",
      '  "${k}!"',
      "]",
    ]);
  });

  test("have lines where the result or the collection wants them", () => {
    const object = (item: Value<string>) => ({ a: item, b: 1, c: 2 });
    expect(lines(forEach<string, object>(list, "item", object as never), 100)).toEqual([
      "[",
      "  for item in var.list :",
      "  {",
      "    a = item",
      "    b = 1",
      "    c = 2",
      "  }",
      "]",
    ]);
    const people = [{ name, a: 1, b: 2 }] as unknown as Value<readonly string[]>;
    expect(
      lines(
        forEach<string, string>(people, "item", shout, () => a),
        100,
      ),
    ).toEqual([
      "[",
      "  for item in [{",
      "    name = var.name",
      "    a    = 1",
      "    b    = 2",
      "  }] :",
      '  "${item}!"',
      "  if var.a",
      "]",
    ]);
  });

  test("have parts that are broken themselves, each where it begins", () => {
    const keyed = mapValues<string, boolean>(map, ["key", "value"], () => contains(list, name));
    expect(lines(keyed, 37)).toEqual([
      "{",
      "  for key, value in var.map :",
      "  key => contains(var.list, var.name)",
      "}",
    ]);
    expect(lines(keyed, 36)).toEqual([
      "{",
      "  for key, value in var.map :",
      "  key => contains(",
      "    var.list,",
      "    var.name",
      "  )",
      "}",
    ]);
    const conditional = forEach<string, string>(concat(list, ["aa"]), "i", shout, () => contains(list, name));
    expect(lines(conditional, 35)).toEqual([
      "[",
      '  for i in concat(var.list, ["aa"]) :',
      '  "${i}!"',
      "  if contains(var.list, var.name)",
      "]",
    ]);
    expect(lines(conditional, 33)).toEqual([
      "[",
      "  for i in concat(",
      "    var.list,",
      '    ["aa"]',
      "  ) :",
      '  "${i}!"',
      "  if contains(var.list, var.name)",
      "]",
    ]);
    expect(lines(conditional, 32)).toEqual([
      "[",
      "  for i in concat(",
      "    var.list,",
      '    ["aa"]',
      "  ) :",
      '  "${i}!"',
      "  if contains(",
      "    var.list,",
      "    var.name",
      "  )",
      "]",
    ]);
  });

  test("have brackets next to the words", () => {
    const loop = forEach<string, string>(
      choose(a, list, reference<readonly string[]>("var.other")),
      "item",
      shout,
      () => or(a, b),
    );
    expect(lines(loop, 16)).toEqual([
      "[",
      "  for item in(",
      "    var.a",
      "    ? var.list",
      "    : var.other",
      "  ) :",
      '  "${item}!"',
      "  if(",
      "    var.a ||",
      "    var.b",
      "  )",
      "]",
    ]);
  });
});

describe("texts in lines", () => {
  const sentence = "must be the name of a bucket or of a trail, and must not be that of both of them; got ";

  test("are joined of lines that end between words", () => {
    const value = text`${sentence}${name}`;
    expectBroken(value, `"${sentence}\${var.name}"`, [
      'join(" ", [',
      '  "must be the name of a bucket or of a trail, and must not be that of both of them; got",',
      "  var.name,",
      "])",
    ]);
    expect(lines(value, 60)).toEqual([
      'join(" ", [',
      '  "must be the name of a bucket or of a trail, and must",',
      '  "not be that of both of them; got ${var.name}",',
      "])",
    ]);
  });

  test("are one line in brackets where that is enough", () => {
    const value = text`${sentence}${name}`;
    const whole = `"${sentence}\${var.name}"`;
    expect(lines(value, whole.length + 3, { column: 4 })).toEqual(["(", `  ${whole}`, ")"]);
    expect(lines(value, whole.length + 2, { column: 4 })[0]).toBe('join(" ", [');
  });

  test("are broken where nothing in them is an expression, too", () => {
    const known = `${"a".repeat(30)} ${"b".repeat(30)}`;
    expect(lines(known, 40)).toEqual(['join(" ", [', `  "${"a".repeat(30)}",`, `  "${"b".repeat(30)}",`, "])"]);
    expect(lines({ x: known }, 40)[1]).toBe('  x = join(" ", [');
  });

  test("are broken within a word that is too long for a line of its own", () => {
    expect(lines("x".repeat(200), 10)).toEqual([
      'join("", [',
      `  "${"x".repeat(80)}",`,
      `  "${"x".repeat(80)}",`,
      `  "${"x".repeat(40)}",`,
      "])",
    ]);
  });

  test("are never broken where they are short, or have no spaces but an expression", () => {
    const short = `${"a".repeat(28)} ${"b".repeat(29)}`;
    expect(lines(short, 10)).toEqual([`"${short}"`]);
    expect(lines(`${short}b`, 10)).toHaveLength(4);
    expect(lines(text`${"x".repeat(60)}${name}`, 10)).toEqual([`"${"x".repeat(60)}\${var.name}"`]);
    expect(lines(text`${"x".repeat(200)}${name}`, 10)).toEqual([`"${"x".repeat(200)}\${var.name}"`]);
  });

  test("keep every space: at the ends, and several in a row", () => {
    const spaces = ` ${"a".repeat(30)}  ${"b".repeat(30)} `;
    const broken = lines(spaces, 20);
    const joined = broken.slice(1, -1).map((line) => line.trim().slice(1, -2));
    expect(joined.join(" ")).toBe(spaces);
  });

  test("keep their escapes whole", () => {
    expect(lines(text`${"$".repeat(30)}{ ${"%".repeat(30)}{ ${name}"`, 40)).toEqual([
      'join(" ", [',
      // The last of the signs before a brace is escaped.
      `  "${"$".repeat(31)}{",`,
      `  "${"%".repeat(31)}{",`,
      '  "${var.name}\\"",',
      "])",
    ]);
  });
});

describe("the place of a value", () => {
  const value = ["aaa", "b"];
  const line = '["aaa", "b"]';

  test("is by default the beginning of a line of 120 columns", () => {
    expect(hcl(["a".repeat(116)])).toBe(`["${"a".repeat(116)}"]`);
    expect(hcl([117, "a".repeat(111)])).toBe(`[117, "${"a".repeat(111)}"]`);
    expect(hcl([117, "a".repeat(112)])).toBe(`[\n  117,\n  "${"a".repeat(112)}",\n]`);
  });

  test("takes columns from the first line", () => {
    expect(hcl(value, { width: line.length + 7, column: 7 })).toBe(line);
    expect(hcl(value, { width: line.length + 6, column: 7 })).toBe('[\n  "aaa",\n  "b",\n]');
  });

  test("indents all lines but the first", () => {
    expect(hcl(value, { width: line.length + 4, indent: 4 })).toBe(line);
    expect(hcl(value, { width: line.length + 3, indent: 4 })).toBe('[\n      "aaa",\n      "b",\n    ]');
    expect(hcl(value, { width: line.length + 3, column: 3, indent: 4 })).toBe(line);
  });
});

describe("alignedAssignments", () => {
  test("aligns neighbours that take one line", () => {
    expect(
      alignedAssignments(
        [
          { name: "a", text: "1" },
          { name: "long", text: "2" },
        ],
        2,
      ),
    ).toEqual(["  a    = 1", "  long = 2"]);
  });

  test("does not align what takes several lines, nor across it", () => {
    expect(
      alignedAssignments(
        [
          { name: "a", text: "1" },
          { name: "bb", text: "2" },
          { name: "much_longer", text: "[\n]" },
          { name: "ccc", text: "3" },
          { name: "d", text: "4" },
          { name: "e", text: "{\n}" },
        ],
        0,
      ),
    ).toEqual(["a  = 1", "bb = 2", "much_longer = [\n]", "ccc = 3", "d   = 4", "e = {\n}"]);
  });

  test("aligns documents", () => {
    expect(
      alignedAssignments(
        [
          { name: "a", text: "<<-EOT\n  x\nEOT" },
          { name: "long", text: "2" },
        ],
        0,
      ),
    ).toEqual(["a    = <<-EOT\n  x\nEOT", "long = 2"]);
  });

  test("counts columns as terraform fmt does", () => {
    const padded = (name: string): string => {
      const [line] = alignedAssignments(
        [
          { name, text: "1" },
          { name: "abcdefghijkl", text: "2" },
        ],
        0,
      );
      return (line as string).slice(name.length);
    };
    expect(padded("abc")).toBe(`${" ".repeat(9)} = 1`);
    expect(padded('"abc"')).toBe(`${" ".repeat(7)} = 1`);
    expect(padded('"👩‍👩‍👧"')).toBe(`${" ".repeat(9)} = 1`);
    expect(padded('"क्ष"')).toBe(`${" ".repeat(8)} = 1`);
    expect(padded('"a\u0301"')).toBe(`${" ".repeat(9)} = 1`);
    expect(padded('"\u0301"')).toBe(`${" ".repeat(9)} = 1`);
    expect(padded('"$\u0301%\u0301"')).toBe(`${" ".repeat(6)} = 1`);
    expect(padded('"$${\u0301"')).toBe(`${" ".repeat(6)} = 1`);
    expect(padded('"%%{\u0301"')).toBe(`${" ".repeat(6)} = 1`);
    expect(padded('"{\u0301"')).toBe(`${" ".repeat(9)} = 1`);
    expect(padded('"\\"\u0301"')).toBe(`${" ".repeat(8)} = 1`);
  });

  test("has no lines for nothing", () => {
    expect(alignedAssignments([], 2)).toEqual([]);
  });
});

describe("templateSource", () => {
  test.each<readonly [unknown, string]>([
    ["a", "a"],
    ["${x} %{y} $$${z}", "$${x} %%{y} $$$${z}"],
    ['"\\\n', '"\\\n'],
    [name, "${var.name}"],
    [and(a, b), "${var.a && var.b}"],
    [get(map, "a:b"), '${var.map["a:b"]}'],
    [text`"${name}"\n\${x}`, '"${var.name}"\n$${x}'],
    [text`a$$${name}$`, 'a${"$$"}${var.name}$'],
    [text`${atMost(-5, count)}!`, "${(-5 <= var.count)}!"],
    [waitingFor(text`a-${name}`, []), "a-${var.name}"],
    [waitingFor(waitingFor("${x}", []), []), "$${x}"],
    [waitingFor(["a"], []), '${["a"]}'],
    [joinText(["a", waitingFor(text`${name}$`, []), name]), 'a${"${var.name}$"}${var.name}'],
    [
      choose<unknown>(a, { a: 1, b: 2, c: "x".repeat(200) }, null),
      `\${var.a ? { a = 1, b = 2, c = "${"x".repeat(200)}" } : null}`,
    ],
    [5, "${5}"],
  ])("of %j", (value, source) => {
    expect(templateSource(value)).toBe(source);
  });
});

test("escapedTemplate escapes what would begin an expression or a directive", () => {
  expect(escapedTemplate("a${b%{c$${d%%{e$f%g{h")).toBe("a$${b%%{c$$${d%%%{e$f%g{h");
});
