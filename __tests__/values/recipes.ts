import fc from "fast-check";
import {
  and,
  atLeast,
  atMost,
  attempt,
  beginningOf,
  choose,
  concat,
  contains,
  distinct,
  type Expression,
  equals,
  every,
  flatten,
  floor,
  forEach,
  forEachEntry,
  get,
  ifSet,
  isJsonWith,
  isNull,
  joinText,
  jsondecode,
  jsonencode,
  keys,
  type Literal,
  length,
  lessThan,
  listOf,
  mapValues,
  matches,
  merge,
  not,
  onlyIf,
  onlyIfSet,
  or,
  plus,
  position,
  reference,
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
import { hcl } from "../../src/values/hcl";

/*
 * Random, well-typed values. One is written as a recipe, which is followed once with literals for its inputs, and once
 * with references to variables that hold the same literals.
 */

/** The seed of the random values: always the same one, unless the environment names another. */
export const SEED = Number(process.env.FAST_CHECK_SEED || 20_260_229);

/** Makes a value of its inputs. */
export type Recipe<T> = (given: Given) => Value<T>;

/** The variables of the loops around. */
interface Bound {
  readonly texts: readonly Value<string>[];
  readonly numbers: readonly Value<number>[];
  readonly loops: number;
}

/** What a recipe is made of. */
export class Given {
  private constructor(
    private readonly inputs: Inputs,
    readonly bound: Bound,
  ) {}

  /** Inputs that are literals. */
  static literals(): Given {
    return new Given({ take: (_type, value) => value as Value<never> }, { texts: [], numbers: [], loops: 0 });
  }

  /** Inputs that are variables. */
  static variables(variables: Variables): Given {
    return new Given(variables, { texts: [], numbers: [], loops: 0 });
  }

  /** An input, by Terraform's name of its type. */
  input<T>(type: string, value: T): Value<T> {
    return this.inputs.take(type, value);
  }

  /** A name for the variable of a loop, different from those around. */
  loopVariable(name: string): string {
    return `${name}${this.bound.loops}`;
  }

  /** The same inputs inside of a loop. */
  within(bound: { readonly texts?: readonly Value<string>[]; readonly numbers?: readonly Value<number>[] }): Given {
    return new Given(this.inputs, {
      texts: [...(bound.texts ?? []), ...this.bound.texts],
      numbers: [...(bound.numbers ?? []), ...this.bound.numbers],
      loops: this.bound.loops + 1,
    });
  }
}

interface Inputs {
  take<T>(type: string, value: T): Value<T>;
}

/** The inputs of one recipe, gathered in one variable of Terraform. */
export class Variables implements Inputs {
  private readonly types: string[] = [];
  private readonly defaults: Record<string, Literal> = {};
  private taken = 0;

  /**
   * @param name the name of the variable
   * @param refer makes the reference of the input with a number; undefined where that is a literal
   */
  constructor(
    private readonly name: string,
    private readonly refer: (path: string, index: number) => Expression<unknown> | undefined = reference,
  ) {}

  take<T>(type: string, value: T): Value<T> {
    this.taken += 1;
    const input = `input${this.types.length}`;
    const expression = this.refer(`var.${this.name}.${input}`, this.taken);
    if (expression === undefined) {
      return value as Value<T>;
    }
    this.types.push(`${input} = ${type}`);
    this.defaults[input] = value as Literal;
    return expression as Expression<T>;
  }

  /** The variable as HCL. */
  toString(): string {
    const type = `object({ ${this.types.join(", ")} })`;
    // A text that is too long for its line would be joined of several: defaults take no functions.
    return `variable "${this.name}" {\n  type = ${type}\n  default = ${hcl(this.defaults, { indent: 2, width: Number.POSITIVE_INFINITY })}\n}\n`;
  }
}

/** An object as an input has it. A type alias, as an interface has no index signature. */
export type Person = {
  readonly name: string | null;
  readonly count: number;
  readonly enabled: boolean;
  readonly tags: readonly string[];
};

/** The type of a person. */
export const PERSON = "object({ name = string, count = number, enabled = bool, tags = list(string) })";

/** Texts that a printer or a counter might get wrong. */
export const HOSTILE_TEXTS: readonly string[] = [
  "",
  " ",
  "a",
  "10",
  "true",
  "null",
  "$",
  "$$",
  "%",
  "{",
  "}",
  "${",
  "%{",
  "$${",
  "$$${",
  "%%{",
  "${var.x}",
  "%{ if true }",
  "~}",
  '"',
  "\\",
  "\\n",
  "\n",
  "\r",
  "\r\n",
  "\t",
  "\b\f\v",
  "\0",
  "\u001b",
  "\u007f\u0085\u009f",
  "\u00a0",
  "\u2028\u2029",
  "\ufeff",
  "\ufffd",
  "<>&'/",
  "#",
  "//",
  "/*",
  "<<EOT",
  "é",
  "e\u0301\u0302",
  "\u0301",
  "ß",
  "日本語",
  "한국",
  "\u1112\u1161\u11ab",
  "क्षि",
  "😀",
  "👩‍👩‍👧",
  "🇩🇪🇫",
  "👍🏽",
  "\u{10ffff}",
  "__proto__",
  "constructor",
];

/** Patterns in the subset that RE2 and JavaScript share. */
export const PATTERNS: readonly string[] = [
  "",
  "a",
  "^$",
  "^[a-z]+$",
  "^[^a-z]*$",
  "^\\p{L}",
  "[\\p{L}\\p{N}_.-]{2,}",
  "^[\\p{Z}\\p{L}]{1,3}$",
  "[$%]\\{",
  "\\$\\{|\\\\",
  '["\\]]',
  "^(?:a|b|\\^)*$",
  "^[^\\^]?[\\]-]*",
  "(1|0)+$",
];

const terraformText: fc.Arbitrary<string> = fc
  .oneof(
    fc.constantFrom(...HOSTILE_TEXTS),
    fc.array(fc.constantFrom(...HOSTILE_TEXTS), { minLength: 2, maxLength: 4 }).map((parts) => parts.join("")),
    fc.string({ maxLength: 5 }),
    fc.string({ unit: "grapheme", maxLength: 3 }),
  )
  .map((value) => value.normalize("NFC"));

const wholeNumber: fc.Arbitrary<number> = fc.oneof(
  fc.integer({ min: -3, max: 12 }),
  fc.integer(),
  fc.constantFrom(Number.MAX_SAFE_INTEGER, Number.MIN_SAFE_INTEGER, 1e21, -1e25),
);

const decimal: fc.Arbitrary<number> = fc.oneof(
  fc.integer({ min: -5000, max: 5000 }).map((thousands) => thousands / 1000),
  fc.constantFrom(0.1, -0.5, 1.5, 1e-7, -2.5e-9, 123456.789),
);

/** What may be replaced: not what Terraform takes for a pattern, nor for everywhere. */
const replacedPart: fc.Arbitrary<string> = fc
  .constantFrom(...HOSTILE_TEXTS)
  .filter((part) => part !== "" && !/^\/.*\/$/s.test(part));

/** Of other texts Terraform counts characters as a person does. */
const asciiLetters: fc.Arbitrary<string> = fc.string({ unit: fc.constantFrom(..."abc-0."), maxLength: 5 });

/**
 * JSON that Terraform and JavaScript read alike. A letter of an escape that composes with what follows it, as in
 * `"\\r\u0301"`, is an escape no more.
 */
const document: fc.Arbitrary<string> = fc
  .letrec((tie) => ({
    json: fc.oneof(
      { depthSize: "small", withCrossShrink: true },
      fc.oneof(terraformText, fc.integer({ min: -5, max: 1000 }), fc.boolean(), fc.constant(null)),
      fc.array(tie("json"), { maxLength: 2 }),
      fc.dictionary(fc.oneof(terraformText, fc.constant("name")), tie("json"), { maxKeys: 2 }),
    ),
  }))
  .json.map((value) => JSON.stringify(value))
  .filter((source) => source === source.normalize("NFC"));

const texts: fc.Arbitrary<readonly string[]> = fc.array(terraformText, { maxLength: 3 });
const dictionary: fc.Arbitrary<Readonly<Record<string, string>>> = fc
  .array(fc.tuple(terraformText, terraformText), { maxLength: 3 })
  .map((entries) => Object.fromEntries(entries));
const personOf = (name: fc.Arbitrary<string | null>): fc.Arbitrary<Person> =>
  fc.record({ name, count: wholeNumber, enabled: fc.boolean(), tags: texts });
const person = personOf(fc.option(terraformText));

/** A literal as an input, or written into the recipe. */
function leaf<T>(type: string, literals: fc.Arbitrary<T>): fc.Arbitrary<Recipe<T>> {
  return fc.oneof(
    {
      weight: 4,
      arbitrary: literals.map(
        (value): Recipe<T> =>
          (given) =>
            given.input(type, value),
      ),
    },
    {
      weight: 1,
      arbitrary: literals.map(
        (value): Recipe<T> =>
          () =>
            value as Value<T>,
      ),
    },
  );
}

function map2<A, B, R>(
  first: fc.Arbitrary<Recipe<A>>,
  second: fc.Arbitrary<Recipe<B>>,
  make: (first: Value<A>, second: Value<B>) => Value<R>,
): fc.Arbitrary<Recipe<R>> {
  return fc.tuple(first, second).map(
    ([a, b]): Recipe<R> =>
      (given) =>
        make(a(given), b(given)),
  );
}

function map1<A, R>(of: fc.Arbitrary<Recipe<A>>, make: (value: Value<A>) => Value<R>): fc.Arbitrary<Recipe<R>> {
  return of.map(
    (recipe): Recipe<R> =>
      (given) =>
        make(recipe(given)),
  );
}

function chosen<T>(depth: number, results: fc.Arbitrary<Recipe<T>>): fc.Arbitrary<Recipe<T>> {
  return fc.tuple(recipes(depth).boolean, results, results).map(
    ([condition, whenTrue, whenFalse]): Recipe<T> =>
      (given) =>
        choose<T>(condition(given), whenTrue(given), whenFalse(given)),
  );
}

/** Recipes of each type whose operators are nested at most so deep. */
export interface Recipes {
  readonly text: fc.Arbitrary<Recipe<string>>;
  readonly textOrNull: fc.Arbitrary<Recipe<string | null>>;
  readonly number: fc.Arbitrary<Recipe<number>>;
  readonly boolean: fc.Arbitrary<Recipe<boolean>>;
  readonly texts: fc.Arbitrary<Recipe<readonly string[]>>;
  readonly atMostOneText: fc.Arbitrary<Recipe<readonly string[]>>;
  readonly numbers: fc.Arbitrary<Recipe<readonly number[]>>;
  readonly booleans: fc.Arbitrary<Recipe<readonly boolean[]>>;
  readonly listsOfTexts: fc.Arbitrary<Recipe<readonly (readonly string[])[]>>;
  readonly map: fc.Arbitrary<Recipe<Readonly<Record<string, string>>>>;
  readonly mapOfNumbers: fc.Arbitrary<Recipe<Readonly<Record<string, number>>>>;
  readonly person: fc.Arbitrary<Recipe<Person>>;
  readonly personOrNull: fc.Arbitrary<Recipe<Person | null>>;
  /** All with a name: Terraform makes no list of a null and a text that are both written out. */
  readonly persons: fc.Arbitrary<Recipe<readonly Person[]>>;
  /** One of all these types. */
  readonly any: fc.Arbitrary<Recipe<unknown>>;
}

const byDepth = new Map<number, Recipes>();

/** Recipes of each type. */
export function recipes(depth: number): Recipes {
  const known = byDepth.get(depth);
  if (known !== undefined) {
    return known;
  }
  const made = withAny(depth === 0 ? leaves() : operators(recipes(depth - 1), depth - 1));
  byDepth.set(depth, made);
  return made;
}

function withAny(made: Omit<Recipes, "any">): Recipes {
  return { ...made, any: fc.oneof(...(Object.values(made) as fc.Arbitrary<Recipe<unknown>>[])) };
}

function leaves(): Omit<Recipes, "any"> {
  const inputText = leaf("string", terraformText);
  const inputNumber = leaf("number", wholeNumber);
  return {
    text: fc.oneof(
      inputText,
      fc.tuple(fc.nat({ max: 2 }), inputText).map(
        ([index, otherwise]): Recipe<string> =>
          (given) =>
            given.bound.texts[index] ?? otherwise(given),
      ),
    ),
    number: fc.oneof(
      inputNumber,
      fc.tuple(fc.nat({ max: 1 }), inputNumber).map(
        ([index, otherwise]): Recipe<number> =>
          (given) =>
            given.bound.numbers[index] ?? otherwise(given),
      ),
    ),
    textOrNull: leaf("string", fc.option(terraformText)),
    boolean: leaf("bool", fc.boolean()),
    texts: leaf("list(string)", texts),
    atMostOneText: leaf("list(string)", fc.array(terraformText, { maxLength: 1 })),
    numbers: leaf("list(number)", fc.array(wholeNumber, { maxLength: 3 })),
    booleans: leaf("list(bool)", fc.array(fc.boolean(), { maxLength: 3 })),
    listsOfTexts: leaf("list(list(string))", fc.array(texts, { maxLength: 3 })),
    map: leaf("map(string)", dictionary),
    mapOfNumbers: leaf("map(number)", fc.dictionary(fc.constantFrom("a", "b", "é", "😀", "\uffee"), wholeNumber)),
    person: leaf(PERSON, person),
    personOrNull: leaf(PERSON, fc.option(person)),
    persons: leaf(`list(${PERSON})`, fc.array(personOf(terraformText), { maxLength: 2 })),
  };
}

function operators(of: Recipes, depth: number): Omit<Recipes, "any"> {
  return {
    text: textOperators(of, depth),
    textOrNull: fc.oneof(
      of.textOrNull,
      map1(of.person, (value) => get(value, "name")),
      map2(of.boolean, of.text, (condition, value) => choose<string | null>(condition, value, null)),
      chosen(depth, of.textOrNull),
    ),
    number: fc.oneof(
      of.number,
      map1(of.text, length),
      map1(of.texts, length),
      map1(of.map, length),
      map1(leaf("number", decimal), floor),
      map1(of.person, (value) => get(value, "count")),
      map2(of.number, of.number, (value, otherwise) => attempt(value, otherwise)),
      // Known now, what is not there is at -1; Terraform fails.
      map2(of.texts, of.text, (list, item) => attempt(position(list, item), -1)),
      chosen(depth, of.number),
    ),
    boolean: booleanOperators(of, depth),
    texts: textsOperators(of, depth),
    atMostOneText: fc.oneof(
      of.atMostOneText,
      of.text.map((item) => known([item])),
      map2(of.boolean, of.text, (condition, item) => listOf<string>(onlyIf(condition, item))),
      map1(of.textOrNull, (value) =>
        listOf<string>(onlyIfSet<Value<string | null>, string>(value, (item) => text`${item}`)),
      ),
      chosen(depth, of.atMostOneText),
    ),
    numbers: fc.oneof(
      of.numbers,
      loop(of.texts, of.number, of.boolean, "texts"),
      fc.array(of.number, { maxLength: 3 }).map(known),
      map1(of.numbers, (list) => distinct<number>(list)),
      fc.tuple(of.mapOfNumbers, of.number).map(
        ([map, body]): Recipe<readonly number[]> =>
          (given) =>
            forEachEntry<number, number>(map(given), variables(given), (key, value) =>
              body(given.within({ texts: [key], numbers: [value] })),
            ),
      ),
      chosen(depth, of.numbers),
    ),
    booleans: fc.oneof(
      of.booleans,
      loop(of.texts, of.boolean, of.boolean, "texts"),
      loop(of.numbers, of.boolean, of.boolean, "numbers"),
      fc.array(of.boolean, { maxLength: 3 }).map(known),
    ),
    listsOfTexts: fc.oneof(
      of.listsOfTexts,
      loop(of.texts, of.texts, of.boolean, "texts"),
      loop(of.numbers, of.texts, of.boolean, "numbers"),
      fc.array(of.texts, { maxLength: 3 }).map(known),
    ),
    map: fc.oneof(
      of.map,
      fc.array(fc.tuple(terraformText, of.text), { maxLength: 3 }).map(
        (entries): Recipe<Readonly<Record<string, string>>> =>
          (given) =>
            Object.fromEntries(entries.map(([key, value]) => [key, value(given)])),
      ),
      fc.array(of.map, { maxLength: 3 }).map(
        (maps): Recipe<Readonly<Record<string, string>>> =>
          (given) =>
            merge<string>(...maps.map((map) => map(given))),
      ),
      fc.tuple(of.map, of.text, fc.option(of.boolean)).map(
        ([map, body, where]): Recipe<Readonly<Record<string, string>>> =>
          (given) => {
            const inside =
              <R>(recipe: Recipe<R>) =>
              (value: Value<string>, key: Value<string>): Value<R> =>
                recipe(given.within({ texts: [value, key] }));
            return mapValues<string, string>(
              map(given),
              variables(given),
              inside(body),
              where === null ? undefined : inside(where),
            );
          },
      ),
      chosen(depth, of.map),
    ),
    mapOfNumbers: fc.oneof(
      of.mapOfNumbers,
      fc.tuple(of.mapOfNumbers, of.number).map(
        ([map, body]): Recipe<Readonly<Record<string, number>>> =>
          (given) =>
            mapValues<number, number>(map(given), variables(given), (value, key) =>
              body(given.within({ texts: [key], numbers: [value] })),
            ),
      ),
    ),
    person: fc.oneof(of.person, knownPerson(of, of.textOrNull), chosen(depth, of.person)),
    personOrNull: fc.oneof(
      of.personOrNull,
      map2(of.boolean, of.person, (condition, value) => choose<Person | null>(condition, null, value)),
    ),
    persons: fc.oneof(
      of.persons,
      fc.array(knownPerson(of, of.text), { maxLength: 3 }).map(known),
      chosen(depth, of.persons),
    ),
  };
}

function variables(given: Given): readonly [string, string] {
  return [given.loopVariable("key"), given.loopVariable("value")];
}

function known<T>(items: readonly Recipe<T>[]): Recipe<readonly T[]> {
  return (given) => items.map((item) => item(given)) as Value<readonly T[]>;
}

function knownPerson(of: Recipes, name: fc.Arbitrary<Recipe<string | null>>): fc.Arbitrary<Recipe<Person>> {
  return fc.record({ name, count: of.number, enabled: of.boolean, tags: of.texts }).map(
    (parts): Recipe<Person> =>
      (given) => ({
        name: parts.name(given),
        count: parts.count(given),
        enabled: parts.enabled(given),
        tags: parts.tags(given),
      }),
  );
}

/** A loop over a list of texts or numbers, with or without a condition. */
function loop<T, U>(
  lists: fc.Arbitrary<Recipe<readonly T[]>>,
  bodies: fc.Arbitrary<Recipe<U>>,
  conditions: fc.Arbitrary<Recipe<boolean>>,
  items: "texts" | "numbers",
): fc.Arbitrary<Recipe<readonly U[]>> {
  return fc.tuple(lists, bodies, fc.option(conditions)).map(
    ([list, body, where]): Recipe<readonly U[]> =>
      (given) => {
        const inside =
          <R>(recipe: Recipe<R>) =>
          (item: Value<T>): Value<R> =>
            recipe(given.within({ [items]: [item] }));
        return forEach<T, U>(
          list(given),
          given.loopVariable("item"),
          inside(body),
          where === null ? undefined : inside(where),
        );
      },
  );
}

/** A text of several words, long enough to be broken between them. */
function sentence(of: Recipes): fc.Arbitrary<Recipe<string>> {
  const word = fc.oneof(
    fc.constantFrom("one", "longer_words", "${", '"quoted"', "").map(
      (value): Recipe<unknown> =>
        () =>
          value,
    ),
    of.text as fc.Arbitrary<Recipe<unknown>>,
    of.number as fc.Arbitrary<Recipe<unknown>>,
  );
  return fc.array(word, { minLength: 5, maxLength: 12 }).map(
    (words): Recipe<string> =>
      (given) =>
        joinText(words.flatMap((each) => [each(given), " "])),
  );
}

function textOperators(of: Recipes, depth: number): fc.Arbitrary<Recipe<string>> {
  const part = fc.oneof(
    of.text as fc.Arbitrary<Recipe<unknown>>,
    of.number as fc.Arbitrary<Recipe<unknown>>,
    of.boolean as fc.Arbitrary<Recipe<unknown>>,
    terraformText.map((value) => () => value),
  );
  return fc.oneof(
    of.text,
    fc.array(part, { maxLength: 4 }).map(
      (parts): Recipe<string> =>
        (given) =>
          joinText(parts.map((each) => each(given))),
    ),
    map2(of.text, of.number, (name, count) => text`${name}: ${count}$`),
    map1(of.boolean, (value) => text`${value}`),
    map2(of.textOrNull, of.text, (value, fallback) => withDefault(value, fallback) as Value<string>),
    map2(of.textOrNull, of.text, (value, otherwise) =>
      ifSet<Value<string | null>, string>(value, (set) => text`<${set}>`, otherwise),
    ),
    map2(of.text, of.text, (value, otherwise) => attempt(value, otherwise)),
    map1(of.any, (value) => jsonencode(value)),
    fc.tuple(of.text, replacedPart, terraformText).map(
      ([value, part, by]): Recipe<string> =>
        (given) =>
          replaced(value(given), part, by),
    ),
    fc.tuple(of.text, fc.constantFrom(...HOSTILE_TEXTS)).map(
      ([value, end]): Recipe<string> =>
        (given) =>
          withoutSuffix(value(given), end),
    ),
    fc.tuple(leaf("string", asciiLetters), fc.nat({ max: 4 })).map(
      ([value, most]): Recipe<string> =>
        (given) =>
          beginningOf(value(given), most),
    ),
    fc.tuple(leaf("string", asciiLetters), fc.integer({ min: 9, max: 12 })).map(
      ([value, most]): Recipe<string> =>
        (given) =>
          shortened(value(given), most),
    ),
    map1(of.text, sha256),
    map1(leaf("string", document), (value) => jsonencode(jsondecode(value))),
    sentence(of),
    chosen(depth, of.text),
  );
}

function booleanOperators(of: Recipes, depth: number): fc.Arbitrary<Recipe<boolean>> {
  const several = fc.array(of.boolean, { maxLength: 3 });
  return fc.oneof(
    of.boolean,
    map2(of.text, of.text, equals),
    map1(of.text, (value) => equals(value, value)),
    map2(of.number, of.number, equals),
    map2(of.boolean, of.boolean, equals),
    map2(of.textOrNull, of.textOrNull, equals),
    map1(of.textOrNull, isNull),
    map1(of.personOrNull, isNull),
    map1(of.boolean, not),
    several.map(
      (operands): Recipe<boolean> =>
        (given) =>
          and(...operands.map((operand) => operand(given))),
    ),
    several.map(
      (operands): Recipe<boolean> =>
        (given) =>
          or(...operands.map((operand) => operand(given))),
    ),
    map2(of.number, of.number, atMost),
    map2(of.number, of.number, atLeast),
    map2(of.number, of.number, lessThan),
    map2(of.number, of.number, (left, right) => atLeast(plus(left, right), 1)),
    map1(leaf("string", document), (value) => isJsonWith(value, "name")),
    map1(of.text, (value) => isJsonWith(value, "name")),
    map1(of.person, (value) => isJsonWith(jsonencode(value), "name")),
    fc.tuple(of.text, fc.constantFrom(...PATTERNS)).map(
      ([value, pattern]): Recipe<boolean> =>
        (given) =>
          matches(value(given), pattern),
    ),
    fc.tuple(of.text, fc.constantFrom(...HOSTILE_TEXTS)).map(
      ([value, beginning]): Recipe<boolean> =>
        (given) =>
          startsWith(value(given), beginning),
    ),
    map2(of.texts, of.text, (list, item) => contains<string>(list, item)),
    map1(of.booleans, every),
    map1(of.booleans, some),
    map1(of.person, (value) => get(value, "enabled")),
    map2(of.personOrNull, of.number, (value, count) =>
      ifSet<Value<Person | null>, boolean>(value, (set) => atLeast(get(set, "count"), count), false),
    ),
    chosen(depth, of.boolean),
  );
}

function textsOperators(of: Recipes, depth: number): fc.Arbitrary<Recipe<readonly string[]>> {
  return fc.oneof(
    of.texts,
    fc.array(of.text, { maxLength: 3 }).map(known),
    fc.array(of.texts, { maxLength: 3 }).map(
      (lists): Recipe<readonly string[]> =>
        (given) =>
          concat<string>(...lists.map((list) => list(given))),
    ),
    fc.tuple(of.text, of.boolean, of.text, of.textOrNull).map(
      ([item, condition, optional, set]): Recipe<readonly string[]> =>
        (given) =>
          listOf<string>(
            item(given),
            onlyIf(condition(given), optional(given)),
            onlyIfSet<Value<string | null>, string>(set(given), (value) => text`${value}?`),
          ),
    ),
    map1(of.listsOfTexts, (lists) => flatten<string>(lists)),
    map2(of.text, of.texts, (item, list) => flatten<string>([item, list])),
    map1(of.texts, (list) => distinct<string>(list)),
    map1(of.map, (map) => keys(map)),
    loop(of.texts, of.text, of.boolean, "texts"),
    loop(of.numbers, of.text, of.boolean, "numbers"),
    fc.tuple(of.map, of.text).map(
      ([map, body]): Recipe<readonly string[]> =>
        (given) =>
          forEachEntry<string, string>(map(given), variables(given), (key, value) =>
            body(given.within({ texts: [key, value] })),
          ),
    ),
    fc.tuple(of.persons, of.boolean, of.text).map(
      ([list, where, otherwise]): Recipe<readonly string[]> =>
        (given) =>
          forEach<Person, string>(
            list(given),
            given.loopVariable("person"),
            (each) => withDefault(get(each, "name"), otherwise(given)) as Value<string>,
            (each) => or(get(each, "enabled"), where(given)),
          ),
    ),
    map1(of.person, (value) => get(value, "tags")),
    chosen(depth, of.texts),
  );
}
