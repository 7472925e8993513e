import {
  boolean,
  defaulting,
  fieldSchema,
  fieldsSchema,
  Kind,
  listOf,
  mapOf,
  object,
  oneOf,
  optional,
  required,
  switchedOn,
  text,
  textLike,
  trailName,
  wholeNumber,
} from "../../src/inputs";
import { equals } from "../../src/values";

describe("the schema of a field", () => {
  test("has type and description; a default where it need not be given", () => {
    expect(fieldSchema(required(text(), "A name."))).toStrictEqual({ description: "A name.", type: "string" });
    expect(fieldSchema(defaulting(boolean(), false, "Whether."))).toStrictEqual({
      description: "Whether.",
      default: false,
      type: "boolean",
    });
  });

  test("takes null where the field may be null", () => {
    expect(fieldSchema(optional(text(), "A name."))).toStrictEqual({
      description: "A name.",
      default: null,
      anyOf: [{ type: "string" }, { type: "null" }],
    });
    expect(fieldSchema(switchedOn(object({ on: defaulting(boolean(), true, "On.") }), "A part."))).toStrictEqual({
      description: "A part.",
      default: {},
      anyOf: [
        {
          type: "object",
          additionalProperties: false,
          properties: { on: { description: "On.", default: true, type: "boolean" } },
        },
        { type: "null" },
      ],
    });
  });

  test.each([
    ["a pattern", textLike("^a$", "must be a"), { type: "string", pattern: "^a$" }],
    ["choices", oneOf("a", "b"), { type: "string", enum: ["a", "b"] }],
    ["a range", wholeNumber(1, 5, "days"), { type: "integer", minimum: 1, maximum: 5 }],
    ["a list", listOf(oneOf("a")), { type: "array", items: { type: "string", enum: ["a"] } }],
    [
      "a map",
      mapOf(textLike("^k$", "must be k"), textLike("^v$", "must be v")),
      {
        type: "object",
        propertyNames: { type: "string", pattern: "^k$" },
        additionalProperties: { type: "string", pattern: "^v$" },
      },
    ],
    [
      "several rules, those without a schema left out",
      textLike("^a", "must begin with a")
        .where("must not be a", (value) => equals(value, "a"))
        .where("must end with b", (value) => equals(value, "b"), { pattern: "b$" })
        .where("must be short", (value) => equals(value, "c"), { maxLength: 9 }),
      { type: "string", pattern: "^a", allOf: [{ pattern: "b$" }, { maxLength: 9 }] },
    ],
    ["a rule without a schema", text().where("must not be a", (value) => equals(value, "a")), { type: "string" }],
    [
      "the name of a trail",
      trailName,
      {
        type: "string",
        pattern: "^[A-Za-z0-9]+([._-][A-Za-z0-9]+)*$",
        allOf: [{ minLength: 3, maxLength: 128 }],
      },
    ],
  ])("has the rules of the kind: %s", (_, kind, expected) => {
    expect(fieldSchema(required(kind as never, "A."))).toStrictEqual({ description: "A.", ...expected });
  });

  test("is a number where nothing more is said", () => {
    expect(fieldSchema(required(new Kind<number>({ form: "number" }), "A."))).toStrictEqual({
      description: "A.",
      type: "number",
    });
  });
});

describe("the schema of fields", () => {
  const fields = {
    first: required(text(), "First."),
    second: optional(boolean(), "Second."),
    third: required(boolean(), "Third."),
  };

  test("names those that must be given, and takes no others", () => {
    expect(fieldsSchema(fields)).toStrictEqual({
      type: "object",
      additionalProperties: false,
      properties: {
        first: { description: "First.", type: "string" },
        second: { description: "Second.", default: null, anyOf: [{ type: "boolean" }, { type: "null" }] },
        third: { description: "Third.", type: "boolean" },
      },
      required: ["first", "third"],
    });
    expect(fieldsSchema(fields, { required: true })).toEqual(fieldsSchema(fields));
  });

  test("asks for none where none must be given, or where others give them", () => {
    expect(fieldsSchema({ second: fields.second })).not.toHaveProperty("required");
    expect(fieldsSchema(fields, { required: false })).not.toHaveProperty("required");
  });
});
