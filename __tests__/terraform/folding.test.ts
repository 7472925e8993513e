import fc from "fast-check";
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
  equals,
  every,
  flatten,
  floor,
  forEach,
  forEachEntry,
  get,
  getOfEntry,
  ifSet,
  isJsonWith,
  isNull,
  jsondecode,
  jsonencode,
  keys,
  type Literal,
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
  or,
  partOf,
  plus,
  position,
  reference,
  remainder,
  replaced,
  sha256,
  shortened,
  some,
  startsWith,
  text,
  type Value,
  withDefault,
  withoutSuffix,
} from "../../src/values";
import { hcl, templateSource } from "../../src/values/hcl";
import { Given, HOSTILE_TEXTS, PERSON, type Person, type Recipe, recipes, SEED, Variables } from "../values/recipes";
import { Workspace } from "./support/workspace";

const RANDOM_CASES = 500;
const DEPTH = 3;

const FORMS = ["open", "open_json", "mixed", "mixed_json"] as const;
type Form = (typeof FORMS)[number];

/** A recipe followed with literals, and written for Terraform. All results are compared as JSON. */
class Case {
  readonly folded: string;
  private readonly open: Output;
  private readonly mixed: Output;

  constructor(
    readonly name: string,
    recipe: Recipe<unknown>,
  ) {
    this.folded = literal(jsonencode(recipe(Given.literals())));
    this.open = new Output(recipe, `${name}_open`, new Variables(`${name}_open`));
    this.mixed = new Output(
      recipe,
      `${name}_mixed`,
      new Variables(`${name}_mixed`, (path, index) => (index % 2 === 0 ? reference(path) : undefined)),
    );
  }

  get native(): string {
    return `${this.open.native}${this.mixed.native}`;
  }

  get json(): Readonly<Record<string, object>> {
    return { ...this.open.json, ...this.mixed.json };
  }

  /** What differs from what the recipe folds to; undefined where nothing does. */
  difference(form: Form, outputs: Outputs): object | undefined {
    const terraform = outputs[`${this.name}_${form}`]?.value;
    return terraform === this.folded ? undefined : { typescript: this.folded, terraform, hcl: this.native };
  }
}

/** A recipe as an output of Terraform, in both syntaxes. */
class Output {
  private readonly expression: Value<string>;

  constructor(
    recipe: Recipe<unknown>,
    private readonly name: string,
    private readonly variables: Variables,
  ) {
    this.expression = jsonencode(recipe(Given.variables(variables)));
  }

  get native(): string {
    const value = hcl(this.expression, { indent: 2, column: "  value = ".length });
    return `${this.variables}\noutput "${this.name}" {\n  value = ${value}\n}\n`;
  }

  get json(): Readonly<Record<string, object>> {
    return { [`${this.name}_json`]: { value: templateSource(this.expression) } };
  }
}

type Outputs = Readonly<Record<string, { readonly value: string } | undefined>>;

/** A name, what it comes to, and the value. */
type Directed = readonly [name: string, expected: Literal, recipe: Recipe<unknown>];

const string = (given: Given, value: string): Value<string> => given.input("string", value);
const stringOrNull = (given: Given, value: string | null): Value<string | null> => given.input("string", value);
const number = (given: Given, value: number): Value<number> => given.input("number", value);
const bool = (given: Given, value: boolean): Value<boolean> => given.input("bool", value);
const strings = (given: Given, ...value: readonly string[]): Value<readonly string[]> =>
  given.input("list(string)", value);
const bools = (given: Given, ...value: readonly boolean[]): Value<readonly boolean[]> =>
  given.input("list(bool)", value);
const numbers = (given: Given, ...value: readonly number[]): Value<readonly number[]> =>
  given.input("list(number)", value);
const map = (given: Given, value: Readonly<Record<string, string>>): Value<Record<string, string>> =>
  given.input("map(string)", value);
const person = (given: Given, value: Person | null): Value<Person | null> => given.input(PERSON, value);

const ADA: Person = { name: "Ada", count: 2, enabled: true, tags: ["x", "y"] };

const characters: readonly (readonly [string, number])[] = [
  ["", 0],
  ["abc", 3],
  ["\r\n", 1],
  ["\n\r", 2],
  ["a\0b", 3],
  ["é", 1],
  ["e\u0301", 1],
  ["x\u0301\u0302", 1],
  ["日本語", 3],
  ["한", 1],
  ["\u1112\u1161\u11ab", 1],
  ["👩‍👩‍👧", 1],
  ["👍🏽!", 2],
  ["🇩🇪🇫", 2],
  ["क्ष", 2],
  ["क्\u200dष", 2],
  ["क्षि", 2],
  ["\ufffd\u0301", 2],
  ["\u0600a", 1],
];

const patterns: readonly (readonly [text: string, pattern: string, matches: boolean])[] = [
  ["", "", true],
  ["", "^$", true],
  ["\n", "^$", false],
  ["a\n", "a$", false],
  ["b\na", "^a", false],
  ["b\na", "^b[^x]a$", true],
  ["ab", "^a|b$", true],
  ["xbx", "^(a|b)$", false],
  ["aaa", "^a{2,3}$", true],
  ["aaaa", "^a{2,3}$", false],
  ["a".repeat(1000), "^a{1000}$", true],
  ["Übung é", "^[\\p{L}\\p{Z}]+$", true],
  ["Übung é", "^[\\p{L}]+$", false],
  ["x٣Ⅷ", "^\\p{L}\\p{N}{2}$", true],
  ["e\u0301", "^[é]$", true],
  ["e\u0301", "^\\p{L}$", true],
  ["x\u0301", "^\\p{L}$", false],
  ["😀", "^[^a]$", true],
  ["😀", "^[^a]{2}$", false],
  ["a-b]c\\", "^[a\\-b\\]c\\\\]+$", true],
  ["^", "^[\\^]$", true],
  ["a.b", "^a\\.b$", true],
  ["axb", "^a\\.b$", false],
  ["${x}", "\\$\\{x\\}", true],
  ["abab", "^(?:ab)+?$", true],
  ["aws:x", "^[Aa][Ww][Ss]:", true],
  ["192.168.5.4", "^[0-9]+[.][0-9]+[.][0-9]+[.][0-9]+$", true],
];

const directed: readonly Directed[] = [
  ["isNull of null", true, (given) => isNull(stringOrNull(given, null))],
  ["isNull of a text", false, (given) => isNull(stringOrNull(given, ""))],
  ["isNull of an object", false, (given) => isNull(person(given, ADA))],
  ["isNull of no object", true, (given) => isNull(person(given, null))],
  ["equals, same texts", true, (given) => equals(string(given, "a"), string(given, "a"))],
  ["equals, other texts", false, (given) => equals(string(given, "a"), "A")],
  ["equals, composed text", true, (given) => equals(string(given, "e\u0301"), "é")],
  ["equals, null and null", true, (given) => equals(stringOrNull(given, null), null)],
  ["equals, null and a text", false, (given) => equals(stringOrNull(given, null), "null")],
  ["equals, numbers", true, (given) => equals(number(given, 1), number(given, 1.0))],
  ["equals, booleans", false, (given) => equals(bool(given, true), false)],
  ["not equals", true, (given) => not(equals(string(given, "a"), "b"))],
  ["not not equals", false, (given) => not(not(equals(string(given, "a"), "b")))],
  ...[1, 2, 3].flatMap((left): readonly Directed[] => [
    [`${left} at most 2`, left <= 2, (given) => atMost(number(given, left), 2)],
    [`${left} at least 2`, left >= 2, (given) => atLeast(number(given, left), 2)],
    [`${left} not at most 2`, left > 2, (given) => not(atMost(number(given, left), 2))],
    [`${left} not at least 2`, left < 2, (given) => not(atLeast(number(given, left), 2))],
  ]),
  ["at least a negative number", true, (given) => atLeast(number(given, -5), -5)],
  ["a negative number first", false, (given) => atMost(-5, number(given, -6))],
  ["floor of 1.9", 1, (given) => floor(number(given, 1.9))],
  ["floor of -0.5", -1, (given) => floor(number(given, -0.5))],
  ["floor of 1e21", 1e21, (given) => floor(number(given, 1e21))],
  ["not", false, (given) => not(bool(given, true))],
  ["and of nothing", true, () => and()],
  ["and", false, (given) => and(bool(given, true), bool(given, false), bool(given, true))],
  ["and within or", true, (given) => or(and(bool(given, true), bool(given, false)), bool(given, true))],
  ["or within and", false, (given) => and(or(bool(given, true), bool(given, false)), bool(given, false))],
  ["and of ands", true, (given) => and(and(bool(given, true), bool(given, true)), and(bool(given, true)))],
  ["or of nothing", false, () => or()],
  ["or", true, (given) => or(bool(given, false), bool(given, true))],
  ["not of a chain", true, (given) => not(and(bool(given, true), bool(given, false)))],
  ["choose the first", "a", (given) => choose(bool(given, true), string(given, "a"), string(given, "b"))],
  ["choose the second", "b", (given) => choose(bool(given, false), string(given, "a"), string(given, "b"))],
  ["choose null", null, (given) => choose<string | null>(bool(given, true), null, string(given, "b"))],
  ["choose a text, not null", "b", (given) => choose<string | null>(bool(given, false), null, "b")],
  ["choose an empty list", [], (given) => choose<readonly string[]>(bool(given, false), ["a"], [])],
  ["choose true, else false", true, (given) => choose(bool(given, true), true, false)],
  ["choose false, else true", false, (given) => choose(bool(given, true), false, true)],
  [
    "choose within the condition, and in both results",
    3,
    (given) =>
      choose(
        choose(bool(given, true), bool(given, false), bool(given, true)),
        choose(bool(given, true), number(given, 1), 2),
        choose(bool(given, true), number(given, 3), 4),
      ),
  ],
  ["withDefault of null", "d", (given) => withDefault(stringOrNull(given, null), "d")],
  ["withDefault of an empty text", "", (given) => withDefault(stringOrNull(given, ""), "d")],
  [
    "ifSet of null",
    "none",
    (given) => ifSet<Value<Person | null>, string>(person(given, null), (set) => text`${get(set, "count")}`, "none"),
  ],
  [
    "ifSet of an object",
    "2",
    (given) => ifSet<Value<Person | null>, string>(person(given, ADA), (set) => text`${get(set, "count")}`, "none"),
  ],
  ["attempt", "a", (given) => attempt(string(given, "a"), "b")],
  ["get a text", "Ada", (given) => get(person(given, ADA), "name")],
  ["get of a known object", "Ada", (given) => get({ name: string(given, "Ada"), count: 1 }, "name")],
  ["get a key that is no identifier", "x", (given) => get(map(given, { 'a:"b"': "x" }), 'a:"b"')],
  ...characters.map(
    ([value, count], index): Directed => [`characters ${index}`, count, (given) => length(string(given, value))],
  ),
  ["length of a list", 2, (given) => length(strings(given, "a", "b"))],
  ["length of no list", 0, (given) => length(strings(given))],
  ["length of a map", 1, (given) => length(map(given, { a: "b" }))],
  ...patterns.map(
    ([value, pattern, expected], index): Directed => [
      `pattern ${index}`,
      expected,
      (given) => matches(string(given, value), pattern),
    ],
  ),
  ["startsWith", true, (given) => startsWith(string(given, "us-gov-west-1"), "us-gov-")],
  ["startsWith all of it", true, (given) => startsWith(string(given, "a"), "a")],
  ["startsWith nothing", true, (given) => startsWith(string(given, ""), "")],
  ["startsWith more than it", false, (given) => startsWith(string(given, "a"), "ab")],
  ["startsWith a part of a character", false, (given) => startsWith(string(given, "e\u0301"), "e")],
  ["startsWith a composed character", true, (given) => startsWith(string(given, "e\u0301a"), "é")],
  ["contains", true, (given) => contains(strings(given, "a", "b"), string(given, "b"))],
  ["contains another", false, (given) => contains(strings(given, "a", "b"), "c")],
  ["contains in an empty list", false, (given) => contains(strings(given), string(given, "a"))],
  ["contains in a list without items", false, (given) => contains([], string(given, "a"))],
  ["contains in a known list", true, (given) => contains<string>(["a", string(given, "b")], "b")],
  ["contains composed", true, (given) => contains(strings(given, "e\u0301"), "é")],
  ["contains a number", true, (given) => contains(numbers(given, 1, 2), 2)],
  ["concat", ["a", "b", "c"], (given) => concat<string>(strings(given, "a"), ["b"], [], strings(given, "c"))],
  ["concat of nothing", [], () => concat()],
  ["concat of empty lists", [], (given) => concat<string>([], strings(given), [])],
  [
    "listOf",
    ["a", "c", "e"],
    (given) =>
      listOf<string>(
        "a",
        onlyIf(bool(given, false), string(given, "b")),
        onlyIf(bool(given, true), string(given, "c")),
        onlyIfSet<Value<string | null>, string>(stringOrNull(given, null), (value) => text`${value}d`),
        onlyIfSet<Value<string | null>, string>(stringOrNull(given, "e"), (value) => text`${value}`),
      ),
  ],
  ["flatten", ["a", "b"], (given) => flatten<string>([strings(given, "a"), [], strings(given), ["b"]])],
  ["flatten of nothing", [], (given) => flatten<string>(given.input("list(list(string))", []))],
  [
    "flatten a loop",
    ["a", "a", "b", "b"],
    (given) =>
      flatten<string>(forEach<string, readonly string[]>(strings(given, "a", "b"), "item", (item) => [item, item])),
  ],
  [
    "merge, the later wins",
    { a: "2", b: "3", c: "1" },
    (given) => merge<string>(map(given, { c: "1", a: "1" }), { a: string(given, "2"), b: "2" }, map(given, { b: "3" })),
  ],
  ["merge of nothing", {}, () => merge()],
  ["merge of empty maps", {}, (given) => merge<string>({}, map(given, {}))],
  [
    "keys in the order of code points",
    ["A", "a", "b", "é", "\uffee", "😀"],
    (given) => keys(map(given, { "😀": "", "\uffee": "", b: "", é: "", A: "", a: "" })),
  ],
  ["keys that are numbers", ["10", "9", "a"], (given) => keys(map(given, { a: "", "9": "", "10": "" }))],
  ["a loop over nothing", [], (given) => forEach<string, string>(strings(given), "item", (item) => text`${item}!`)],
  [
    "a loop with a condition",
    ["b!"],
    (given) =>
      forEach<string, string>(
        strings(given, "a", "b"),
        "item",
        (item) => text`${item}!`,
        (item) => not(equals(item, "a")),
      ),
  ],
  [
    "a loop over a known list with an open condition",
    ["b"],
    (given) =>
      forEach<string, string>(
        ["a", "b"],
        "item",
        (item) => item,
        (item) => equals(item, string(given, "b")),
      ),
  ],
  [
    "a condition that begins with a sign",
    [-1, 3],
    (given) =>
      forEach<number, number>(
        numbers(given, -1, 3, -7),
        "item",
        (item) => item,
        (item) => atMost(-5, item),
      ),
  ],
  [
    "a loop within a loop",
    [
      ["ax", "ay"],
      ["bx", "by"],
    ],
    (given) =>
      forEach<string, readonly string[]>(strings(given, "a", "b"), "outer", (outer) =>
        forEach<string, string>(strings(given, "x", "y"), "inner", (inner) => text`${outer}${inner}`),
      ),
  ],
  [
    "a loop over a map",
    ["a=1", "b=2"],
    (given) =>
      forEachEntry<string, string>(
        map(given, { b: "2", a: "1" }),
        ["key", "value"],
        (key, value) => text`${key}=${value}`,
      ),
  ],
  [
    "a map of a map",
    { a: "1a", b: "2b" },
    (given) =>
      mapValues<string, string>(map(given, { b: "2", a: "1" }), ["key", "value"], (value, key) => text`${value}${key}`),
  ],
  [
    "a map of negative numbers",
    { a: -5 },
    (given) => mapValues<string, number>(map(given, { a: "" }), ["key", "value"], () => -5),
  ],
  [
    "a map of some entries of a map",
    { b: "2" },
    (given) =>
      mapValues<string, string>(
        map(given, { b: "2", a: "1" }),
        ["key", "value"],
        (value) => value,
        (_, key) => equals(key, "b"),
      ),
  ],
  [
    "a known map with a condition on its keys",
    { b: 2 },
    (given) =>
      mapValues<number, number>(
        { a: 1, b: 2 },
        ["key", "value"],
        (value) => value,
        (_, key) => equals(key, string(given, "b")),
      ),
  ],
  [
    "a list of some entries of a map",
    ["b"],
    (given) =>
      forEachEntry<string, string>(
        map(given, { b: "2", a: "1" }),
        ["key", "value"],
        (key) => key,
        (_, value) => equals(value, "2"),
      ),
  ],
  [
    "a map of the items of a list",
    { "a-": "a", "b-": "b" },
    (given) =>
      mapOfItems<string, string>(
        strings(given, "b", "a"),
        "item",
        (item) => text`${item}-`,
        (item) => item,
      ),
  ],
  [
    "an attribute of an entry",
    "one",
    (given) => getOfEntry<{ name: string }, "name">({ a: { name: string(given, "one") } }, string(given, "a"), "name"),
  ],
  [
    "an attribute of an entry that is not there",
    null,
    (given) => getOfEntry<{ name: string }, "name">({ a: { name: "one" } }, string(given, "b"), "name"),
  ],
  ["coalesce", "a", (given) => coalesce<string>(null, string(given, ""), string(given, "a"), "b")],
  ["coalesce of a known text", "a", (given) => coalesce<string>("", "a", string(given, "b"))],
  ["coalesce of numbers", 0, (given) => coalesce<number>(number(given, 0), 1)],
  ["every of nothing", true, (given) => every(bools(given))],
  ["every", false, (given) => every(bools(given, true, false))],
  ["every of a known list", true, (given) => every([bool(given, true), bool(given, true)])],
  ["some of nothing", false, (given) => some(bools(given))],
  ["some", true, (given) => some(bools(given, false, true))],
  ["some of a known list", false, (given) => some([bool(given, false)])],
  ["distinct", ["b", "a"], (given) => distinct(strings(given, "b", "a", "b"))],
  ["distinct numbers", [2, 1], (given) => distinct(numbers(given, 2, 1, 2))],
  ["distinct of a known list", ["é"], (given) => distinct<string>(["e\u0301", string(given, "é")])],
  ["distinct of nothing", [], (given) => distinct(strings(given))],
  ["position", 1, (given) => position(strings(given, "a", "b", "b"), string(given, "b"))],
  ["position of a composed text", 0, (given) => position(["e\u0301", "a"], string(given, "é"))],
  ["position of what is not there", -1, (given) => attempt(position(strings(given, "a"), string(given, "b")), -1)],
  ["position in an empty list", -1, (given) => attempt(position(strings(given), string(given, "b")), -1)],
  ...[1, 2, 3].flatMap((left): readonly Directed[] => [
    [`${left} less than 2`, left < 2, (given) => lessThan(number(given, left), 2)],
    [`${left} not less than 2`, left >= 2, (given) => not(lessThan(number(given, left), 2))],
  ]),
  ["plus", 32, (given) => plus(number(given, 2), 30)],
  ...[0, 59, 60, 61].map(
    (value): Directed => [`remainder of ${value}`, value % 60, (given) => remainder(number(given, value), 60)],
  ),
  ["plus of a remainder", 3, (given) => plus(remainder(number(given, 61), 60), 2)],
  ["remainder of a plus", 3, (given) => remainder(plus(number(given, 61), 2), 60)],
  ["replaced", "a-b--c", (given) => replaced(string(given, "a.b..c"), ".", "-")],
  ["replaced, overlapping", "ba", (given) => replaced(string(given, "aaa"), "aa", "b")],
  ["replaced by what JavaScript would read", "a$&$1$$b", (given) => replaced(string(given, "a.b"), ".", "$&$1$$")],
  ["replaced slashes", "a.b.c", (given) => replaced(string(given, "a/b/c"), "/", ".")],
  ["replaced, a part of a character", "é", (given) => replaced(string(given, "e\u0301"), "e", "x")],
  ["replaced, so that it composes", "é", (given) => replaced(string(given, "ea"), "a", "\u0301")],
  ["partOf", "group", (given) => partOf(string(given, "arn:aws:logs:group:*"), ":", 3)],
  ["partOf, of composed characters", "\u00e9", (given) => partOf(string(given, "a:e\u0301"), ":", 1)],
  [
    "attributeOfEntry",
    "one",
    (given) => attributeOfEntry<{ name: string }, "name">({ a: { name: "one" } }, string(given, "a"), "name"),
  ],
  ["withoutSuffix", "arn", (given) => withoutSuffix(string(given, "arn:*"), ":*")],
  ["withoutSuffix, once", "arn:*", (given) => withoutSuffix(string(given, "arn:*:*"), ":*")],
  ["withoutSuffix, where it is not", "arn", (given) => withoutSuffix(string(given, "arn"), ":*")],
  ["withoutSuffix, all of it", "", (given) => withoutSuffix(string(given, ":*"), ":*")],
  ["withoutSuffix, nothing", "a", (given) => withoutSuffix(string(given, "a"), "")],
  ["withoutSuffix, a part of a character", "é", (given) => withoutSuffix(string(given, "e\u0301"), "\u0301")],
  ...[0, 2, 3, 4].map(
    (most): Directed => [
      `the beginning of ${most} letters`,
      "abc".slice(0, most),
      (given) => beginningOf(string(given, "abc"), most),
    ],
  ),
  ["shortened, what is longer", "abcdef-f39dac6c", (given) => shortened(string(given, "abcdefghijklmnop"), 15)],
  ["shortened, what is not", "abcdefghijklmno", (given) => shortened(string(given, "abcdefghijklmno"), 15)],
  [
    "sha256",
    "4a99557e4033c3539de2eb65472017cad5f9557f7a0625a09f1c3f6e2ba69c4c",
    (given) => sha256(string(given, "e\u0301")),
  ],
  ["the beginning of nothing", "", (given) => beginningOf(string(given, ""), 2)],
  [
    "jsondecode",
    { a: [1, null, { b: "é" }], "": true },
    (given) => jsondecode(string(given, '{"a":[1,null,{"b":"e\u0301"}],"":true}')),
  ],
  ["jsondecode of an escape", "é\u2028", (given) => jsondecode(string(given, '"\\u00e9\\u2028"'))],
  ["jsondecode of null", null, (given) => jsondecode(string(given, "null"))],
  [
    "jsondecode and jsonencode",
    '{"Statement":[{"Sid":"A"}]}',
    (given) => jsonencode(jsondecode(string(given, ' { "Statement" : [ { "Sid" : "A" } ] } '))),
  ],
  ...(
    [
      ['{"Statement":[]}', true],
      ['{"Statement":null}', true],
      [' {"a": 1, "Statement": {}} ', true],
      ['{"statement":[]}', false],
      ["{}", false],
      ['["Statement"]', false],
      ['[{"Statement":[]}]', false],
      ['"Statement"', false],
      ["1", false],
      ["true", false],
      ["null", false],
      ["{", false],
      ["{} {}", false],
      ['{"Statement":[],}', false],
      ["", false],
      ['{"a":{"Statement":[]}}', false],
    ] as const
  ).map(
    ([value, expected], index): Directed => [
      `isJsonWith ${index}`,
      expected,
      (given) => isJsonWith(string(given, value), "Statement"),
    ],
  ),
  ["flatten items", ["a", "b", "c"], (given) => flatten<string>([string(given, "a"), strings(given, "b"), "c"])],
  [
    "flatten the statements of documents, which are one or a list",
    [{ Sid: "A" }, { Sid: "B" }],
    (given) =>
      flatten<{ readonly Sid: string }>(
        ['{"Statement":{"Sid":"A"}}', '{"Statement":[{"Sid":"B"}]}'].map(
          (document) =>
            get(jsondecode(string(given, document)) as Value<{ Statement: { Sid: string } }>, "Statement") as never,
        ),
      ),
  ],
  [
    "choose within the results of the same condition",
    "a!b",
    (given) => {
      const condition = bool(given, true);
      const within = choose(condition, string(given, "a"), string(given, "x"));
      return choose(condition, text`${within}!${choose(not(condition), "x", "b")}`, within);
    },
  ],
  [
    "choose within the results of the contrary condition",
    "x",
    (given) => {
      const condition = equals(string(given, "a"), "b");
      return choose(not(condition), choose(condition, string(given, "y"), "x"), "z");
    },
  ],
  ["a text with numbers", "n=-1, 0.5", (given) => text`n=${number(given, -1)}, ${number(given, 0.5)}`],
  [
    "a text of large and small numbers",
    "1000000000000000000000 -0.00000025",
    (given) => {
      return text`${number(given, 1e21)} ${number(given, -2.5e-7)}`;
    },
  ],
  ["a text with a boolean", "true!", (given) => text`${bool(given, true)}!`],
  ["a text of one number", "5", (given) => text`${number(given, 5)}`],
  ["a text of one boolean", "false", (given) => text`${bool(given, false)}`],
  ["a text of one text", "a", (given) => text`${string(given, "a")}`],
  ["a text without parts", "", () => text`${""}`],
  ["a text that composes", "é", () => text`e${"\u0301"}`],
  ["a text before and after values", "$$a${b%{", (given) => text`$$${string(given, "a")}$${string(given, "{b")}%{`],
  ["a percent sign before a value", "%{a", (given) => text`%${string(given, "{a")}`],
  ["jsonencode of null", "null", (given) => jsonencode(stringOrNull(given, null))],
  ["jsonencode of jsonencode", '"\\"a\\""', (given) => jsonencode(jsonencode(string(given, "a")))],
  [
    "jsonencode of an object",
    '{"a":{"C":[],"b":null},"z":[1,true,"x"]}',
    (given) => jsonencode({ z: [number(given, 1), bool(given, true), "x"], a: { b: null, C: strings(given) } }),
  ],
  [
    "jsonencode of what HTML would read",
    '"\\u003c\\u003e\\u0026\'\\u2028\\u2029/"',
    (given) => jsonencode(string(given, "<>&'\u2028\u2029/")),
  ],
  [
    "jsonencode of control characters",
    '"\\u0000\\b\\t\\n\\u000b\\f\\r\\u001b\u007f\u0085\\\\\\""',
    (given) => jsonencode(string(given, '\0\b\t\n\v\f\r\u001b\u007f\u0085\\"')),
  ],
  ["jsonencode of an accent after an escape", '"\\\u0155"', (given) => jsonencode(string(given, "\r\u0301"))],
  [
    "jsonencode of numbers",
    "[0,-1.5,100,1000000000000000000000]",
    (given) => {
      return jsonencode([number(given, 0), number(given, -1.5), number(given, 1e2), number(given, 1e21)]);
    },
  ],
  ...HOSTILE_TEXTS.flatMap((hostile, index): readonly Directed[] => [
    [`hostile text ${index}`, hostile.normalize("NFC"), (given) => string(given, hostile)],
    [
      `hostile text ${index} around a value`,
      `${hostile}{a}${hostile}`.normalize("NFC"),
      (given) => text`${hostile}${string(given, "{a}")}${hostile}`,
    ],
    [`hostile key ${index}`, { [hostile.normalize("NFC")]: "a" }, (given) => ({ [hostile]: string(given, "a") })],
  ]),
];

describe(`values mean to Terraform what they fold to (seed ${SEED})`, () => {
  const workspace = new Workspace();
  const tableCases = directed.map(([name, expected, recipe], index) => ({
    name,
    expected,
    each: new Case(`directed${index}`, recipe),
  }));
  const randomCases = fc
    .sample(recipes(DEPTH).any, { numRuns: RANDOM_CASES, seed: SEED })
    .map((recipe, index) => new Case(`random${index}`, recipe));
  let outputs: Outputs;

  beforeAll(async () => {
    const all = [...tableCases.map(({ each }) => each), ...randomCases];
    workspace.write({
      "main.tf": all.map((each) => each.native).join("\n"),
      "json.tf.json": JSON.stringify({ output: Object.assign({}, ...all.map((each) => each.json)) }),
    });
    const applied = await workspace.terraform("apply", "-auto-approve", "-input=false", "-no-color");
    if (applied.code !== 0) {
      throw new Error(`terraform apply failed:\n${applied.stderr}`);
    }
    outputs = JSON.parse(await workspace.succeed("output", "-json")) as Outputs;
  });

  afterAll(() => {
    workspace.remove();
  });

  test.each(tableCases)("$name", ({ expected, each }) => {
    expect(each.folded).toBe(literal(jsonencode(expected as Value<unknown>)));
    for (const form of FORMS) {
      expect(each.difference(form, outputs)).toBeUndefined();
    }
  });

  test.each(FORMS)(`${RANDOM_CASES} random values, %s`, (form) => {
    expect(randomCases.map((each) => each.difference(form, outputs)).filter((each) => each !== undefined)).toEqual([]);
  });

  test("the random values have every operator in them", () => {
    const source = randomCases.map((each) => each.native).join("\n");
    const written = [
      ..."alltrue anytrue can concat contains distinct flatten floor index jsondecode jsonencode".split(" "),
      ..."keys length merge regex replace sha256 startswith substr tostring trimsuffix try".split(" "),
    ].filter((name) => source.includes(`${name}(`));
    const operators = ["==", "!=", "<=", ">=", " < ", "&&", "||", "? ", "[for", "{ for", " if ", "${", "!"];
    expect(written).toHaveLength(22);
    expect(operators.filter((operator) => !source.includes(operator))).toEqual([]);
  });
});
