import {
  boolean,
  defaulting,
  type Kind,
  listOf,
  mapOf,
  object,
  oneOf,
  optional,
  problemText,
  required,
  text,
  textLike,
  wholeNumber,
} from "../../src/inputs";
import { gotWhereSet, heldWhereSet, numberOf } from "../../src/inputs/kind";
import { atLeast, equals, get, hcl, not, reference, type Value } from "../../src/values";
import { brokenRequirements, eachAlone, problemsOf, saidToBreak } from "./support/checking";

const lower = textLike("^[a-z]*$", "must be lower-case letters");

/** A value as HCL in one line. */
function line(value: unknown): string {
  return hcl(value, { width: Number.POSITIVE_INFINITY });
}

/** The rules of a kind, rendered for a variable. */
function rendered(kind: Kind<never> | Kind<unknown>) {
  return (kind as Kind<unknown>).placedRules().map((rule) => ({
    suffix: rule.suffix,
    requirement: rule.requirement,
    holds: line(rule.holds(reference("var.x"))),
    got: line(rule.got(reference("var.x"))),
  }));
}

/** What the first rule of a kind says of a literal. */
function decided(kind: Kind<never> | Kind<unknown>, value: unknown) {
  const [rule] = (kind as Kind<unknown>).placedRules();
  return { holds: rule?.holds(value as Value<unknown>), got: rule?.got(value as Value<unknown>) };
}

describe("a text", () => {
  test("has no rules of its own", () => {
    expect(text().shape).toEqual({ form: "text" });
    expect(text().rules).toEqual([]);
    expect(rendered(text())).toEqual([]);
  });

  test("of a pattern matches it anywhere unless the pattern is anchored", () => {
    const holding = textLike("[0-9]", "must hold a digit");
    expect(brokenRequirements(holding, "a1b")).toEqual([]);
    expect(brokenRequirements(holding, "ab")).toEqual(["must hold a digit"]);
    expect(rendered(holding)).toEqual([
      { suffix: "", requirement: "must hold a digit", holds: 'can(regex("[0-9]", var.x))', got: "var.x" },
    ]);
    expect(holding.rules[0]?.jsonSchema).toEqual({ pattern: "[0-9]" });
  });

  test("of a few is one of them", () => {
    const choice = oneOf("a", 'b"');
    expect(brokenRequirements(choice, "a")).toEqual([]);
    expect(brokenRequirements(choice, 'b"')).toEqual([]);
    expect(brokenRequirements(choice, "A")).toEqual(['must be one of "a", "b\\""']);
    expect(rendered(choice)).toEqual([
      {
        suffix: "",
        requirement: 'must be one of "a", "b\\""',
        holds: 'contains(["a", "b\\""], var.x)',
        got: "var.x",
      },
    ]);
    expect(choice.rules[0]?.jsonSchema).toEqual({ enum: ["a", 'b"'] });
  });

  test("of one is that one", () => {
    expect(brokenRequirements(oneOf("only"), "other")).toEqual(['must be "only"']);
  });
});

describe("a whole number", () => {
  const days = wholeNumber(2, 5, "days");

  test.each([2, 3, 5])("in the range is taken: %d", (value) => {
    expect(brokenRequirements(days, value)).toEqual([]);
  });

  test.each([1, 6, 0, -3, 2.5, 4.999])("out of the range or with a fraction is refused: %d", (value) => {
    expect(brokenRequirements(days, value)).toEqual(["must be a whole number of days from 2 to 5"]);
  });

  test("has its rule in Terraform and for editors", () => {
    expect(rendered(days)).toEqual([
      {
        suffix: "",
        requirement: "must be a whole number of days from 2 to 5",
        holds: "var.x >= 2 && var.x <= 5 && floor(var.x) == var.x",
        got: "var.x",
      },
    ]);
    expect(days.rules[0]?.jsonSchema).toEqual({ type: "integer", minimum: 2, maximum: 5 });
  });
});

describe("a kind with one more rule", () => {
  test("has the old ones first, and leaves the old kind as it was", () => {
    const one = lower.where("must not be x", (value) => not(equals(value, "x")));
    const two = one.where("must not be y", (value) => not(equals(value, "y")), { not: { const: "y" } });
    expect(one.rules.map(({ requirement }) => requirement)).toEqual(["must be lower-case letters", "must not be x"]);
    expect(two.rules.map(({ requirement }) => requirement)).toEqual([
      "must be lower-case letters",
      "must not be x",
      "must not be y",
    ]);
    expect(one.rules[1]).not.toHaveProperty("jsonSchema");
    expect(two.rules[2]?.jsonSchema).toEqual({ not: { const: "y" } });
    expect(two.shape).toBe(lower.shape);
    expect(lower.rules).toHaveLength(1);
  });

  test("reports all that do not hold", () => {
    const both = lower
      .where("must not be A", (value) => not(equals(value, "A")))
      .where("must not be b", (value) => not(equals(value, "b")));
    expect(brokenRequirements(both, "A")).toEqual(["must be lower-case letters", "must not be A"]);
    expect(brokenRequirements(both, "b")).toEqual(["must not be b"]);
  });
});

describe("a rule between the attributes of an object", () => {
  const range = object({
    from: required(wholeNumber(0, 9, "days"), "The first."),
    to: required(wholeNumber(0, 9, "days"), "The last."),
  }).whereAttribute("to", "must not be before from", (value) => atLeast(get(value, "to"), get(value, "from")));

  test("is told at one of them, with what that is", () => {
    expect(problemsOf({ value: required(range, "A range.") }, { value: { from: 2, to: 2 } })).toEqual([]);
    expect(problemsOf({ value: required(range, "A range.") }, { value: { from: 2, to: 1 } }).map(problemText)).toEqual([
      "value.to: must not be before from; got 1",
    ]);
  });

  test("stands before the rules of the attributes", () => {
    expect(range.placedRules().map(({ suffix, requirement }) => [suffix, requirement])).toEqual([
      [".to", "must not be before from"],
      [".from", "must be a whole number of days from 0 to 9"],
      [".to", "must be a whole number of days from 0 to 9"],
    ]);
  });

  test("of objects in a list tells the attribute of each that breaks it", () => {
    const given = {
      value: [
        { from: 2, to: 1 },
        { from: 1, to: 1 },
        { from: 9, to: 0 },
      ],
    };
    expect(problemsOf({ value: required(listOf(range), "Ranges.") }, given).map(problemText)).toEqual([
      "value[0].to: must not be before from; got 1",
      "value[2].to: must not be before from; got 0",
    ]);
  });
});

describe("the type in Terraform", () => {
  test.each<[string, Kind<never> | Kind<unknown>]>([
    ["string", text()],
    ["string", oneOf("a", "b")],
    ["bool", boolean()],
    ["number", wholeNumber(1, 2, "days")],
    ["list(string)", listOf(text())],
    ["list(list(number))", listOf(listOf(wholeNumber(1, 2, "days")))],
    ["map(string)", mapOf(text(), text())],
    ["map(list(bool))", mapOf(text(), listOf(boolean()))],
  ])("is %s", (type, kind) => {
    expect((kind as Kind<unknown>).terraformType()).toBe(type);
  });

  test("of an object has a line for each attribute, with its default", () => {
    const kind = object({
      id: required(text(), "An id."),
      longer_name: optional(text(), "A name."),
      on: defaulting(boolean(), true, "Whether."),
      names: defaulting(listOf(text()), ["a"], "Names."),
      inner: required(object({ a: optional(text(), "A.") }), "More."),
      other: defaulting(object({ b: optional(text(), "B.") }), {}, "More."),
    });
    const lines = [
      "object({",
      "  id          = string",
      "  longer_name = optional(string)",
      "  on          = optional(bool, true)",
      '  names       = optional(list(string), ["a"])',
      "  inner = object({",
      "    a = optional(string)",
      "  })",
      "  other = optional(object({",
      "    b = optional(string)",
      "  }), {})",
      "})",
    ];
    expect(kind.terraformType()).toBe(lines.join("\n"));
    expect(listOf(kind).terraformType(4)).toBe(`list(${lines.join("\n    ")})`);
    expect(mapOf(text(), kind).terraformType(2)).toBe(`map(${lines.join("\n  ")})`);
  });
});

describe("the rules of parts", () => {
  test("of a list hold of every item, and tell the items for which they do not", () => {
    expect(rendered(listOf(lower))).toEqual([
      {
        suffix: "[*]",
        requirement: "must be lower-case letters",
        holds: 'alltrue([for item in var.x : can(regex("^[a-z]*$", item))])',
        got: '[for item in var.x : item if !can(regex("^[a-z]*$", item))]',
      },
    ]);
    expect(decided(listOf(lower), ["a", "B", "c", "D"])).toEqual({ holds: false, got: ["B", "D"] });
    expect(decided(listOf(lower), ["a", "c"])).toEqual({ holds: true, got: [] });
    expect(decided(listOf(lower), [])).toEqual({ holds: true, got: [] });
  });

  test("of a map hold of every key and of every value", () => {
    const digits = textLike("^[0-9]*$", "must be digits");
    expect(rendered(mapOf(lower, digits))).toEqual([
      {
        suffix: " (its keys)",
        requirement: "must be lower-case letters",
        holds: 'alltrue([for key in keys(var.x) : can(regex("^[a-z]*$", key))])',
        got: '[for key in keys(var.x) : key if !can(regex("^[a-z]*$", key))]',
      },
      {
        suffix: "[*]",
        requirement: "must be digits",
        holds: 'alltrue([for key, value in var.x : can(regex("^[0-9]*$", value))])',
        got: "var.x",
      },
    ]);
    const [keys, values] = mapOf(lower, digits).placedRules();
    const map = { a: "1", B: "x" } as Value<unknown>;
    expect([keys?.holds(map), keys?.got(map), values?.holds(map), values?.got(map)]).toEqual([
      false,
      ["B"],
      false,
      { a: "1", B: "x" },
    ]);
    expect(keys?.holds({ a: "x" })).toBe(true);
    expect(values?.holds({ B: "1" })).toBe(true);
  });

  test("of an object hold of its attributes, null where the attribute may be null", () => {
    const kind = object({ given: required(lower, "Given."), maybe: optional(lower, "Maybe.") });
    expect(rendered(kind)).toEqual([
      {
        suffix: ".given",
        requirement: "must be lower-case letters",
        holds: 'can(regex("^[a-z]*$", var.x.given))',
        got: "var.x.given",
      },
      {
        suffix: ".maybe",
        requirement: "must be lower-case letters",
        holds: 'var.x.maybe == null ? true : can(regex("^[a-z]*$", var.x.maybe))',
        got: "var.x.maybe",
      },
    ]);
    expect(decided(kind, { given: "A", maybe: null })).toEqual({ holds: false, got: "A" });
    const [, maybe] = kind.placedRules();
    expect(maybe?.holds({ given: "A", maybe: null })).toBe(true);
    expect(maybe?.holds({ given: "a", maybe: "A" })).toBe(false);
    expect(maybe?.got({ given: "A", maybe: null })).toBeNull();
    expect(maybe?.got({ given: "A", maybe: "B" })).toBe("B");
  });

  test("stand after those of the whole", () => {
    const kind = listOf(lower).where("must not be empty", (list) => not(equals(list as never, "x")));
    expect(kind.placedRules().map(({ suffix }) => suffix)).toEqual(["", "[*]"]);
  });

  test("of loops in loops have variables of their own", () => {
    expect(rendered(listOf(listOf(lower)))).toEqual([
      {
        suffix: "[*][*]",
        requirement: "must be lower-case letters",
        holds: 'alltrue([for item in var.x : alltrue([for item2 in item : can(regex("^[a-z]*$", item2))])])',
        got:
          '[for item in var.x : [for item2 in item : item2 if !can(regex("^[a-z]*$", item2))] ' +
          'if !alltrue([for item2 in item : can(regex("^[a-z]*$", item2))])]',
      },
    ]);
    expect(rendered(mapOf(lower, mapOf(lower, lower))).map(({ suffix, holds }) => [suffix, holds])).toEqual([
      [" (its keys)", 'alltrue([for key in keys(var.x) : can(regex("^[a-z]*$", key))])'],
      [
        "[*] (its keys)",
        'alltrue([for key, value in var.x : alltrue([for key2 in keys(value) : can(regex("^[a-z]*$", key2))])])',
      ],
      [
        "[*][*]",
        'alltrue([for key, value in var.x : alltrue([for key2, value2 in value : can(regex("^[a-z]*$", value2))])])',
      ],
    ]);
    const attribute = object({ names: required(listOf(lower), "Names.") });
    expect(rendered(listOf(attribute))[0]?.holds).toBe(
      'alltrue([for item in var.x : alltrue([for item2 in item.names : can(regex("^[a-z]*$", item2))])])',
    );
    expect(rendered(attribute)[0]?.suffix).toBe(".names[*]");
    expect(rendered(attribute)[0]?.holds).toBe('alltrue([for item in var.x.names : can(regex("^[a-z]*$", item))])');
    const keyed = listOf(mapOf(lower, text()));
    expect(rendered(keyed)[0]).toMatchObject({
      holds: 'alltrue([for item in var.x : alltrue([for key2 in keys(item) : can(regex("^[a-z]*$", key2))])])',
      got:
        '[for item in var.x : [for key2 in keys(item) : key2 if !can(regex("^[a-z]*$", key2))] ' +
        'if !alltrue([for key2 in keys(item) : can(regex("^[a-z]*$", key2))])]',
    });
  });
});

describe("the rule of a field", () => {
  const [rule] = lower.placedRules();
  const [ofItems] = listOf(lower).placedRules();
  const nullable = optional(lower, "Maybe.");
  const never = required(lower, "Given.");

  test("holds of null", () => {
    expect(heldWhereSet(nullable, null, rule as never)).toBe(true);
    expect(heldWhereSet(never, null, rule as never)).toBe(true);
    expect(gotWhereSet(nullable, null, rule as never)).toBeNull();
  });

  test("is decided of a literal", () => {
    expect(heldWhereSet(nullable, "a", rule as never)).toBe(true);
    expect(heldWhereSet(nullable, "A", rule as never)).toBe(false);
    expect(heldWhereSet(never, "A", rule as never)).toBe(false);
    expect(gotWhereSet(nullable, "A", rule as never)).toBe("A");
    expect(gotWhereSet(nullable, ["A", "b"], ofItems as never)).toEqual(["A"]);
  });

  test("asks whether a variable is null only where it may be, as Terraform evaluates both sides of ||", () => {
    expect(line(heldWhereSet(nullable, reference("var.x"), rule as never))).toBe(
      'var.x == null ? true : can(regex("^[a-z]*$", var.x))',
    );
    expect(line(heldWhereSet(never, reference("var.x"), rule as never))).toBe('can(regex("^[a-z]*$", var.x))');
  });

  test("tells of a part of a variable that may be null what Terraform can compute", () => {
    expect(line(gotWhereSet(nullable, reference("var.x"), rule as never))).toBe("var.x");
    expect(line(gotWhereSet(never, reference("var.x"), ofItems as never))).toBe(
      '[for item in var.x : item if !can(regex("^[a-z]*$", item))]',
    );
    expect(line(gotWhereSet(nullable, reference("var.x"), ofItems as never))).toBe(
      'try([for item in var.x : item if !can(regex("^[a-z]*$", item))], null)',
    );
  });
});

describe("examples of a kind", () => {
  const word = lower.suchAs("word").brokenBy("Word");
  const named = object({
    name: required(word, "A name."),
    more: optional(word, "Another."),
    count: defaulting(wholeNumber(1, 3, "things"), 1, "How many."),
  });

  test.each<[string, Kind<unknown>, unknown]>([
    ["a text", text(), "example"],
    ["a boolean", boolean(), true],
    ["a number", wholeNumber(3, 9, "days"), 3],
    ["one of a few numbers", numberOf(5, 2), 5],
    ["one of a few texts", oneOf("b", "a"), "b"],
    ["a list", listOf(word), []],
    ["a map", mapOf(word, text()), {}],
    ["an object", named, { name: "word" }],
    ["a text with an example", word, "word"],
  ])("%s that is right", (_, kind, valid) => {
    expect(kind.valid).toEqual(valid);
    expect(brokenRequirements(kind, valid)).toEqual([]);
  });

  test.each<[string, Kind<unknown>, unknown[]]>([
    ["a number", wholeNumber(3, 9, "days"), [10]],
    ["one of a few numbers", numberOf(5, 2), [6]],
    ["one of a few texts", oneOf("b", "a"), ["another"]],
    ["a list", listOf(word), [["Word"]]],
    ["a map", mapOf(word, word), [{ Word: "word" }, { word: "Word" }]],
    ["an object", named, [{ name: "Word" }, { name: "word", more: "Word" }, { name: "word", count: 4 }]],
    ["a list of lists of objects", listOf(listOf(object({ name: required(word, "A name.") }))), [[[{ name: "Word" }]]]],
  ])("%s that is wrong in one way", (_, kind, broken) => {
    expect(kind.placedRules().map(({ brokenBy }) => brokenBy)).toEqual(broken);
    expect(saidToBreak(kind)).toEqual(eachAlone(kind));
  });

  test("that are wrong are those of the last rule, and of no other", () => {
    const two = lower
      .brokenBy("A")
      .where("must be short", (value) => equals(value, "a"))
      .brokenBy("b");
    expect(two.placedRules().map(({ brokenBy }) => brokenBy)).toEqual(["A", "b"]);
    expect(lower.placedRules()[0]).not.toHaveProperty("brokenBy");
    expect(listOf(lower).placedRules()[0]).not.toHaveProperty("brokenBy");
  });

  test("that are wrong need a rule", () => {
    expect(() => text().brokenBy("a")).toThrow("there is no rule that could be broken");
  });
});

test("a pattern that Terraform would read in another way is refused where it is written", () => {
  expect(() => textLike("^arn:.*$", "must be an ARN")).toThrow("the pattern ^arn:.*$ cannot be used: ");
});
