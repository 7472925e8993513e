import { closest, distance } from "fastest-levenshtein";
import { get, isExpression, isLiteral, jsonencode, literal, reference, type Value } from "../values";
import { TOKEN_MARK } from "../values/hcl";
import { type Definition, inputsByName } from "./definition";
import { camelCase, type Field, type Fields, type InputValues } from "./field";
import type { Kind } from "./kind";
import type { Naming, Problem } from "./problem";
import { isPlainObject } from "./props";

type Path = readonly (string | number)[];

/** Inputs that were looked at: what is wrong with them, and what they are with all defaults where nothing is. */
export type Checked<F extends Fields> =
  | { readonly problems: readonly [Problem, ...Problem[]]; readonly inputs?: undefined }
  | { readonly problems: readonly []; readonly inputs: InputValues<F> };

/**
 * Checks the inputs of a component, given by Terraform's names, against its types and then its rules. Returns all
 * problems at once.
 *
 * Expressions are taken as they are: Terraform checks their types, and what is not known has no rule that fails.
 */
export function check<F extends Fields>(
  definition: Definition<F>,
  given: unknown,
  at: Path = [],
  naming: Naming = "snake_case",
): Checked<F> {
  const reader = new Reader(naming);
  const values = reader.object(definition.fields, given, at);
  if (isExpression(values)) {
    return { problems: reader.problems as unknown as readonly [Problem] };
  }
  const inputs = Object.fromEntries(
    Object.entries(values).map(([name, value]) => [camelCase(name), value]),
  ) as InputValues<F>;
  const [first, ...others] = [...reader.problems, ...brokenRules(definition, inputs, at, reader)];
  return first === undefined ? { problems: [], inputs } : { problems: [first, ...others] };
}

/** The rules that do not hold, whatever stands where something could not be read. */
function brokenRules<F extends Fields>(
  definition: Definition<F>,
  inputs: InputValues<F>,
  at: Path,
  reader: Reader,
): readonly Problem[] {
  const isPartly = reader.problems.length > 0;
  const found = (path: Path, requirement: string, given: Value<unknown>, part = ""): Problem => ({
    path,
    part,
    requirement,
    ...shown(jsonencode(given), isPartly),
  });
  const brokenIn = (kind: Kind<unknown>, value: Value<unknown>, path: Path): readonly Problem[] => {
    if (value === null || isExpression(value)) {
      return [];
    }
    const own = kind.rules
      .filter(({ holds }) => holds(value) === false)
      .map(({ at: attribute, requirement }) =>
        attribute === undefined
          ? found(path, requirement, value)
          : found([...path, reader.named(attribute)], requirement, get(value as Value<never>, attribute as never)),
      );
    const { shape } = kind;
    switch (shape.form) {
      case "list":
        return [
          ...own,
          ...(value as readonly Value<unknown>[]).flatMap((item, index) =>
            brokenIn(shape.item, item, [...path, index]),
          ),
        ];
      case "map":
        return [
          ...own,
          ...Object.entries(value as Record<string, Value<unknown>>).flatMap(([key, entry]) => [
            ...shape.key.rules
              .filter(({ holds }) => holds(key) === false)
              .map(({ requirement }) => found([...path, key], requirement, key, " (the key)")),
            ...brokenIn(shape.value, entry, [...path, key]),
          ]),
        ];
      case "object":
        return [
          ...own,
          ...Object.entries(shape.fields).flatMap(([name, field]) =>
            brokenIn(field.kind, get(value as Value<never>, name as never), [...path, reader.named(name)]),
          ),
        ];
      default:
        return own;
    }
  };
  const values = inputsByName(definition.fields, inputs);
  return Object.entries(definition.fields).flatMap(([name, field]) => {
    const path = [...at, reader.named(name)];
    const value = values[name] as Value<unknown>;
    return [
      ...brokenIn(field.kind, value, path),
      ...definition.rules
        .filter((rule) => rule.at === name && rule.holds(inputs) === false)
        .map(({ requirement }) => found(path, requirement, value)),
    ];
  });
}

function shown(got: Value<string>, isPartly: boolean): Pick<Problem, "got"> {
  if (isLiteral(got)) {
    return { got: literal(got) as string };
  }
  // A part that could not be read is shown with the problem of its own.
  return isPartly ? {} : { got: "a value known only when Terraform plans" };
}

/** How far a misspelt name may be from a known one to be suggested; of a short name, half of it at most. */
const NEAR = 3;

/** A name of which this much was written may be suggested whole. */
const SHORTEST_BEGINNING = 4;

/** The known name that was probably meant, if one is near. */
export function nearest(name: string, known: readonly string[]): string | undefined {
  if (known.length === 0) {
    return undefined;
  }
  const folded = (each: string) => each.toLowerCase().replace(/[-_]/g, "");
  const given = folded(name);
  const found = closest(given, known.map(folded));
  if (distance(given, found) <= Math.min(NEAR, Math.max(given.length, found.length) / 2)) {
    return known.find((each) => folded(each) === found);
  }
  const [begun, ...others] = known.filter((each) => folded(each).startsWith(given));
  return given.length >= SHORTEST_BEGINNING && others.length === 0 ? begun : undefined;
}

/** The problem of a name that is not known. */
export function unknownName(path: Path, name: string, known: readonly string[]): Problem {
  const near = nearest(name, known);
  const choices = near === undefined ? `use one of ${known.join(", ")}` : `did you mean ${near}?`;
  return { path: [...path, name], requirement: `is not a known name; ${choices}` };
}

const IN_WORDS = {
  text: "a text",
  boolean: "true or false",
  number: "a number",
  list: "a list",
  map: "a map",
  object: "an object",
};

/** Texts that cdktf takes for tokens as a whole. */
const WHOLE_TOKEN = /^(?:String|Any) Map Token Value$/;

/** What is wrong with a text that cdktf, Terraform or a file could not keep as it is. */
export function textProblem(given: string): Omit<Problem, "path"> | undefined {
  if (!given.isWellFormed()) {
    return { requirement: "must be well-formed Unicode; it has half of a surrogate pair" };
  }
  if (given.includes("\0")) {
    return { requirement: "must not hold the character NUL" };
  }
  return TOKEN_MARK.test(given) || WHOLE_TOKEN.test(given)
    ? {
        requirement: "must not look like a token of cdktf, which would be replaced by another value",
        got: JSON.stringify(given),
      }
    : undefined;
}

/**
 * What stands where something could not be read. As of everything that is not known, no rule fails because of it; those
 * that fail whatever it may be are told.
 */
const UNREAD = reference<never>("unread");

const KEY_TWICE = { requirement: "must be there once; Unicode can write the same key in two ways" };

function keyProblem(key: string): Omit<Problem, "path"> | undefined {
  return key === "__proto__" ? { requirement: "must not be a key, as JavaScript would lose it" } : textProblem(key);
}

class Reader {
  readonly problems: Problem[] = [];

  constructor(private readonly naming: Naming) {}

  /** The name of an input or attribute as it stands in paths. Keys of maps stand there as they are. */
  readonly named = (name: string): string => (this.naming === "camelCase" ? camelCase(name) : name);

  object(fields: Fields, given: unknown, path: Path): Value<Record<string, Value<unknown>>> {
    if (!isPlainObject(given)) {
      return this.wrongType("object", given, path);
    }
    const meant = new Set<string | undefined>();
    for (const name of Object.keys(given).filter((each) => !Object.hasOwn(fields, each))) {
      this.problems.push(unknownName(path, name, Object.keys(fields).map(this.named)));
      meant.add(nearest(name, Object.keys(fields)));
    }
    return Object.fromEntries(
      Object.entries(fields).map(([name, field]) => {
        const isGiven = Object.hasOwn(given, name);
        return [
          name,
          meant.has(name) && !isGiven
            ? UNREAD
            : this.field(field, isGiven ? given[name] : undefined, [...path, this.named(name)]),
        ];
      }),
    );
  }

  private field(field: Field<unknown>, given: unknown, path: Path): Value<unknown> {
    if (given === undefined || (given === null && !field.nullable)) {
      if (field.required) {
        this.problems.push({ path, requirement: `must be given: ${summary(field.description)}` });
        return UNREAD;
      }
      return field.default === null ? null : this.value(field.kind, field.default, path);
    }
    return given === null ? null : this.value(field.kind, given, path);
  }

  private value(kind: Kind<unknown>, given: unknown, path: Path): Value<unknown> {
    if (isExpression(given)) {
      return given;
    }
    const shape = kind.shape;
    switch (shape.form) {
      case "text":
        return typeof given === "string" ? this.text(given, path) : this.wrongType("text", given, path);
      case "boolean":
        return typeof given === "boolean" ? given : this.wrongType("boolean", given, path);
      case "number":
        return typeof given === "number" && Number.isFinite(given) ? given : this.wrongType("number", given, path);
      case "list":
        return Array.isArray(given)
          ? (given.map((item, index) => this.value(shape.item, item, [...path, index])) as Value<unknown>)
          : this.wrongType("list", given, path);
      case "map":
        return isPlainObject(given) ? this.map(shape.value, given, path) : this.wrongType("map", given, path);
      case "object":
        return this.object(shape.fields, given, path);
    }
  }

  private map(kind: Kind<unknown>, given: Record<string, unknown>, path: Path): Value<Record<string, unknown>> {
    const read: Record<string, Value<unknown>> = {};
    let areKeysRead = true;
    for (const [key, item] of Object.entries(given)) {
      const at = [...path, key];
      const name = key.normalize("NFC");
      const problem = Object.hasOwn(read, name) ? KEY_TWICE : keyProblem(key);
      if (problem !== undefined) {
        this.problems.push({ path: at, ...problem });
        areKeysRead = false;
      }
      read[name] = this.value(kind, item, at);
    }
    return areKeysRead ? read : UNREAD;
  }

  /** Terraform keeps texts in Unicode's form NFC, so a text is brought into it before anything is computed. */
  private text(given: string, path: Path): Value<string> {
    const problem = textProblem(given);
    if (problem !== undefined) {
      this.problems.push({ path, ...problem });
      return UNREAD;
    }
    return given.normalize("NFC");
  }

  private wrongType(form: keyof typeof IN_WORDS, given: unknown, path: Path): typeof UNREAD {
    const hint = form === "text" && (typeof given === "number" || typeof given === "boolean") ? ", in quotes" : "";
    this.problems.push({ path, requirement: `must be ${IN_WORDS[form]}${hint}`, got: described(given) });
    return UNREAD;
  }
}

/** The first sentence of a description, without the full stop. */
export function summary(description: string): string {
  return (description.split("\n")[0] as string).replace(/\.(?: .*)?$/, "");
}

const LONGEST_SHOWN = 80;

/** What was given, in words: anything that a program can put there. */
export function described(given: unknown): string {
  switch (typeof given) {
    case "undefined":
      return "nothing (undefined)";
    case "number":
    case "bigint":
      return `the number ${given}`;
    case "boolean":
    case "string":
      return `the ${typeof given} ${shortened(JSON.stringify(given))}`;
    case "object":
      return given === null ? "nothing (null)" : describedObject(given);
    default:
      return `a ${typeof given}`;
  }
}

function describedObject(given: object): string {
  if (!Array.isArray(given) && !isPlainObject(given)) {
    return `an object of the class ${given.constructor?.name}`;
  }
  const form = Array.isArray(given) ? "list" : "map";
  try {
    return `the ${form} ${shortened(JSON.stringify(given))}`;
  } catch {
    return `a ${form} that is no JSON`;
  }
}

function shortened(shown: string): string {
  return shown.length > LONGEST_SHOWN ? `${shown.slice(0, LONGEST_SHOWN)}…` : shown;
}
