import { type Expression, get, joinText, jsonencode, type Value } from "../values";
import { camelCase, type Fields, type InputValues, type ObjectOf } from "./field";
import { gotWhereSet, heldWhereSet, type Kind, object } from "./kind";
import { type Moved, movedProblems } from "./moved";

/** A rule between inputs. It is reported at one of them. */
export interface InputRule<F extends Fields> {
  /** The input at which it is reported, by Terraform's name. */
  readonly at: keyof F & string;
  readonly requirement: string;
  holds(inputs: InputValues<F>): Value<boolean>;
  /** Inputs that break it, and no other rule, by Terraform's names: for tests of what is made of the rule. */
  readonly brokenBy?: Readonly<Record<string, unknown>>;
}

/**
 * The kind of an object of options, with the rules between them: for options that are inputs of one component and the
 * attributes of an input of another.
 */
export function objectOfOptions<const F extends Fields>(fields: F, rules: readonly InputRule<F>[]): Kind<ObjectOf<F>> {
  return rules.reduce<Kind<ObjectOf<F>>>((kind, { at, requirement, holds, brokenBy }) => {
    const ruled = kind.whereAttribute(at, requirement, (value) =>
      holds(
        Object.fromEntries(
          Object.keys(fields).map((name) => [camelCase(name), get(value as Value<never>, name as never)]),
        ) as InputValues<F>,
      ),
    );
    return brokenBy === undefined ? ruled : ruled.brokenBy(brokenBy);
  }, object(fields));
}

/** A named result of a component. */
export interface OutputField<T> {
  readonly description: string;
  /** Holds the type; never set. */
  readonly valueType?: T;
}

export type OutputFields = Readonly<Record<string, OutputField<unknown>>>;

/** A text that a component gives to its surroundings. */
export function textOutput(description: string): OutputField<string> {
  return { description };
}

/** Texts by name that a component gives to its surroundings. */
export function textsOutput(description: string): OutputField<Readonly<Record<string, string>>> {
  return { description };
}

/** All that is said of a component beside its resources. Everything written about its inputs comes from here. */
export interface Definition<F extends Fields = Fields, O extends OutputFields = OutputFields> {
  /** The name of its folder and of its module: `log-bucket`. */
  readonly name: string;
  /** One line for headings: `Log bucket`. */
  readonly title: string;
  /** What it makes, in a few sentences of Markdown. */
  readonly description: string;
  readonly fields: F;
  readonly rules: readonly InputRule<F>[];
  readonly outputs: O;
  /** The addresses that changed since they were published, the oldest first. They stay for as long as states may have them. */
  readonly moved: readonly Moved[];
}

/**
 * Defines a component; keeps the exact types of its fields and outputs.
 *
 * @throws Error naming every moved address that is wrong
 */
export function define<const F extends Fields, const O extends OutputFields>(
  definition: Omit<Definition<F, O>, "rules" | "moved"> & {
    readonly rules?: readonly InputRule<NoInfer<F>>[];
    readonly moved?: readonly Moved[];
  },
): Definition<F, O> {
  const problems = movedProblems(definition.moved ?? []);
  if (problems.length > 0) {
    throw new Error(
      `${definition.title} has wrong moved addresses:\n${problems.map((each) => `  - ${each}`).join("\n")}`,
    );
  }
  return { rules: [], moved: [], ...definition };
}

/** A condition that an input must meet, and the text for when it does not. */
export interface Validation {
  /** The input, and the way to the part of it that the rule is about. */
  readonly name: string;
  readonly part: string;
  readonly requirement: string;
  readonly condition: Value<boolean>;
  /** What breaks the rule, as JSON. */
  got(): Value<string>;
  /** Inputs that break it, by Terraform's names, where some are known. */
  readonly brokenBy?: Readonly<Record<string, unknown>>;
}

/** Everything that must hold of the inputs, for literals and for variables alike. */
export function validations<F extends Fields>(definition: Definition<F>, inputs: InputValues<F>): Validation[] {
  const found: Validation[] = [];
  const byName = inputsByName(definition.fields, inputs);
  for (const [name, field] of Object.entries(definition.fields)) {
    const value = byName[name] as Value<unknown>;
    for (const rule of field.kind.placedRules()) {
      found.push({
        name,
        part: rule.suffix,
        requirement: rule.requirement,
        condition: heldWhereSet(field, value, rule),
        got: () => jsonencode(gotWhereSet(field, value, rule)),
        ...(rule.brokenBy === undefined ? {} : { brokenBy: { [name]: rule.brokenBy } }),
      });
    }
    for (const rule of definition.rules.filter(({ at }) => at === name)) {
      found.push({
        name,
        part: "",
        requirement: rule.requirement,
        condition: rule.holds(inputs),
        got: () => jsonencode(value),
        ...(rule.brokenBy === undefined ? {} : { brokenBy: rule.brokenBy }),
      });
    }
  }
  return found;
}

/** The message of a broken rule, the same in both forms. */
export function validationMessage(validation: Validation): Value<string> {
  return joinText([`${validation.name}${validation.part}: ${validation.requirement}; got `, validation.got()]);
}

/** The inputs by Terraform's names. */
export function inputsByName<F extends Fields>(
  fields: F,
  inputs: InputValues<F>,
): Record<string, Value<unknown> | Expression<unknown>> {
  const values = inputs as Record<string, Value<unknown>>;
  return Object.fromEntries(Object.keys(fields).map((name) => [name, values[camelCase(name)] as Value<unknown>]));
}
