import {
  boolean,
  camelCase,
  defaulting,
  type InputValues,
  type ObjectOf,
  object,
  optional,
  required,
  switchedOn,
  text,
} from "../../src/inputs";
import { reference } from "../../src/values";
import { inputsOf, problemsOf } from "./support/checking";

describe("a required field", () => {
  test("is never null and has no default", () => {
    const kind = text();
    expect(required(kind, "A name.")).toStrictEqual({
      kind,
      description: "A name.",
      required: true,
      nullable: false,
      default: null,
    });
    expect(required(kind, "A name.", "example")).toHaveProperty("placeholder", "example");
  });

  test("must be given, and null is not enough", () => {
    const problem = { path: ["name"], requirement: "must be given: A name" };
    const fields = { name: required(text(), "A name. It may be long.") };
    expect(problemsOf(fields, {})).toEqual([problem]);
    expect(problemsOf(fields, { name: undefined })).toEqual([problem]);
    expect(problemsOf(fields, { name: null })).toEqual([problem]);
    expect(inputsOf(fields, { name: "x" })).toEqual({ name: "x" });
  });
});

describe("an optional field", () => {
  test("may be null, which is its default", () => {
    const kind = text();
    expect(optional(kind, "A name.")).toStrictEqual({
      kind,
      description: "A name.",
      required: false,
      nullable: true,
      default: null,
    });
    expect(optional(kind, "A name.", "example")).toHaveProperty("placeholder", "example");
  });

  test.each([{}, { name: undefined }, { name: null }])("is null for %j", (given) => {
    expect(inputsOf({ name: optional(text(), "A name.") }, given)).toEqual({ name: null });
  });
});

describe("a field with a default", () => {
  test("is never null", () => {
    const kind = text();
    expect(defaulting(kind, "x", "A name.")).toStrictEqual({
      kind,
      description: "A name.",
      required: false,
      nullable: false,
      default: "x",
    });
  });

  test.each([{}, { name: undefined }, { name: null }])("has it for %j", (given) => {
    expect(inputsOf({ name: defaulting(text(), "x", "A name.") }, given)).toEqual({ name: "x" });
  });

  test("has another value where one is given, also one that is false or empty", () => {
    const fields = { name: defaulting(text(), "x", "A name."), on: defaulting(boolean(), true, "Whether.") };
    expect(inputsOf(fields, { name: "", on: false })).toEqual({ name: "", on: false });
  });
});

describe("a field that switches a part on", () => {
  const part = object({ on: defaulting(boolean(), true, "Whether."), name: optional(text(), "A name.") });

  test("is an object by default", () => {
    expect(switchedOn(part, "A part.")).toStrictEqual({
      kind: part,
      description: "A part.",
      required: false,
      nullable: true,
      default: {},
    });
  });

  test("is on with all defaults where it is left out, and off where it is null", () => {
    const fields = { part: switchedOn(part, "A part.") };
    expect(inputsOf(fields, {})).toEqual({ part: { on: true, name: null } });
    expect(inputsOf(fields, { part: undefined })).toEqual({ part: { on: true, name: null } });
    expect(inputsOf(fields, { part: {} })).toEqual({ part: { on: true, name: null } });
    expect(inputsOf(fields, { part: { on: false } })).toEqual({ part: { on: false, name: null } });
    expect(inputsOf(fields, { part: null })).toEqual({ part: null });
  });
});

describe("a name in TypeScript", () => {
  test.each([
    ["name", "name"],
    ["log_bucket", "logBucket"],
    ["s3_key_prefix", "s3KeyPrefix"],
    ["a_b_c", "aBC"],
    ["days_30", "days30"],
    ["_x", "X"],
    ["logBucket", "logBucket"],
    ["trailing_", "trailing_"],
  ])("of %s is %s", (name, expected) => {
    expect(camelCase(name)).toBe(expected);
  });
});

test("the types of values follow from the kinds", () => {
  const fields = {
    given_name: required(text(), "A name."),
    other: optional(object({ inner_on: defaulting(boolean(), true, "Whether.") }), "Another."),
  };
  const values: InputValues<typeof fields> = { givenName: "x", other: { inner_on: reference("var.on") } };
  const byName: ObjectOf<typeof fields> = { given_name: "x", other: null };
  expect([values.givenName, byName.other]).toEqual(["x", null]);
  // @ts-expect-error: a required text is never null
  const wrong: ObjectOf<typeof fields>["given_name"] = null;
  // @ts-expect-error: the attributes of an object keep Terraform's names
  const renamed: InputValues<typeof fields>["other"] = { innerOn: true };
  expect([wrong, renamed]).toHaveLength(2);
});
