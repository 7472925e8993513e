import {
  and,
  atLeast,
  atMost,
  attempt,
  attributeOfEntry,
  beginningOf,
  choose,
  coalesce,
  concat,
  contains,
  distinct,
  Expression,
  equals,
  every,
  flatten,
  floor,
  forEach,
  forEachEntry,
  get,
  getOfEntry,
  hcl,
  ifSet,
  instance,
  isJsonWith,
  isNull,
  joinText,
  jsondecode,
  jsonencode,
  keys,
  length,
  lessThan,
  listOf,
  literal,
  mapOfItems,
  mapValues,
  matches,
  merge,
  not,
  onlyIf,
  onlyIfSet,
  onlyInstance,
  or,
  partOf,
  plus,
  position,
  reference,
  remainder,
  replaced,
  sha256,
  sharedPattern,
  shortened,
  some,
  startsWith,
  text,
  type Value,
  after as waitingFor,
  where,
  withDefault,
  withoutSuffix,
} from "../../src/values";

const a = reference<boolean>("var.a");
const b = reference<boolean>("var.b");
const c = reference<boolean>("var.c");
const name = reference<string>("var.name");
const nameOrNull: Value<string | null> = reference<string | null>("var.name");
const count = reference<number>("var.count");
const list = reference<readonly string[]>("var.list");
const map = reference<Record<string, string>>("var.map");

type Person = { readonly name: string; readonly age: number | null };
const person = reference<Person>("var.person");
const personOrNull: Value<Person | null> = reference<Person | null>("var.person");

/** What an expression looks like in HCL. Fails for a literal. */
function rendered(value: unknown): string {
  expect(value).toBeInstanceOf(Expression);
  return hcl(value);
}

describe("isNull", () => {
  test("folds", () => {
    expect(isNull(null)).toBe(true);
    expect([0, "", false, [], {}].map((value) => isNull(value))).toEqual([false, false, false, false, false]);
  });

  test("is false of a known shape", () => {
    expect(isNull([name])).toBe(false);
    expect(isNull({ name })).toBe(false);
  });

  test("is false of a text with a value in it, which is a text wherever it is one at all", () => {
    expect(isNull(text`${name}-logs`)).toBe(false);
    expect(withDefault(text`${name}-logs` as Value<string | null>, "x")).toEqual(text`${name}-logs`);
  });

  test("is that of the value, whatever it waits for", () => {
    expect(isNull(waitingFor(text`${name}-logs`, []))).toBe(false);
    expect(isNull(waitingFor(null, []))).toBe(true);
    expect(rendered(isNull(waitingFor(name, [])))).toBe("var.name == null");
  });

  test("renders", () => {
    expect(rendered(isNull(name))).toBe("var.name == null");
  });
});

describe("equals", () => {
  test("folds", () => {
    expect(equals("a", "a")).toBe(true);
    expect(equals("a", "b")).toBe(false);
    expect(equals(1, 1)).toBe(true);
    expect(equals(1, 2)).toBe(false);
    expect(equals(1, "1")).toBe(false);
    expect(equals("1", 1)).toBe(false);
    expect(equals(true, true)).toBe(true);
    expect(equals(true, false)).toBe(false);
    expect(equals(null, null)).toBe(true);
    expect(equals(null, "null")).toBe(false);
    expect(equals("", null)).toBe(false);
  });

  test("compares composed texts", () => {
    expect(equals("e\u0301", "é")).toBe(true);
    expect(equals("é", "e\u0301")).toBe(true);
  });

  test("renders", () => {
    expect(rendered(equals(name, "a"))).toBe('var.name == "a"');
    expect(rendered(equals(null, name))).toBe("null == var.name");
    expect(rendered(equals(count, -1))).toBe("var.count == -1");
  });
});

describe("atMost and atLeast", () => {
  test("fold", () => {
    expect([1, 2, 3].map((left) => atMost(left, 2))).toEqual([true, true, false]);
    expect([1, 2, 3].map((left) => atLeast(left, 2))).toEqual([false, true, true]);
  });

  test("render", () => {
    expect(rendered(atMost(count, 2))).toBe("var.count <= 2");
    expect(rendered(atMost(2, count))).toBe("2 <= var.count");
    expect(rendered(atLeast(count, 2))).toBe("var.count >= 2");
    expect(rendered(atLeast(2, count))).toBe("2 >= var.count");
  });
});

describe("lessThan", () => {
  test("folds", () => {
    expect([1, 2, 3].map((left) => lessThan(left, 2))).toEqual([true, false, false]);
  });

  test("renders", () => {
    expect(rendered(lessThan(count, 2))).toBe("var.count < 2");
    expect(rendered(lessThan(2, count))).toBe("2 < var.count");
    expect(rendered(not(lessThan(count, 2)))).toBe("var.count >= 2");
  });
});

describe("plus and remainder", () => {
  test("fold", () => {
    expect(plus(2, 3)).toBe(5);
    expect([119, 120, 121].map((value) => remainder(value, 60))).toEqual([59, 0, 1]);
  });

  test("render, the one looser than the other", () => {
    expect(rendered(plus(count, 2))).toBe("var.count + 2");
    expect(rendered(remainder(120, count))).toBe("120 % var.count");
    expect(rendered(remainder(plus(count, 2), 60))).toBe("(var.count + 2) % 60");
    expect(rendered(plus(remainder(count, 60), 2))).toBe("var.count % 60 + 2");
    expect(rendered(atLeast(plus(count, 2), 3))).toBe("var.count + 2 >= 3");
  });
});

describe("floor", () => {
  test("folds", () => {
    expect([1, 1.9, -0.5].map((value) => floor(value))).toEqual([1, 1, -1]);
  });

  test("renders", () => {
    expect(rendered(floor(count))).toBe("floor(var.count)");
  });
});

describe("not", () => {
  test("folds", () => {
    expect(not(true)).toBe(false);
    expect(not(false)).toBe(true);
  });

  test("renders", () => {
    expect(rendered(not(a))).toBe("!var.a");
    expect(rendered(not(matches(name, "^a")))).toBe('!can(regex("^a", var.name))');
    expect(rendered(not(and(a, b)))).toBe("!(var.a && var.b)");
    expect(rendered(not(or(a, b)))).toBe("!(var.a || var.b)");
    expect(rendered(not(choose(a, b, c)))).toBe("!(var.a ? var.b : var.c)");
  });

  test("turns comparisons round", () => {
    expect(rendered(not(equals(name, "a")))).toBe('var.name != "a"');
    expect(rendered(not(not(equals(name, "a"))))).toBe('var.name == "a"');
    expect(rendered(not(atMost(count, 2)))).toBe("var.count > 2");
    expect(rendered(not(not(atMost(count, 2))))).toBe("var.count <= 2");
    expect(rendered(not(atLeast(count, 2)))).toBe("var.count < 2");
    expect(rendered(not(not(atLeast(count, 2))))).toBe("var.count >= 2");
  });

  test("of a contrary is the value", () => {
    expect(not(not(a))).toBe(a);
  });
});

describe("and", () => {
  test("folds", () => {
    expect(and()).toBe(true);
    expect(and(true)).toBe(true);
    expect(and(true, true)).toBe(true);
    expect(and(true, false, true)).toBe(false);
  });

  test("folds partly", () => {
    expect(and(a, false)).toBe(false);
    expect(and(false, a)).toBe(false);
    expect(and(true, a, true)).toBe(a);
  });

  test("renders", () => {
    expect(rendered(and(a, true, b, c))).toBe("var.a && var.b && var.c");
    expect(rendered(and(a, or(b, c)))).toBe("var.a && (var.b || var.c)");
    expect(rendered(and(a, equals(name, "x"), not(b)))).toBe('var.a && var.name == "x" && !var.b');
    expect(rendered(and(a, choose(a, b, c)))).toBe("var.a && (var.a ? var.b : var.c)");
  });

  test("is one chain, however it was composed", () => {
    expect(rendered(and(and(a, b), c))).toBe("var.a && var.b && var.c");
    expect(rendered(and(a, and(b, c)))).toBe("var.a && var.b && var.c");
  });
});

describe("or", () => {
  test("folds", () => {
    expect(or()).toBe(false);
    expect(or(false)).toBe(false);
    expect(or(false, false)).toBe(false);
    expect(or(false, true, false)).toBe(true);
  });

  test("folds partly", () => {
    expect(or(a, true)).toBe(true);
    expect(or(true, a)).toBe(true);
    expect(or(false, a, false)).toBe(a);
  });

  test("renders", () => {
    expect(rendered(or(a, false, b, c))).toBe("var.a || var.b || var.c");
    expect(rendered(or(a, and(b, c)))).toBe("var.a || var.b && var.c");
    expect(rendered(or(or(a, b), or(b, c)))).toBe("var.a || var.b || var.b || var.c");
    expect(rendered(or(equals(name, "x"), equals(name, "y")))).toBe('var.name == "x" || var.name == "y"');
  });
});

describe("choose", () => {
  test("folds, and leaves the other value alone", () => {
    expect(choose(true, "a", "b")).toBe("a");
    expect(choose(false, "a", "b")).toBe("b");
    expect(choose<string | null>(true, null, name)).toBeNull();
    expect(choose<string | null>(false, null, name)).toBe(name);
  });

  test("renders", () => {
    expect(rendered(choose(a, "a", "b"))).toBe('var.a ? "a" : "b"');
    expect(rendered(choose<string | null>(a, null, "b"))).toBe('var.a ? null : "b"');
    expect(rendered(choose<string | null>(a, "a", null))).toBe('var.a ? "a" : null');
    expect(rendered(choose(and(a, b), 1, 2))).toBe("var.a && var.b ? 1 : 2");
    expect(rendered(choose<readonly string[]>(a, [name], []))).toBe("var.a ? [var.name] : []");
  });

  test("renders one within the other", () => {
    expect(rendered(choose(choose(a, b, c), 1, 2))).toBe("(var.a ? var.b : var.c) ? 1 : 2");
    expect(rendered(choose(a, choose(b, 1, 2), 3))).toBe("var.a ? (var.b ? 1 : 2) : 3");
    expect(rendered(choose(a, 1, choose(b, 2, 3)))).toBe("var.a ? 1 : var.b ? 2 : 3");
  });

  test("needs no condition where it changes nothing", () => {
    expect(choose(a, name, name)).toBe(name);
    expect(choose(a, "x", "x")).toBe("x");
    expect(choose(a, null, null)).toBeNull();
  });

  test("of true and false is the condition, or its contrary", () => {
    expect(choose(a, true, false)).toBe(a);
    expect(rendered(choose(a, false, true))).toBe("!var.a");
    expect(rendered(choose(equals(name, "x"), false, true))).toBe('var.name != "x"');
    expect(rendered(choose(a, true, b))).toBe("var.a ? true : var.b");
    expect(rendered(choose(a, b, false))).toBe("var.a ? var.b : false");
    expect(rendered(choose(a, false, b))).toBe("var.a ? false : var.b");
    expect(rendered(choose(a, b, true))).toBe("var.a ? var.b : true");
  });

  test("refuses two types, of which Terraform would make one", () => {
    const refusal = new Error("choose() takes two values of one type; got a string and a number");
    expect(() => choose<string | number>(a, "1", 1)).toThrow(refusal);
    expect(() => choose<string | number>(true, "1", 1)).toThrow(refusal);
    expect(() => choose<boolean | string>(a, true, "x")).toThrow("got a boolean and a string");
  });

  test("takes what is not a primitive beside one", () => {
    expect(rendered(choose<string | null>(a, "x", null))).toBe('var.a ? "x" : null');
    expect(rendered(choose(a, "x", name))).toBe('var.a ? "x" : var.name');
    expect(rendered(choose(a, name, "x"))).toBe('var.a ? var.name : "x"');
  });
});

describe("where a condition is known", () => {
  const chosen = choose(a, name, "x");

  test("what it chooses is chosen", () => {
    expect(where(a, true, chosen)).toBe(name);
    expect(where(a, false, chosen)).toBe("x");
  });

  test("what its contrary chooses is chosen, too", () => {
    expect(where(not(a), true, chosen)).toBe("x");
    expect(where(not(a), false, chosen)).toBe(name);
    expect(where(isNull(name), true, choose(not(isNull(name)), "set", "null"))).toBe("null");
  });

  test("a condition that is known leaves all as it is", () => {
    expect(where(true, true, chosen)).toBe(chosen);
    expect(where(true, false, chosen)).toBe(chosen);
  });

  test("a condition within the results of the same one is left out", () => {
    expect(rendered(choose(a, chosen, "y"))).toBe('var.a ? var.name : "y"');
    expect(rendered(choose(a, "y", chosen))).toBe('var.a ? "y" : "x"');
    expect(rendered(choose(not(a), chosen, "y"))).toBe('!var.a ? "x" : "y"');
    expect(rendered(choose(b, chosen, "y"))).toBe('var.b ? (var.a ? var.name : "x") : "y"');
    expect(rendered(choose(a, text`${chosen}!`, "y"))).toBe('var.a ? "${var.name}!" : "y"');
  });

  test("a choice that is left with one result is that result", () => {
    expect(choose(a, choose(a, "x", "y"), choose(a, "y", "x"))).toBe("x");
    expect(choose(a, choose<boolean>(a, true, b), choose<boolean>(a, b, false))).toBe(a);
  });
});

describe("withDefault", () => {
  test("folds", () => {
    expect(withDefault(null as string | null, "d")).toBe("d");
    expect(withDefault("" as string | null, "d")).toBe("");
    expect(withDefault("a" as string | null, name)).toBe("a");
    expect(withDefault(null as string | null, name)).toBe(name);
  });

  test("renders", () => {
    expect(rendered(withDefault(nameOrNull, "d"))).toBe('var.name == null ? "d" : var.name');
  });
});

describe("ifSet", () => {
  test("makes nothing of null", () => {
    const make = jest.fn();
    expect(ifSet(null as Value<string | null>, make, "none")).toBe("none");
    expect(make).not.toHaveBeenCalled();
  });

  test("folds", () => {
    expect(ifSet<Value<string | null>, string>("a", (value) => text`${value}!`, "none")).toBe("a!");
    expect(ifSet<Value<string | null>, string>("", (value) => text`${value}!`, "none")).toBe("!");
  });

  test("renders", () => {
    expect(rendered(ifSet<Value<string | null>, string>(nameOrNull, (value) => text`${value}!`, "none"))).toBe(
      'var.name == null ? "none" : "${var.name}!"',
    );
  });

  test("looks into an object that is known in part", () => {
    const known: Value<Person | null> = { name, age: 1 };
    expect(ifSet<Value<Person | null>, string>(known, (value) => get(value, "name"), "none")).toBe(name);
  });
});

describe("attempt", () => {
  test("folds", () => {
    expect(attempt("a", name)).toBe("a");
    expect(attempt<string | null>(null, "b")).toBeNull();
  });

  test("renders", () => {
    expect(rendered(attempt<string, null>(get(person, "name"), null))).toBe("try(var.person.name, null)");
  });
});

describe("get", () => {
  test("folds", () => {
    expect(get({ name: "Ada", age: null } as Person, "name")).toBe("Ada");
    expect(get({ name: "Ada", age: null } as Person, "age")).toBeNull();
    expect(get({ name, age: 1 } as Value<Person>, "name")).toBe(name);
  });

  test("renders", () => {
    expect(rendered(get(person, "name"))).toBe("var.person.name");
    expect(rendered(get(personOrNull, "name"))).toBe("var.person.name");
    expect(rendered(get(get(reference<{ person: Person }>("var.x"), "person"), "age"))).toBe("var.x.person.age");
    expect(rendered(get(choose(a, person, reference<Person>("var.other")), "age"))).toBe(
      "(var.a ? var.person : var.other).age",
    );
  });

  test("renders keys that are no identifiers", () => {
    expect(rendered(get(map, 'aws:"x"'))).toBe('var.map["aws:\\"x\\""]');
    expect(rendered(get(map, "1a"))).toBe('var.map["1a"]');
    expect(rendered(get(map, "a-1_B"))).toBe("var.map.a-1_B");
  });

  test("refuses an attribute that is not there", () => {
    const object: Record<string, string> = { name: "Ada" };
    expect(() => get(object, "nam")).toThrow(new Error('the object has no attribute "nam"'));
    expect(() => get(object, "constructor")).toThrow(new Error('the object has no attribute "constructor"'));
    expect(() => get(null as Person | null, "name")).toThrow(new Error('the object has no attribute "name"'));
  });
});

describe("length", () => {
  test("folds", () => {
    expect(length("")).toBe(0);
    expect(length("👩‍👩‍👧!")).toBe(2);
    expect(length([])).toBe(0);
    expect(length(["a", "b"])).toBe(2);
    expect(length({ a: "x", b: "y", c: "z" })).toBe(3);
  });

  test("folds where the shape is known", () => {
    expect(length([name, name])).toBe(2);
    expect(length({ a: name })).toBe(1);
  });

  test("renders", () => {
    expect(rendered(length(list))).toBe("length(var.list)");
  });
});

describe("matches", () => {
  test("folds", () => {
    expect(matches("abc", "b")).toBe(true);
    expect(matches("abc", "^b")).toBe(false);
    expect(matches("e\u0301", "^[é]$")).toBe(true);
    expect(matches("😀", "^[^a]$")).toBe(true);
  });

  test("renders", () => {
    expect(rendered(matches(name, '^["\\\\]\\.$'))).toBe('can(regex("^[\\"\\\\\\\\]\\\\.$", var.name))');
  });

  test.each([
    "",
    "^a$",
    "a|b|",
    "(a)(?:b)",
    "a*b+c?d*?e+?f??",
    "a{0}b{9}c{10}d{99}e{100}f{999}g{1000}h{1,}i{0,1000}j{2,3}?",
    "(?:ab){1000}",
    "(?:a{10}){100}",
    "a{1000}b{1000}",
    "[a-z][^a-z][\\]\\\\\\^\\-][{}()*+?.|$]",
    "[\\p{L}\\p{N}\\p{Z}]",
    "\\p{L}\\p{N}\\p{Z}",
    "\\.\\\\\\/\\(\\)\\[\\]\\{\\}\\+\\*\\?\\|\\^\\$",
    "_,:/@=!<>\"'#%&;~ -",
    "[é日😀\n.]",
  ])("takes the pattern %j", (pattern) => {
    expect(rendered(matches(name, pattern))).toMatch(/^can\(regex\(/);
  });

  test.each([
    ["a dot", "a.b"],
    ["a class of Perl", "\\d"],
    ["a class of Perl in a class", "[\\d]"],
    ["a word boundary", "\\bx"],
    ["the beginning of the text", "\\Ax"],
    ["an escaped hyphen outside of a class", "a\\-b"],
    ["an escaped letter", "\\n"],
    ["an escape at the end", "a\\"],
    ["another property", "\\p{Lu}"],
    ["a property by its name", "\\p{Script=Greek}"],
    ["not a property", "\\P{L}"],
    ["look-ahead", "a(?=b)"],
    ["negative look-ahead", "a(?!b)"],
    ["look-behind", "(?<=a)b"],
    ["a named group", "(?<x>a)"],
    ["a named group of RE2", "(?P<x>a)"],
    ["flags", "(?i)a"],
    ["a reference back", "(a)\\1"],
    ["a count with a leading zero", "a{02}"],
    ["a range with a leading zero", "a{1,02}"],
    ["a count above 1000", "a{1001}"],
    ["a range up to more than 1000", "a{1,1001}"],
    ["a count of five digits", "a{10000}"],
    ["repetitions of repetitions above 1000", "(?:a{10}){101}"],
    ["repetitions of repetitions above 1000, from", "(?:a{10,}){101,}"],
    ["repetitions of repetitions above 1000, from and to", "(?:a{1,50}){1,21}"],
    ["repetitions of repetitions above 1000, with a 0", "(?:a{0}b{10}){101}"],
    ["a count without a beginning", "a{,3}"],
    ["a brace", "a{"],
    ["a closing brace", "a}"],
    ["a bracket that is not closed", "[a"],
    ["a closing bracket", "a]"],
    ["any character, of JavaScript", "[^]"],
    ["nothing, of JavaScript", "[]"],
    ["a bracket in a class", "[[]"],
    ["a class of POSIX", "[[:alpha:]]"],
    ["a quantifier of nothing", "*a"],
    ["a quantifier of a beginning", "^*"],
    ["a quantifier of a quantifier", "a**"],
    ["a possessive quantifier", "a++"],
    ["a group that is not closed", "(a"],
    ["a group that is not opened", "a)"],
    ["a range from right to left", "[z-a]"],
    ["a count from right to left", "a{3,2}"],
    ["a letter outside of a class that is not ASCII", "é"],
    ["text that Terraform composes", "[e\u0301]"],
  ])("refuses %s", (_what, pattern) => {
    expect(() => matches(name, pattern)).toThrow(`the pattern ${pattern} cannot be used: `);
    expect(() => matches("a", pattern)).toThrow(/; a pattern has letters, digits and marks of ASCII, /);
  });

  test.each([
    ["^arn:.*$", ". in different ways, or one of them not at all (write a class, such as [^/]);"],
    ["^[.]\\d+$", "\\d in"],
    ["a(?=b)", "(?= in"],
    ["(?<x>a)", "(?< in"],
    ["(?i)a", "(?i in"],
    ["\\p{Lu}", "\\p{Lu} in"],
    ["a{1,1001}", "{1,1001} in"],
    ["x[[:alpha:]]", "[[:alpha:] in"],
    ["[^]", "[^] in"],
    ["a\\", "\\ in"],
    ["a\u{1f600}", "\u{1f600} in"],
  ])("says which part of %s is at fault", (pattern, part) => {
    expect(() => sharedPattern(pattern)).toThrow(`: Terraform and JavaScript read ${part}`);
  });

  test.each([
    ["(?:a{10}){101}", "repeats nothing more than 1000 times"],
    ["[e\u0301]", "composed form"],
    ["(a", "Unterminated group"],
  ])("says what is wrong with %s as a whole", (pattern, problem) => {
    expect(() => sharedPattern(pattern)).toThrow(problem);
  });
});

describe("startsWith", () => {
  test("folds", () => {
    expect(startsWith("us-gov-west-1", "us-gov-")).toBe(true);
    expect(startsWith("us-west-1", "us-gov-")).toBe(false);
    expect(startsWith("e\u0301", "é")).toBe(true);
    expect(startsWith("é", "e\u0301")).toBe(true);
    expect(startsWith("e\u0301", "e")).toBe(false);
  });

  test("renders", () => {
    expect(rendered(startsWith(name, "us-"))).toBe('startswith(var.name, "us-")');
  });
});

describe("replaced", () => {
  test("folds, wherever the part is", () => {
    expect(replaced("a.b..c", ".", "-")).toBe("a-b--c");
    expect(replaced("abc", "x", "y")).toBe("abc");
    expect(replaced("aaa", "aa", "b")).toBe("ba");
    expect(replaced("a.b", ".", "")).toBe("ab");
  });

  test("takes what is put there as it is, also where JavaScript knows a pattern", () => {
    expect(replaced("a.b", ".", "$&$1$$")).toBe("a$&$1$$b");
    expect(replaced("a.b", "/", "/x/")).toBe("a.b");
  });

  test("reads and writes composed texts", () => {
    expect(replaced("e\u0301", "e", "x")).toBe("é");
    expect(replaced("é", "e\u0301", "x")).toBe("x");
    expect(replaced("xa", "a", "\u0301")).toBe("x\u0301");
    expect(replaced("ea", "a", "\u0301")).toBe("é");
  });

  test("renders", () => {
    expect(rendered(replaced(name, ".", "-"))).toBe('replace(var.name, ".", "-")');
  });

  test.each(["", "/a/", "//", "/\n/"])("refuses %j, which is a pattern to Terraform, or is everywhere", (part) => {
    const refusal = new Error("Terraform takes a text between slashes for a pattern, and nothing for everywhere");
    expect(() => replaced("a", part, "b")).toThrow(refusal);
    expect(() => replaced(name, part, "b")).toThrow(refusal);
  });

  test("takes slashes that make no pattern", () => {
    expect(replaced("a/b/c", "/", ".")).toBe("a.b.c");
    expect(replaced("a/b/c", "/b", "")).toBe("a/c");
  });
});

describe("withoutSuffix", () => {
  test("folds", () => {
    expect(withoutSuffix("arn:*", ":*")).toBe("arn");
    expect(withoutSuffix("arn", ":*")).toBe("arn");
    expect(withoutSuffix("arn:*:*", ":*")).toBe("arn:*");
    expect(withoutSuffix("a:*b", ":*")).toBe("a:*b");
    expect(withoutSuffix(":*", ":*")).toBe("");
    expect(withoutSuffix("a", "")).toBe("a");
  });

  test("takes no part of a character away", () => {
    expect(withoutSuffix("e\u0301", "\u0301")).toBe("é");
    expect(withoutSuffix("aé", "e\u0301")).toBe("a");
  });

  test("renders", () => {
    expect(rendered(withoutSuffix(name, ":*"))).toBe('trimsuffix(var.name, ":*")');
  });
});

describe("beginningOf", () => {
  test("folds", () => {
    expect(beginningOf("abc", 2)).toBe("ab");
    expect(beginningOf("abc", 3)).toBe("abc");
    expect(beginningOf("abc", 4)).toBe("abc");
    expect(beginningOf("", 4)).toBe("");
    expect(beginningOf("abc", 0)).toBe("");
  });

  test("renders", () => {
    expect(rendered(beginningOf(name, 64))).toBe("substr(var.name, 0, 64)");
  });
});

describe("sha256", () => {
  test("folds, of what Terraform makes of a text", () => {
    expect(sha256("")).toBe("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    expect(sha256("e\u0301")).toBe(sha256("é"));
    expect(sha256("é")).toBe("4a99557e4033c3539de2eb65472017cad5f9557f7a0625a09f1c3f6e2ba69c4c");
  });

  test("renders", () => {
    expect(rendered(sha256(name))).toBe("sha256(var.name)");
  });
});

describe("shortened", () => {
  test("leaves what is short enough, and cuts what is not", () => {
    expect(shortened("a".repeat(24), 24)).toBe("a".repeat(24));
    expect(shortened("a".repeat(25), 24)).toMatch(/^a{15}-[0-9a-f]{8}$/);
  });

  test("tells apart what begins alike", () => {
    const beginning = "the-same-for-very-many-letters";
    const [one, two] = [`${beginning}-one`, `${beginning}-two`].map((each) => shortened(each, 24));
    expect(one).not.toBe(two);
    expect(one).toHaveLength(24);
  });

  test("renders", () => {
    expect(rendered(shortened(name, 24))).toBe(
      'length(var.name) <= 24 ? var.name : "${substr(var.name, 0, 15)}-${substr(sha256(var.name), 0, 8)}"',
    );
  });
});

describe("contains", () => {
  test("folds", () => {
    expect(contains(["a", "b"], "b")).toBe(true);
    expect(contains(["a", "b"], "c")).toBe(false);
    expect(contains([], "a")).toBe(false);
    expect(contains([1, 2], 2)).toBe(true);
    expect(contains(["e\u0301"], "é")).toBe(true);
  });

  test("folds partly", () => {
    expect(contains<string>(["a", name], "a")).toBe(true);
    expect(contains<string>([name, "a"], "a")).toBe(true);
  });

  test("renders", () => {
    expect(rendered(contains<string>(["a", name], "b"))).toBe('contains(["a", var.name], "b")');
    expect(rendered(contains<string>(["a", "b"], name))).toBe('contains(["a", "b"], var.name)');
    expect(rendered(contains<string>([name], name))).toBe("contains([var.name], var.name)");
    expect(rendered(contains(list, "a"))).toBe('contains(var.list, "a")');
  });
});

describe("concat", () => {
  test("folds", () => {
    expect(concat()).toEqual([]);
    expect(concat([], [])).toEqual([]);
    expect(concat(["a"], [], ["b", "c"])).toEqual(["a", "b", "c"]);
    expect(concat<string>(["a"], [name])).toEqual(["a", name]);
  });

  test("renders, known neighbours as one", () => {
    expect(rendered(concat<string>(["a"], ["b"], list, ["c"], [], ["d"]))).toBe(
      'concat(["a", "b"], var.list, ["c", "d"])',
    );
    expect(rendered(concat<string>([], list, [], list, []))).toBe("concat(var.list, var.list)");
  });

  test("of one list is the list", () => {
    expect(concat<string>([], list, [])).toBe(list);
  });

  test("does not change the lists it takes", () => {
    const first = ["a"];
    expect(concat(first, ["b"])).toEqual(["a", "b"]);
    expect(first).toEqual(["a"]);
  });
});

describe("listOf", () => {
  test("folds", () => {
    expect(listOf()).toEqual([]);
    expect(listOf<string>("a", onlyIf(false, "b"), onlyIf(true, "c"))).toEqual(["a", "c"]);
  });

  test("renders", () => {
    expect(rendered(listOf<string>("a", onlyIf(a, "b"), "c"))).toBe('concat(["a"], var.a ? ["b"] : [], ["c"])');
    expect(rendered(listOf<string>(onlyIf(a, "b")))).toBe('var.a ? ["b"] : []');
  });

  test("leaves out what is made of null", () => {
    const make = jest.fn();
    expect(listOf<string>("a", onlyIfSet(null as Value<string | null>, make))).toEqual(["a"]);
    expect(make).not.toHaveBeenCalled();
    expect(listOf<string>(onlyIfSet<Value<string | null>, string>("a", (value) => text`${value}!`))).toEqual(["a!"]);
    expect(
      rendered(listOf<string>(onlyIfSet<Value<string | null>, string>(nameOrNull, (value) => text`${value}!`))),
    ).toBe('var.name != null ? ["${var.name}!"] : []');
  });

  test("takes null, and objects that look like an optional item", () => {
    const item = { condition: false, item: "a" };
    expect(listOf<unknown>(null, item)).toEqual([null, item]);
  });
});

describe("position", () => {
  test("folds", () => {
    expect(["a", "b", "c"].map((item) => position(["a", "b"], item))).toEqual([0, 1, -1]);
    expect(position(["a", "a"], "a")).toBe(0);
    expect(position(["b", "e\u0301"], "é")).toBe(1);
    expect(position([], "a")).toBe(-1);
  });

  test("renders", () => {
    expect(rendered(position(["a", "b"], name))).toBe('index(["a", "b"], var.name)');
    expect(rendered(position(list, "a"))).toBe('index(var.list, "a")');
    expect(rendered(position(["a", name], "a"))).toBe('index(["a", var.name], "a")');
  });
});

describe("distinct", () => {
  test("folds, in the order in which items are first there", () => {
    expect(distinct(["b", "a", "b"])).toEqual(["b", "a"]);
    expect(distinct([2, 1, 2, 1])).toEqual([2, 1]);
    expect(distinct(["e\u0301", "é"])).toEqual(["é"]);
    expect(distinct([])).toEqual([]);
  });

  test("renders", () => {
    expect(rendered(distinct(list))).toBe("distinct(var.list)");
    expect(rendered(distinct<string>(["a", name]))).toBe('distinct(["a", var.name])');
  });
});

describe("flatten", () => {
  test("folds", () => {
    expect(flatten([])).toEqual([]);
    expect(flatten<string>([["a"], [], ["b", "c"]])).toEqual(["a", "b", "c"]);
    expect(flatten<string>([["a", name], ["b"]])).toEqual(["a", name, "b"]);
  });

  test("leaves items that are no lists as they are", () => {
    expect(flatten<string>(["a", ["b"], "c"])).toEqual(["a", "b", "c"]);
    expect(flatten<{ readonly x: string }>([{ x: "a" }, [{ x: "b" }]])).toEqual([{ x: "a" }, { x: "b" }]);
    expect(flatten<string | null>([null])).toEqual([null]);
    expect(rendered(flatten<string>([name]))).toBe("flatten([var.name])");
  });

  test("renders", () => {
    expect(rendered(flatten<string>([["a"], list]))).toBe('flatten([["a"], var.list])');
    expect(rendered(flatten(reference<readonly (readonly string[])[]>("var.lists")))).toBe("flatten(var.lists)");
  });

  test("takes no lists of lists of lists, of which Terraform would leave nothing but items", () => {
    // @ts-expect-error: the type forbids them
    flatten<readonly string[]>([[["a"]]]);
  });
});

describe("merge", () => {
  test("folds", () => {
    expect(merge()).toEqual({});
    expect(merge({}, {})).toEqual({});
    expect(merge<string>({ a: "1", b: "1" }, { b: "2" }, { c: name })).toEqual({ a: "1", b: "2", c: name });
  });

  test("renders, known neighbours as one", () => {
    expect(rendered(merge<string>({ a: "1" }, { a: "2" }, map, {}, { b: "3" }))).toBe(
      'merge({ a = "2" }, var.map, { b = "3" })',
    );
    expect(rendered(merge<string>({}, map, map))).toBe("merge(var.map, var.map)");
  });

  test("of one map is the map", () => {
    expect(merge<string>({}, map, {})).toBe(map);
  });

  test("does not change the maps it takes", () => {
    const first = { a: "1" };
    expect(merge<string>(first, { b: "2" })).toEqual({ a: "1", b: "2" });
    expect(first).toEqual({ a: "1" });
  });
});

describe("keys", () => {
  test("folds in the order of code points", () => {
    const known: Value<Record<string, string>> = { "😀": "1", "\uffee": name, a: "3" };
    expect(keys(known)).toEqual(["a", "\uffee", "😀"]);
  });

  test("renders", () => {
    expect(rendered(keys(map))).toBe("keys(var.map)");
  });
});

describe("forEach", () => {
  const exclaimed = (item: Value<string>): Value<string> => text`${item}!`;

  test("folds", () => {
    expect(forEach<string, string>([], "item", exclaimed)).toEqual([]);
    expect(forEach<string, string>(["a", "b"], "item", exclaimed)).toEqual(["a!", "b!"]);
    expect(forEach<string, string>(["a", "b"], "item", exclaimed, (item) => equals(item, "b"))).toEqual(["b!"]);
  });

  test("makes nothing of items that are left out", () => {
    const make = jest.fn(exclaimed);
    forEach<string, string>(["a", "b"], "item", make, (item) => equals(item, "b"));
    expect(make.mock.calls).toEqual([["b"]]);
  });

  test("folds partly", () => {
    const [first, second] = forEach<string, string>(["a", name], "item", exclaimed) as readonly Value<string>[];
    expect(first).toBe("a!");
    expect(rendered(second)).toBe('"${var.name}!"');
  });

  test("renders", () => {
    expect(rendered(forEach<string, string>(list, "item", exclaimed))).toBe('[for item in var.list : "${item}!"]');
    expect(rendered(forEach<string, string>(list, "item", exclaimed, (item) => not(equals(item, "b"))))).toBe(
      '[for item in var.list : "${item}!" if item != "b"]',
    );
  });

  test("renders a known list whose items are there on a condition", () => {
    expect(rendered(forEach<string, string>(["a", "b"], "item", exclaimed, (item) => equals(item, name)))).toBe(
      '[for item in ["a", "b"] : "${item}!" if item == var.name]',
    );
  });
});

describe("forEachEntry", () => {
  const joined = (key: Value<string>, value: Value<string>): Value<string> => text`${key}=${value}`;

  test("folds in the order of keys", () => {
    expect(forEachEntry<string, string>({ b: "2", a: "1" }, ["key", "value"], joined)).toEqual(["a=1", "b=2"]);
    expect(forEachEntry<string, string>({}, ["key", "value"], joined)).toEqual([]);
  });

  test("renders", () => {
    expect(rendered(forEachEntry<string, string>(map, ["key", "value"], joined))).toBe(
      '[for key, value in var.map : "${key}=${value}"]',
    );
  });
});

describe("mapValues", () => {
  const joined = (value: Value<string>, key: Value<string>): Value<string> => text`${value}@${key}`;

  test("folds", () => {
    const mapped = mapValues<string, string>({ b: "2", a: "1" }, ["key", "value"], joined);
    expect(mapped).toEqual({ a: "1@a", b: "2@b" });
    expect(Object.keys(mapped)).toEqual(["a", "b"]);
  });

  test("renders", () => {
    expect(rendered(mapValues<string, string>(map, ["key", "value"], joined))).toBe(
      '{ for key, value in var.map : key => "${value}@${key}" }',
    );
  });
});

describe("forEachEntry with a condition", () => {
  test("folds where every condition is known, and renders where one is not", () => {
    const name = (key: Value<string>): Value<string> => key;
    const two = { b: "2", a: "1" };
    expect(forEachEntry<string, string>(two, ["k", "v"], name, (_, value) => equals(value, "2"))).toEqual(["b"]);
    expect(rendered(forEachEntry<string, string>(map, ["k", "v"], name, (_, value) => equals(value, "2")))).toBe(
      '[for k, v in var.map : k if v == "2"]',
    );
    expect(rendered(forEachEntry<string, string>({ a: "1" }, ["k", "v"], name, () => a))).toBe(
      '[for k, v in { a = "1" } : k if var.a]',
    );
  });
});

describe("mapOfItems", () => {
  const itself = (item: Value<string>): Value<string> => item;

  test("folds where every key is known, and renders where one is not", () => {
    expect(mapOfItems<string, string>(["x", "y"], "item", itself, (item) => text`${item}!`)).toEqual({
      x: "x!",
      y: "y!",
    });
    expect(rendered(mapOfItems<string, string>(list, "item", itself, (item) => text`${item}!`))).toBe(
      '{ for item in var.list : item => "${item}!" }',
    );
    expect(
      rendered(
        mapOfItems<string, boolean>(
          ["x"],
          "item",
          () => reference("var.key"),
          () => true,
        ),
      ),
    ).toBe('{ for item in ["x"] : var.key => true }');
  });
});

describe("mapValues with a condition", () => {
  const same = (value: Value<string>): Value<string> => value;

  test("folds where every condition is known", () => {
    expect(
      mapValues<string, string>({ b: "2", a: "1" }, ["key", "value"], same, (value) => not(equals(value, "1"))),
    ).toEqual({ b: "2" });
    expect(mapValues<string, string>({ b: "2", a: "1" }, ["key", "value"], same, (_, key) => equals(key, "a"))).toEqual(
      { a: "1" },
    );
  });

  test("renders", () => {
    const only = reference<string>("var.only");
    const chosen = (_: Value<string>, key: Value<string>): Value<boolean> => equals(key, only);
    expect(rendered(mapValues<string, string>(map, ["key", "value"], same, chosen))).toBe(
      "{ for key, value in var.map : key => value if key == var.only }",
    );
    expect(rendered(mapValues<string, string>({ a: "1" }, ["key", "value"], same, chosen))).toBe(
      '{ for key, value in { a = "1" } : key => value if key == var.only }',
    );
  });
});

describe("getOfEntry", () => {
  const persons = { ann: { age: 41 } };

  test("folds, also to null where there is no such entry", () => {
    expect(getOfEntry<{ age: number }, "age">(persons, "ann", "age")).toBe(41);
    expect(getOfEntry<{ age: number }, "age">(persons, "bob", "age")).toBeNull();
    expect(getOfEntry<{ age: number }, "age">(persons, "toString", "age")).toBeNull();
  });

  test("renders, and is null for Terraform where there is no such entry", () => {
    const known = reference<Record<string, { age: number }>>("var.persons");
    expect(rendered(getOfEntry(known, "ann", "age"))).toBe('try(var.persons["ann"].age, null)');
    expect(rendered(getOfEntry<{ age: number }, "age">(persons, reference("each.key"), "age"))).toBe(
      "try({ ann = { age = 41 } }[each.key].age, null)",
    );
  });
});

describe("attributeOfEntry", () => {
  test("folds", () => {
    expect(attributeOfEntry<{ age: number }, "age">({ ann: { age: 41 } }, "ann", "age")).toBe(41);
  });

  test("renders, with a key that is known or not", () => {
    const known = reference<Record<string, { age: number }>>("var.persons");
    expect(rendered(attributeOfEntry(known, "ann", "age"))).toBe('var.persons["ann"].age');
    expect(rendered(attributeOfEntry(known, reference("each.key"), "age"))).toBe("var.persons[each.key].age");
  });
});

describe("partOf", () => {
  test("folds to the part between separators", () => {
    expect(partOf("arn:aws:logs", ":", 2)).toBe("logs");
    expect(partOf("arn:aws:logs", ":", 0)).toBe("arn");
  });

  test("renders", () => {
    expect(rendered(partOf(reference("var.arn"), ":", 6))).toBe('element(split(":", var.arn), 6)');
  });
});

describe("coalesce", () => {
  const unknown = reference<string | null>("var.text");

  test("folds to the first value that is neither null nor an empty text", () => {
    expect(coalesce<string>(null, "", "a", "b")).toBe("a");
    expect(coalesce<number>(null, 0, 1)).toBe(0);
    expect(() => coalesce<string>(null, "")).toThrow("neither null nor an empty text");
  });

  test("of one within another is one", () => {
    expect(rendered(coalesce<string>(unknown, coalesce<string>(reference("var.other"), "a")))).toBe(
      'coalesce(var.text, var.other, "a")',
    );
  });

  test("renders what can still be chosen", () => {
    expect(rendered(coalesce<string>(null, unknown, "a", "b"))).toBe('coalesce(var.text, "a")');
    expect(coalesce<string>(null, unknown)).toBe(unknown);
    expect(coalesce<string>("a", unknown)).toBe("a");
  });
});

describe("every and some", () => {
  test("fold", () => {
    expect([every([]), every([true, true]), every([true, false])]).toEqual([true, true, false]);
    expect([some([]), some([false, false]), some([true, false])]).toEqual([false, false, true]);
  });

  test("render", () => {
    const booleans = reference<readonly boolean[]>("var.list");
    expect(rendered(every([a, true, b]))).toBe("var.a && var.b");
    expect(rendered(some([a, false, b]))).toBe("var.a || var.b");
    expect(rendered(every(booleans))).toBe("alltrue(var.list)");
    expect(rendered(some(booleans))).toBe("anytrue(var.list)");
  });
});

describe("text", () => {
  test("folds", () => {
    expect(text``).toBe("");
    expect(text`a`).toBe("a");
    expect(text`${"a"}-${1}-${true}-${1e21}`).toBe("a-1-true-1000000000000000000000");
    expect(text`e${"\u0301"}`).toBe("é");
    expect(text`${"e\u0301"}`).toBe("é");
  });

  test("renders", () => {
    expect(rendered(text`${name}-logs`)).toBe('"${var.name}-logs"');
    expect(rendered(text`a-${name}-${"b"}-${count}${a}`)).toBe('"a-${var.name}-b-${var.count}${var.a}"');
  });

  test("is one template, however it was composed", () => {
    const inside = text`${name}-b`;
    expect(rendered(text`a-${inside}-c`)).toBe('"a-${var.name}-b-c"');
    expect(rendered(text`${inside}${inside}`)).toBe('"${var.name}-b${var.name}-b"');
  });

  test("of one value makes that a text", () => {
    expect(rendered(text`${count}`)).toBe("tostring(var.count)");
    expect(rendered(text`${""}${name}${""}`)).toBe("tostring(var.name)");
    expect(rendered(text`${text`${count}`}`)).toBe("tostring(var.count)");
    expect(rendered(text`${jsonencode(name)}`)).toBe("jsonencode(var.name)");
    expect(rendered(text`${floor(count)}`)).toBe("tostring(floor(var.count))");
  });

  test("refuses what has no text", () => {
    expect(() => text`${null as unknown as string}-logs`).toThrow(new Error("a text cannot hold null"));
    expect(() => joinText(["a", ["b"]])).toThrow(new Error("a text cannot hold a list or an object"));
  });

  test("may be given as its parts", () => {
    expect(joinText([])).toBe("");
    expect(joinText(["", "a", "", 1])).toBe("a1");
    expect(rendered(joinText(["a", name, "", "b", false]))).toBe('"a${var.name}bfalse"');
  });
});

describe("jsonencode", () => {
  test("folds", () => {
    expect(jsonencode({ b: ["<", null], a: 1e21 })).toBe('{"a":1000000000000000000000,"b":["\\u003c",null]}');
  });

  test("composes the text that it writes, as Terraform does", () => {
    expect(jsonencode("\r\u0301")).toBe('"\\\u0155"');
  });

  test("renders", () => {
    expect(rendered(jsonencode(name))).toBe("jsonencode(var.name)");
    expect(rendered(jsonencode({ a: [name] }))).toBe("jsonencode({ a = [var.name] })");
  });
});

describe("jsondecode", () => {
  test("folds", () => {
    expect(jsondecode('{"a":[1,null,{"b":"c"}]}')).toEqual({ a: [1, null, { b: "c" }] });
    expect(jsondecode('"a"')).toBe("a");
    expect(jsondecode("null")).toBeNull();
  });

  test("fails on what is no JSON", () => {
    expect(() => jsondecode("{")).toThrow(SyntaxError);
  });

  test("renders", () => {
    expect(rendered(jsondecode(name))).toBe("jsondecode(var.name)");
  });
});

describe("isJsonWith", () => {
  test.each([
    ['{"Statement":[]}', true],
    ['{"Statement":null}', true],
    [' {"a": 1, "Statement": {}} ', true],
    ['{"statement":[]}', false],
    ["{}", false],
    ['["Statement"]', false],
    ['[{"Statement":[]}]', false],
    ['"Statement"', false],
    ["null", false],
    ["{", false],
    ["", false],
    ['{"a":{"Statement":[]}}', false],
  ])("folds for %j to %p", (value, expected) => {
    expect(isJsonWith(value, "Statement")).toBe(expected);
  });

  test("does not find what every object of JavaScript has", () => {
    expect(isJsonWith("{}", "constructor")).toBe(false);
    expect(isJsonWith('{"__proto__":1}', "__proto__")).toBe(true);
  });

  test("renders", () => {
    expect(rendered(isJsonWith(name, "Statement"))).toBe("can(jsondecode(var.name).Statement)");
  });
});

describe("instance", () => {
  test("renders", () => {
    expect(rendered(instance(reference("aws_sns_topic.topic"), "alarms", "arn"))).toBe(
      'aws_sns_topic.topic["alarms"].arn',
    );
    expect(rendered(instance(reference("aws_sns_topic.topic"), reference("each.key"), "arn"))).toBe(
      "aws_sns_topic.topic[each.key].arn",
    );
  });
});

describe("onlyInstance", () => {
  test("renders", () => {
    expect(rendered(onlyInstance(reference("aws_kms_key.this"), "arn"))).toBe("aws_kms_key.this[0].arn");
    expect(rendered(choose<string | null>(a, onlyInstance(reference("module.key"), "arn"), null))).toBe(
      "var.a ? module.key[0].arn : null",
    );
  });
});

describe("literal", () => {
  test("is what a value folded to", () => {
    expect(literal("a")).toBe("a");
    expect(literal(and(true, not(false)))).toBe(true);
    expect(literal<null>(null)).toBeNull();
  });

  test("refuses what Terraform alone knows", () => {
    const refusal = new Error("the value is known only when Terraform plans");
    expect(() => literal(name)).toThrow(refusal);
    expect(() => literal<readonly string[]>(["a", name])).toThrow(refusal);
  });
});
