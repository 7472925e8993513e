import { check, define, type Field, type Fields, type Kind, type Problem, required } from "../../../src/inputs";

/** The problems of inputs that are given by Terraform's names. */
export function problemsOf(fields: Fields, given: unknown): readonly Problem[] {
  return check(defined(fields), given).problems;
}

/** What inputs are once they are checked. Throws where something is wrong with them. */
export function inputsOf(fields: Fields, given: unknown): Readonly<Record<string, unknown>> {
  const { problems, inputs } = check(defined(fields), given);
  if (inputs === undefined) {
    throw new Error(`wrong inputs: ${JSON.stringify(problems)}`);
  }
  return inputs;
}

/** A component of nothing but inputs. */
export function defined<F extends Fields>(fields: F) {
  return define({ name: "sample", title: "Sample", description: "A sample.", fields, outputs: {} });
}

/** The requirements that a value of the kind does not meet, in their order. */
export function brokenRequirements(kind: Kind<never> | Kind<unknown>, value: unknown): readonly string[] {
  return problemsOf({ value: requiredOf(kind) }, { value }).map(({ requirement }) => requirement);
}

function requiredOf(kind: Kind<never> | Kind<unknown>): Field<unknown> {
  return required(kind as Kind<unknown>, "A value.");
}

/** What each rule of a kind is broken by, as the kind itself says: the requirements that this breaks. */
export function saidToBreak(kind: Kind<unknown>): readonly (readonly [requirement: string, broken: unknown])[] {
  return kind
    .placedRules()
    .map(({ requirement, brokenBy }) => [
      requirement,
      brokenBy === undefined ? "nothing is said to break it" : brokenRequirements(kind, brokenBy),
    ]);
}

/** The same, where each is broken by what breaks it and no other. */
export function eachAlone(kind: Kind<unknown>): readonly (readonly [requirement: string, broken: unknown])[] {
  return kind.placedRules().map(({ requirement }) => [requirement, [requirement]]);
}
