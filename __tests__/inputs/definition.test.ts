import {
  boolean,
  defaulting,
  define,
  inputsByName,
  listOf,
  object,
  objectOfOptions,
  optional,
  problemText,
  required,
  text,
  textLike,
  textOutput,
  textsOutput,
  validationMessage,
  validations,
} from "../../src/inputs";
import { hcl, isNull, not, or, reference } from "../../src/values";
import { problemsOf } from "./support/checking";

const lower = textLike("^[a-z]*$", "must be lower-case letters");

const definition = define({
  name: "log-bucket",
  title: "Log bucket",
  description: "A bucket.",
  fields: {
    bucket_name: required(lower, "A name."),
    other: optional(object({ names: defaulting(listOf(lower), [], "Names.") }), "More."),
    on: defaulting(boolean(), true, "Whether."),
  },
  rules: [
    { at: "on", requirement: "must be on", holds: ({ on }) => on },
    {
      at: "bucket_name",
      requirement: "must be short, or other given",
      holds: ({ bucketName, other }) => or(bucketName === "short", not(isNull(other))),
    },
    { at: "on", requirement: "must stay on", holds: ({ on }) => on },
  ],
  outputs: { arn: textOutput("The ARN.") },
});

const variables = {
  bucketName: reference<string>("var.bucket_name"),
  other: reference<{ readonly names: readonly string[] } | null>("var.other"),
  on: reference<boolean>("var.on"),
};

function line(value: unknown): string {
  return hcl(value, { width: Number.POSITIVE_INFINITY });
}

test("a definition keeps what it is given, and has no rules where none are given", () => {
  expect(definition.rules.map(({ at }) => at)).toEqual(["on", "bucket_name", "on"]);
  expect(definition.outputs.arn).toEqual({ description: "The ARN." });
  const plain = define({
    name: "a",
    title: "A",
    description: "An a.",
    fields: { x: required(text(), "X.") },
    outputs: {},
  });
  expect(plain).toMatchObject({ name: "a", title: "A", description: "An a.", rules: [], outputs: {} });
});

test("a rule can be only at an input that there is", () => {
  const fields = { x: optional(text(), "X.") };
  define({
    name: "a",
    title: "A",
    description: "An a.",
    fields,
    // @ts-expect-error: there is no input y
    rules: [{ at: "y", requirement: "must be", holds: () => true }],
    outputs: {},
  });
  define({
    name: "a",
    title: "A",
    description: "An a.",
    fields,
    // @ts-expect-error: there is no input y
    rules: [{ at: "x", requirement: "must be", holds: ({ y }) => y }],
    outputs: {},
  });
});

test("inputs by Terraform's names are in the order of the fields", () => {
  const byName = inputsByName(definition.fields, variables);
  expect(Object.entries(byName)).toEqual([
    ["bucket_name", variables.bucketName],
    ["other", variables.other],
    ["on", variables.on],
  ]);
});

describe("an object of options", () => {
  const options = { bucket_name: optional(lower, "A name."), is_new: defaulting(boolean(), true, "Whether.") };
  const kind = objectOfOptions(options, [
    {
      at: "bucket_name",
      requirement: "must be null for what is not new",
      holds: ({ bucketName, isNew }) => or(isNew, isNull(bucketName)),
    },
  ]);

  test("has the rules between the options, which are told at one of them", () => {
    const problemsWith = (value: object) =>
      problemsOf({ value: optional(kind, "Options.") }, { value }).map(problemText);
    expect(problemsWith({})).toEqual([]);
    expect(problemsWith({ bucket_name: "a" })).toEqual([]);
    expect(problemsWith({ is_new: false })).toEqual([]);
    expect(problemsWith({ bucket_name: "a", is_new: false })).toEqual([
      'value.bucket_name: must be null for what is not new; got "a"',
    ]);
  });

  test("asks of the attributes of a variable by Terraform's names", () => {
    const [rule] = kind.placedRules();
    expect(line(rule?.holds(reference("var.value")))).toBe("var.value.is_new || var.value.bucket_name == null");
    expect(line(rule?.got(reference("var.value")))).toBe("var.value.bucket_name");
  });

  test("without rules is the object of its options", () => {
    expect(objectOfOptions(options, []).rules).toEqual([]);
    expect(objectOfOptions(options, []).terraformType()).toBe(object(options).terraformType());
  });
});

describe("the validations", () => {
  test("of variables are those of each input, then those between inputs that are told at it", () => {
    expect(
      validations(definition, variables).map(({ condition, got, ...rule }) => ({
        ...rule,
        condition: line(condition),
        got: line(got()),
      })),
    ).toEqual([
      {
        name: "bucket_name",
        part: "",
        requirement: "must be lower-case letters",
        condition: 'can(regex("^[a-z]*$", var.bucket_name))',
        got: "jsonencode(var.bucket_name)",
      },
      {
        name: "bucket_name",
        part: "",
        requirement: "must be short, or other given",
        condition: "var.other != null",
        got: "jsonencode(var.bucket_name)",
      },
      {
        name: "other",
        part: ".names[*]",
        requirement: "must be lower-case letters",
        condition: 'var.other == null ? true : alltrue([for item in var.other.names : can(regex("^[a-z]*$", item))])',
        got: 'jsonencode(try([for item in var.other.names : item if !can(regex("^[a-z]*$", item))], null))',
      },
      { name: "on", part: "", requirement: "must be on", condition: "var.on", got: "jsonencode(var.on)" },
      { name: "on", part: "", requirement: "must stay on", condition: "var.on", got: "jsonencode(var.on)" },
    ]);
  });

  test("of literals are decided", () => {
    const literals = { bucketName: "LONG", other: { names: ["a", "B"] }, on: false };
    expect(validations(definition, literals).map(({ condition, got }) => [condition, got()])).toEqual([
      [false, '"LONG"'],
      [true, '"LONG"'],
      [false, '["B"]'],
      [false, "false"],
      [false, "false"],
    ]);
    expect(
      validations(definition, { bucketName: "short", other: null, on: true }).map(({ condition, got }) => [
        condition,
        got(),
      ]),
    ).toEqual([
      [true, '"short"'],
      [true, '"short"'],
      [true, "null"],
      [true, "true"],
      [true, "true"],
    ]);
  });
});

describe("the message", () => {
  test("of a variable is a template that shows what breaks the rule", () => {
    const [first, , third] = validations(definition, variables).map((rule) => line(validationMessage(rule)));
    expect(first).toBe('"bucket_name: must be lower-case letters; got ${jsonencode(var.bucket_name)}"');
    expect(third).toBe(
      '"other.names[*]: must be lower-case letters; got ' +
        '${jsonencode(try([for item in var.other.names : item if !can(regex("^[a-z]*$", item))], null))}"',
    );
  });

  test("of a literal is a text", () => {
    const [first, , third] = validations(definition, { bucketName: "A", other: { names: ["B"] }, on: true });
    expect(first && validationMessage(first)).toBe('bucket_name: must be lower-case letters; got "A"');
    expect(third && validationMessage(third)).toBe('other.names[*]: must be lower-case letters; got ["B"]');
  });
});

describe("what is said to break a rule", () => {
  const broken = lower.brokenBy("A").suchAs("a");
  const options = objectOfOptions({ name: optional(broken, "A name."), on: defaulting(boolean(), true, "Whether.") }, [
    {
      at: "name",
      requirement: "must be given where it is on",
      brokenBy: { on: true },
      holds: ({ name, on }) => or(not(on), not(isNull(name))),
    },
    { at: "on", requirement: "must be true or false", holds: () => true },
  ]);
  const examples = define({
    name: "a",
    title: "A",
    description: "An a.",
    fields: { name: required(broken, "A name."), more: optional(options, "More.") },
    rules: [
      {
        at: "name",
        requirement: "must be short",
        brokenBy: { name: "long" },
        holds: ({ name }) => not(name === "long"),
      },
      { at: "name", requirement: "must be there", holds: () => true },
    ],
    outputs: {},
  });

  test("stands with each rule that says it: as the input, or as all inputs for a rule between them", () => {
    const found = validations(examples, { name: reference<string>("var.name"), more: null });
    expect(found.map(({ name, part, requirement, brokenBy }) => [`${name}${part}`, requirement, brokenBy])).toEqual([
      ["name", "must be lower-case letters", { name: "A" }],
      ["name", "must be short", { name: "long" }],
      ["name", "must be there", undefined],
      ["more.name", "must be given where it is on", { more: { on: true } }],
      ["more.on", "must be true or false", undefined],
      ["more.name", "must be lower-case letters", { more: { name: "A" } }],
    ]);
    expect(found[2]).not.toHaveProperty("brokenBy");
    expect(found[4]).not.toHaveProperty("brokenBy");
  });
});

test("outputs are described, texts and maps of them alike", () => {
  expect(textOutput("One.")).toEqual({ description: "One." });
  expect(textsOutput("Some.")).toEqual({ description: "Some." });
});

test("a component with wrong moved addresses is refused, each told", () => {
  const moved = [
    { from: "nonsense", to: "aws_x.y" },
    { from: "aws_x.y", to: "more nonsense" },
  ];
  const build = () => define({ name: "a", title: "An a", description: "A.", fields: {}, outputs: {}, moved });
  expect(build).toThrow(/^An a has wrong moved addresses:\n {2}- .*nonsense.*\n {2}- .*more nonsense/);
  expect(define({ name: "a", title: "A", description: "A.", fields: {}, outputs: {} }).moved).toEqual([]);
});
