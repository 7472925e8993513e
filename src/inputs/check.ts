import { closest, distance } from "fastest-levenshtein";
import { isExpression, isLiteral, literal, type Value } from "../values";
import { type Definition, validations } from "./definition";
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
  const inputs = Object.fromEntries(
    Object.entries(values).map(([name, value]) => [camelCase(name), value]),
  ) as InputValues<F>;
  const [first, ...others] = [...reader.problems, ...brokenRules(definition, inputs, at, reader.problems)];
  return first === undefined ? { problems: [], inputs } : { problems: [first, ...others] };
}

/** The rules that do not hold, of everything that has the right type. */
function brokenRules<F extends Fields>(
  definition: Definition<F>,
  inputs: InputValues<F>,
  at: Path,
  problems: readonly Problem[],
): Problem[] {
  const wrong = problems.map(({ path }) => path.slice(at.length).join("/"));
  const unrelated = (path: string): boolean =>
    wrong.every((other) => !`${path}/`.startsWith(`${other}/`) && !`${other}/`.startsWith(`${path}/`));
  const filter = {
    part: (name: string, suffix: string) => unrelated([name, ...attributePath(suffix)].join("/")),
    between: problems.length === 0,
  };
  return validations(definition, inputs, filter)
    .filter(({ condition }) => condition === false)
    .map(({ name, part, requirement, got }) => ({
      path: [...at, name, ...attributePath(part)],
      part: part.replace(/^(\.\w+)*/, ""),
      requirement,
      got: isLiteral(got) ? (literal(got) as string) : "a value known only when Terraform plans",
    }));
}

function attributePath(part: string): readonly string[] {
  const attributes = /^(?:\.\w+)*/.exec(part)?.[0] ?? "";
  return attributes.split(".").slice(1);
}

/** How far a misspelt name may be from a known one to be suggested. */
const NEAR = 3;

/** The known name that was probably meant, if one is near. */
export function nearest(name: string, known: readonly string[]): string | undefined {
  if (known.length === 0) {
    return undefined;
  }
  const folded = (each: string) => each.toLowerCase().replace(/[-_]/g, "");
  const found = closest(folded(name), known.map(folded));
  const match = known.find((each) => folded(each) === found);
  return match !== undefined && distance(folded(name), found) <= NEAR ? match : undefined;
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

/** Marks by which cdktf finds its tokens in texts, and texts that it takes for tokens. */
const LIKE_A_TOKEN = /[$#&]\{TfToken\[|^(?:String|Any) Map Token Value$/;

class Reader {
  readonly problems: Problem[] = [];

  constructor(private readonly naming: Naming) {}

  object(fields: Fields, given: unknown, path: Path): Record<string, Value<unknown>> {
    if (!isPlainObject(given)) {
      this.wrongType("object", given, path);
      return {};
    }
    for (const name of Object.keys(given).filter((each) => !Object.hasOwn(fields, each))) {
      const known = Object.keys(fields).map((each) => (this.naming === "camelCase" ? camelCase(each) : each));
      this.problems.push(unknownName(path, name, known));
    }
    return Object.fromEntries(
      Object.entries(fields).map(([name, field]) => [
        name,
        this.field(field, Object.hasOwn(given, name) ? given[name] : undefined, [...path, name]),
      ]),
    );
  }

  private field(field: Field<unknown>, given: unknown, path: Path): Value<unknown> {
    if (given === undefined || (given === null && !field.nullable)) {
      if (field.required) {
        this.problems.push({ path, requirement: `must be given: ${summary(field.description)}` });
        return null;
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
        return isPlainObject(given)
          ? Object.fromEntries(
              Object.entries(given).map(([key, item]) => [
                this.text(key, [...path, key]),
                this.value(shape.value, item, [...path, key]),
              ]),
            )
          : this.wrongType("map", given, path);
      case "object":
        return this.object(shape.fields, given, path);
    }
  }

  /** Terraform keeps texts in Unicode's form NFC, so a text is brought into it before anything is computed. */
  private text(given: string, path: Path): string {
    if (!given.isWellFormed()) {
      this.problems.push({ path, requirement: "must be well-formed Unicode; it has half of a surrogate pair" });
    } else if (given.includes("\0")) {
      this.problems.push({ path, requirement: "must not hold the character NUL" });
    } else if (LIKE_A_TOKEN.test(given)) {
      this.problems.push({
        path,
        requirement: "must not look like a token of cdktf, which would be replaced by another value",
        got: JSON.stringify(given),
      });
    }
    return given.normalize("NFC");
  }

  private wrongType(form: keyof typeof IN_WORDS, given: unknown, path: Path): null {
    const hint = form === "text" && (typeof given === "number" || typeof given === "boolean") ? ", in quotes" : "";
    this.problems.push({ path, requirement: `must be ${IN_WORDS[form]}${hint}`, got: described(given) });
    return null;
  }
}

/** The first sentence of a description, without the full stop. */
export function summary(description: string): string {
  return (description.split("\n")[0] as string).replace(/\.(?: .*)?$/, "");
}

const LONGEST_SHOWN = 80;

function described(given: unknown): string {
  if (given === null) {
    return "nothing (null)";
  }
  const shown = typeof given === "bigint" ? String(given) : JSON.stringify(given);
  const cut = shown !== undefined && shown.length > LONGEST_SHOWN ? `${shown.slice(0, LONGEST_SHOWN)}…` : shown;
  if (Array.isArray(given)) {
    return `the list ${cut}`;
  }
  return typeof given === "object" ? `the map ${cut}` : `the ${typeof given} ${cut}`;
}
