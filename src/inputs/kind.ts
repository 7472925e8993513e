import {
  and,
  atLeast,
  atMost,
  attempt,
  choose,
  contains,
  equals,
  every,
  floor,
  forEach,
  forEachEntry,
  get,
  isNull,
  keys,
  type Literal,
  matches,
  not,
  sharedPattern,
  type Value,
} from "../values";
import { alignedAssignments, hcl } from "../values/hcl";
import type { Field, Fields, ObjectOf } from "./field";

/** What the value of an input must meet beside its type. Written once: checked at synth and by Terraform. */
export interface Rule<T> {
  /** Follows the path of the input: "must be 12 digits". Says how to mend it. */
  readonly requirement: string;
  /** Whether a value that is not null meets it. */
  holds(value: Value<T>): Value<boolean>;
  /** A value that breaks it, and no other rule: for tests of what is made of the rule. */
  readonly brokenBy?: unknown;
  /** The attribute of an object at which it is reported; the whole value where there is none. */
  readonly at?: string;
  /** The same for editors, as a part of a JSON schema. */
  readonly jsonSchema?: Readonly<Record<string, Literal>>;
}

/** How values of a kind are made up. */
export type Shape =
  | { readonly form: "text" }
  | { readonly form: "boolean" }
  | { readonly form: "number" }
  | { readonly form: "list"; readonly item: Kind<unknown> }
  | { readonly form: "map"; readonly key: Kind<string>; readonly value: Kind<unknown> }
  | { readonly form: "object"; readonly fields: Fields };

/** A rule of a value or of one of its parts. */
export interface PlacedRule {
  /** The way from the value to the part: `.name`, `[*]`, or nothing. */
  readonly suffix: string;
  readonly requirement: string;
  readonly holds: (value: Value<unknown>) => Value<boolean>;
  /** What breaks the rule, for the message. Terraform computes it also where the rule holds. */
  readonly got: (value: Value<unknown>) => Value<unknown>;
  /** A value that breaks the rule, where one is known. */
  readonly brokenBy?: unknown;
}

/**
 * A kind of input: a type and the rules that its values keep. Kinds are never changed; `where` makes a new one.
 */
export class Kind<T> {
  /** Holds the type; never set. */
  declare readonly valueType: T;

  constructor(
    readonly shape: Shape,
    readonly rules: readonly Rule<T>[] = [],
    /** A value that keeps every rule. */
    private readonly example?: unknown,
  ) {}

  /** The kind with a value that keeps every rule, for tests and examples. */
  suchAs(example: T): Kind<T> {
    return new Kind<T>(this.shape, this.rules, example);
  }

  /** The kind with a value that breaks its last rule, and no other. */
  brokenBy(value: unknown): Kind<T> {
    const last = this.rules.at(-1);
    if (last === undefined) {
      throw new Error("there is no rule that could be broken");
    }
    return new Kind<T>(this.shape, [...this.rules.slice(0, -1), { ...last, brokenBy: value }], this.example);
  }

  /** A value that keeps every rule: of an object, with what is required alone. */
  get valid(): unknown {
    return this.example ?? validOf(this.shape);
  }

  /** The kind with one more rule. */
  where(requirement: string, holds: (value: Value<T>) => Value<boolean>, jsonSchema?: Rule<T>["jsonSchema"]): Kind<T> {
    const rule: Rule<T> = jsonSchema === undefined ? { requirement, holds } : { requirement, holds, jsonSchema };
    return new Kind<T>(this.shape, [...this.rules, rule], this.example);
  }

  /** The kind of an object with one more rule between its attributes, reported at one of them. */
  whereAttribute(at: keyof T & string, requirement: string, holds: (value: Value<T>) => Value<boolean>): Kind<T> {
    return new Kind<T>(this.shape, [...this.rules, { requirement, holds, at }], this.example);
  }

  /** Terraform's name of the type. Objects take several lines. */
  terraformType(indent = 0): string {
    const shape = this.shape;
    switch (shape.form) {
      case "text":
        return "string";
      case "boolean":
        return "bool";
      case "number":
        return "number";
      case "list":
        return `list(${shape.item.terraformType(indent)})`;
      case "map":
        return `map(${shape.value.terraformType(indent)})`;
      case "object":
        return objectType(shape.fields, indent);
    }
  }

  /** The rules of the value and of all its parts. */
  placedRules(depth = 0): readonly PlacedRule[] {
    const own = this.rules.map(
      ({ at, requirement, holds, brokenBy }): PlacedRule => ({
        ...(brokenBy === undefined ? {} : { brokenBy }),
        suffix: at === undefined ? "" : `.${at}`,
        requirement,
        holds: holds as PlacedRule["holds"],
        got: (value) => (at === undefined ? value : get(value as Value<never>, at as never)),
      }),
    );
    return [...own, ...this.rulesOfParts(depth)];
  }

  private rulesOfParts(depth: number): readonly PlacedRule[] {
    const shape = this.shape;
    const suffix = depth === 0 ? "" : String(depth + 1);
    switch (shape.form) {
      case "list":
        return shape.item.placedRules(depth + 1).map((rule) => ({
          ...brokenWithin(rule, (item) => [item]),
          suffix: `[*]${rule.suffix}`,
          requirement: rule.requirement,
          holds: (list) => every(forEach(list as Value<unknown[]>, `item${suffix}`, rule.holds)),
          got: (list) => forEach(list as Value<unknown[]>, `item${suffix}`, rule.got, (item) => not(rule.holds(item))),
        }));
      case "map":
        return [
          ...shape.key.placedRules(depth + 1).map((rule) => ({
            ...brokenWithin(rule, (key) => ({ [String(key)]: shape.value.valid })),
            suffix: ` (its keys)${rule.suffix}`,
            requirement: rule.requirement,
            holds: (map: Value<unknown>) =>
              every(forEach(keys(map as Value<Record<string, unknown>>), `key${suffix}`, rule.holds)),
            got: (map: Value<unknown>) =>
              forEach(keys(map as Value<Record<string, unknown>>), `key${suffix}`, rule.got, (key) =>
                not(rule.holds(key)),
              ),
          })),
          ...shape.value.placedRules(depth + 1).map((rule) => ({
            ...brokenWithin(rule, (item) => ({ [String(shape.key.valid)]: item })),
            suffix: `[*]${rule.suffix}`,
            requirement: rule.requirement,
            holds: (map: Value<unknown>) =>
              every(
                forEachEntry(map as Value<Record<string, unknown>>, [`key${suffix}`, `value${suffix}`], (_, value) =>
                  rule.holds(value),
                ),
              ),
            got: (map: Value<unknown>) => map,
          })),
        ];
      case "object":
        return Object.entries(shape.fields).flatMap(([name, field]) =>
          field.kind.placedRules(depth).map((rule) => ({
            ...brokenWithin(rule, (attribute) => ({ ...(this.valid as object), [name]: attribute })),
            suffix: `.${name}${rule.suffix}`,
            requirement: rule.requirement,
            holds: (object: Value<unknown>) => heldWhereSet(field, get(object as Value<never>, name as never), rule),
            got: (object: Value<unknown>) => gotWhereSet(field, get(object as Value<never>, name as never), rule),
          })),
        );
      default:
        return [];
    }
  }
}

/** What breaks a rule of a part, as a value of the whole. */
function brokenWithin({ brokenBy }: PlacedRule, whole: (part: unknown) => unknown): Pick<PlacedRule, "brokenBy"> {
  return brokenBy === undefined ? {} : { brokenBy: whole(brokenBy) };
}

/** The rule of a field's value, true where the value is null. Terraform evaluates both sides of `||`. */
export function heldWhereSet(field: Field<unknown>, value: Value<unknown>, rule: PlacedRule): Value<boolean> {
  if (value === null) {
    return true;
  }
  return field.nullable ? choose(isNull(value), true, rule.holds(value)) : rule.holds(value);
}

/** What breaks the rule of a field's value; null where the value is null and so has no such part. */
export function gotWhereSet(field: Field<unknown>, value: Value<unknown>, rule: PlacedRule): Value<unknown> {
  if (value === null) {
    return null;
  }
  const got = rule.got(value);
  return field.nullable && rule.suffix !== "" ? attempt(got, null) : got;
}

function validOf(shape: Shape): unknown {
  switch (shape.form) {
    case "text":
      return "example";
    case "boolean":
      return true;
    case "number":
      return 1;
    case "list":
      return [];
    case "map":
      return {};
    case "object":
      return Object.fromEntries(
        Object.entries(shape.fields)
          .filter(([, field]) => field.required)
          .map(([name, field]) => [name, field.kind.valid]),
      );
  }
}

function objectType(fields: Fields, indent: number): string {
  const within = indent + 2;
  const attributes = Object.entries(fields).map(([name, field]) => {
    const type = field.kind.terraformType(within);
    const text = field.required
      ? type
      : field.default === null
        ? `optional(${type})`
        : `optional(${type}, ${hcl(field.default)})`;
    return { name, text };
  });
  const lines = alignedAssignments(attributes, within);
  return `object({\n${lines.join("\n")}\n${" ".repeat(indent)}})`;
}

/** A text. */
export function text(): Kind<string> {
  return new Kind<string>({ form: "text" });
}

/**
 * A text of which the whole, or a part where the pattern is not anchored, matches.
 *
 * @throws Error where Terraform and JavaScript do not read the pattern alike, with the part of it at fault
 */
export function textLike(pattern: string, requirement: string): Kind<string> {
  // Here, not with the first input: the call that is wrong is that which is on the stack.
  sharedPattern(pattern);
  return text().where(requirement, (value) => matches(value, pattern), { pattern });
}

/** One of a few texts. */
export function oneOf<const T extends string>(...choices: readonly T[]): Kind<T> {
  const listed = choices.map((choice) => JSON.stringify(choice)).join(", ");
  return (text() as unknown as Kind<T>)
    .where(
      choices.length === 1 ? `must be ${listed}` : `must be one of ${listed}`,
      (value) => contains(choices as Value<readonly string[]>, value as Value<string>),
      { enum: [...choices] },
    )
    .suchAs(choices[0] as T)
    .brokenBy("another");
}

/** True or false. */
export function boolean(): Kind<boolean> {
  return new Kind<boolean>({ form: "boolean" });
}

/** A whole number in a range, both ends included. */
export function wholeNumber(from: number, to: number, unit: string): Kind<number> {
  return new Kind<number>({ form: "number" })
    .where(
      `must be a whole number of ${unit} from ${from} to ${to}`,
      (value) => and(atLeast(value, from), atMost(value, to), equals(floor(value), value)),
      { type: "integer", minimum: from, maximum: to },
    )
    .suchAs(from)
    .brokenBy(to + 1);
}

/** One of a few whole numbers. */
export function numberOf(...choices: readonly number[]): Kind<number> {
  return new Kind<number>({ form: "number" })
    .where(`must be one of ${choices.join(", ")}`, (value) => contains(choices as Value<readonly number[]>, value), {
      enum: [...choices],
    })
    .suchAs(choices[0] as number)
    .brokenBy(Math.max(...choices) + 1);
}

/** A list of values of one kind. */
export function listOf<T>(item: Kind<T>): Kind<readonly T[]> {
  return new Kind<readonly T[]>({ form: "list", item: item as Kind<unknown> });
}

/** A map from texts to values of one kind. */
export function mapOf<T>(key: Kind<string>, value: Kind<T>): Kind<Record<string, T>> {
  return new Kind<Record<string, T>>({ form: "map", key, value: value as Kind<unknown> });
}

/** An object of named fields. */
export function object<const F extends Fields>(fields: F): Kind<ObjectOf<F>> {
  return new Kind<ObjectOf<F>>({ form: "object", fields });
}
