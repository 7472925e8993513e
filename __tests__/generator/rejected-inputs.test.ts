import { auditTrailDefinition } from "../../src/audit-trail/inputs";
import { rejectedInputs } from "../../src/generator";
import { type Definition, defaulting, define, type Fields, text } from "../../src/inputs";

const namesOf = <F extends Fields>(definition: Definition<F>): readonly string[] =>
  rejectedInputs(definition).map(({ name }) => name);

const named = (...requirements: readonly string[]): readonly string[] => {
  const kind = requirements.reduce(
    (sofar, requirement) => sofar.where(requirement, () => true).brokenBy("wrong"),
    text().suchAs("right"),
  );
  return namesOf(
    define({
      name: "example",
      title: "Example",
      description: "An example.",
      fields: { item: defaulting(kind, "right", "An item.") },
      outputs: {},
    }),
  );
};

describe("what a module must refuse is named", () => {
  test("after the input and the words of its rule", () => {
    expect(named("must not look like an IP address", 'must begin with "x/"')).toEqual([
      "item_must_not_look_like_an_ip_address",
      "item_must_begin_with_x",
    ]);
  });

  test("by whole words, and not ending with one that asks for more", () => {
    expect(named(`must be short, which is ${"very ".repeat(10)}good`)).toEqual([
      "item_must_be_short_which_is_very_very_very_very_very",
    ]);
    expect(named("must be given in a way that is clear for all of the company")).toEqual([
      "item_must_be_given_in_a_way_that_is_clear_for_all",
    ]);
    expect(named("must have a name which somebody has thought about of an account")).toEqual([
      "item_must_have_a_name_which_somebody_has_thought",
    ]);
  });

  test("apart, also where two rules begin with the same words", () => {
    expect(named("must be good", "must be good!")).toEqual(["item_must_be_good", "item_must_be_good_2"]);
    const names = namesOf(auditTrailDefinition);
    expect(new Set(names).size).toBe(names.length);
    expect(names.filter((name) => !/_must_/.test(name) || /_(a|an|of|or|the|which)$/.test(name))).toEqual([]);
  });
});
