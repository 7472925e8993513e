import {
  boolean,
  defaulting,
  listOf,
  mapOf,
  object,
  optional,
  required,
  switchedOn,
  text,
  withoutDefaults,
} from "../../src/inputs";

const part = object({ on: defaulting(boolean(), true, "On."), label: optional(text(), "A label.") });

const fields = {
  name: required(text(), "A name."),
  other: optional(text(), "Another."),
  flag: defaulting(boolean(), false, "A flag."),
  part: switchedOn(part, "On by default."),
  more: optional(part, "Off by default."),
  always: defaulting(part, {}, "Never off."),
  parts: defaulting(listOf(part), [], "Parts."),
  named: defaulting(mapOf(text(), part), {}, "Parts by name."),
};

const DEFAULTS = {
  name: "a",
  other: null,
  flag: false,
  part: { on: true, label: null },
  more: null,
  always: { on: true, label: null },
  parts: [],
  named: {},
};

describe("values without those that are as by default", () => {
  test("are those that must be given, where nothing was chosen", () => {
    expect(withoutDefaults(fields, DEFAULTS)).toEqual({ name: "a" });
  });

  test("have what was chosen, at any depth, and nothing beside it", () => {
    expect(
      withoutDefaults(fields, {
        ...DEFAULTS,
        other: "",
        flag: true,
        part: { on: false, label: null },
        always: { on: true, label: "l" },
        parts: [{ on: true, label: null }],
        named: { x: { on: false, label: null } },
      }),
    ).toEqual({
      name: "a",
      other: "",
      flag: true,
      part: { on: false },
      always: { label: "l" },
      parts: [{}],
      named: { x: { on: false } },
    });
  });

  test("say what is switched off or on against its default", () => {
    expect(withoutDefaults(fields, { ...DEFAULTS, part: null, more: { on: true, label: null } })).toEqual({
      name: "a",
      part: null,
      more: {},
    });
  });

  test("stand in the order of the fields, whatever the order in which they were given", () => {
    const { name, ...rest } = { ...DEFAULTS, flag: true, other: "b" };
    expect(Object.keys(withoutDefaults(fields, { ...rest, name }))).toEqual(["name", "other", "flag"]);
  });
});
