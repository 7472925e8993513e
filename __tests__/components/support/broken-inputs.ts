import { check, type Definition, type Fields, problemText, validations } from "../../../src/inputs";

/** What of a component's inputs has to be given, as its kinds say examples of it. */
function examplesOf(fields: Fields): Readonly<Record<string, unknown>> {
  return Object.fromEntries(
    Object.entries(fields).flatMap(([name, { required, kind }]) => (required ? [[name, kind.valid]] : [])),
  );
}

/**
 * Tests that a component takes the examples of its inputs, and that what is said to break a rule breaks it and no
 * other.
 *
 * @param more what has to be given beside what is required
 */
export function describeExamples<F extends Fields>(
  definition: Definition<F>,
  more: Readonly<Record<string, unknown>> = {},
): void {
  const given = { ...examplesOf(definition.fields), ...more };

  describe(`the inputs of ${definition.name}`, () => {
    test("take the examples that they have", () => {
      expect(check(definition, given).problems).toEqual([]);
    });

    const { inputs } = check(definition, given);
    const rules = inputs === undefined ? [] : validations(definition, inputs);
    const broken = rules.flatMap(({ name, part, requirement, brokenBy }) =>
      brokenBy === undefined ? [] : [[`${name}${part}: ${requirement}`, brokenBy] as const],
    );

    test.each(broken)("refuse what breaks %j alone", (rule, brokenBy) => {
      const problems = check(definition, { ...given, ...brokenBy }).problems.map(problemText);
      expect(problems).toHaveLength(1);
      expect(withoutPlaces(problems[0] as string)).toMatch(withoutPlaces(rule).split(": ").at(-1) as string);
    });
  });
}

/** A text without what tells one entry of a list or a map from another. */
function withoutPlaces(text: string): string {
  return text.replace(/[^A-Za-z0-9,: ]/g, "");
}
