/**
 * Values: what a construct computes with.
 *
 * A value is known when the program runs (a literal), or only when Terraform plans (an expression).
 * The operators in this folder take both, and fold: of literals they make a literal.
 */

/** What JSON can hold: the literals that Terraform and TypeScript share. */
export type Literal = null | boolean | number | string | readonly Literal[] | { readonly [key: string]: Literal };

type Primitive = null | boolean | number | string;

/**
 * A literal of type T, an expression for one, or a list or object some of whose parts are expressions.
 * Objects carry Terraform's names (snake_case).
 */
export type Value<T> = Expression<T> | Known<T>;

/** A value whose outermost shape is known: a primitive, or a list or object of values. */
export type Known<T> = T extends Primitive
  ? T
  : T extends readonly (infer Item)[]
    ? readonly Value<Item>[]
    : T extends object
      ? { readonly [Key in keyof T]: Value<T[Key]> }
      : T;

/** The T of a `Value<T>`. */
export type TypeOf<V> = [Extract<V, Expression<unknown>>] extends [never]
  ? V
  : Extract<V, Expression<unknown>> extends Expression<infer T>
    ? T
    : never;

/** The forms an expression can have. They are those of Terraform's own language. */
export type Node =
  | { readonly kind: "reference"; readonly path: string }
  | { readonly kind: "token"; readonly token: unknown }
  | { readonly kind: "raw"; readonly source: string }
  | { readonly kind: "attribute"; readonly of: unknown; readonly name: string }
  /** An attribute of one of several: of the entry of a map or the instance with the key, or of the first instance. */
  | { readonly kind: "instance"; readonly of: unknown; readonly key?: unknown; readonly name: string }
  | { readonly kind: "call"; readonly name: string; readonly arguments: readonly unknown[] }
  | { readonly kind: "infix"; readonly operator: InfixOperator; readonly operands: readonly unknown[] }
  | { readonly kind: "not"; readonly operand: unknown }
  | {
      readonly kind: "conditional";
      readonly condition: unknown;
      readonly whenTrue: unknown;
      readonly whenFalse: unknown;
    }
  | {
      readonly kind: "for";
      readonly variables: readonly string[];
      readonly collection: unknown;
      /** Present where the result is an object. */
      readonly key?: unknown;
      readonly body: unknown;
      readonly where?: unknown;
    }
  | { readonly kind: "template"; readonly parts: readonly unknown[] }
  | { readonly kind: "after"; readonly value: unknown; readonly dependencies: readonly unknown[] };

export type InfixOperator = "==" | "!=" | "<" | "<=" | ">" | ">=" | "&&" | "||" | "+" | "%";

/** Turns a token of cdktf into its text, `${…}`. */
export interface TokenResolver {
  resolve(token: unknown): unknown;
  /** Set by cdktf while what it resolves stands within an expression, such as an argument of `Fn.join`. */
  suppressBraces?: boolean;
}

/** Where an expression is written: in a template, as `${…}`, or within another expression. */
export type Surroundings = "template" | "expression";

type Renderer = (value: unknown, tokens: TokenResolver, surroundings: Surroundings) => string;

let renderer: Renderer | undefined;

/** Registers what writes an expression for cdktf. Called once, by `hcl.ts`. */
export function renderExpressionsWith(render: Renderer): void {
  renderer = render;
}

const EXPRESSION = Symbol.for("audit-trail/values/expression");

/**
 * A value that is known only when Terraform plans.
 *
 * It has the shape of cdktf's `IResolvable`, so that it can be handed to any construct as it is.
 */
export class Expression<T> {
  /** Part of `IResolvable`; empty, as stack traces cost more than everything else. */
  readonly creationStack: string[] = [];
  /** Holds the type; never set. */
  declare readonly valueType: T;
  readonly [EXPRESSION] = true;

  constructor(readonly node: Node) {}

  /** Called by cdktf. */
  resolve(context: TokenResolver): string {
    if (renderer === undefined) {
      throw new Error("import the values from src/values, which sets the renderer of expressions");
    }
    const isWithin = context.suppressBraces === true;
    // The tokens in this expression are read as texts in braces, wherever it stands itself.
    context.suppressBraces = false;
    try {
      return renderer(this, context, isWithin ? "expression" : "template");
    } finally {
      context.suppressBraces = isWithin;
    }
  }

  /** An expression has no text of its own: compose texts with `text`. */
  toString(): string {
    throw new Error("an expression was put into a JavaScript string: compose texts with text`…`");
  }

  /** Part of `IResolvable`. */
  toJSON(): string {
    return "<expression>";
  }
}

/** Whether a value is an expression. True across copies of this package. */
export function isExpression(value: unknown): value is Expression<unknown> {
  return typeof value === "object" && value !== null && EXPRESSION in value;
}

/** Whether a value has no expression in it at any depth. */
export function isLiteral(value: unknown): value is Literal {
  if (typeof value !== "object" || value === null) {
    return value !== undefined;
  }
  if (isExpression(value)) {
    return false;
  }
  return Object.values(value).every(isLiteral);
}

/** A reference by Terraform's name for a thing: `var.region`, `each.key`, `module.log_bucket.bucket`. */
export function reference<T>(path: string): Expression<T> {
  return new Expression<T>({ kind: "reference", path });
}

/** A token of cdktf, such as an attribute of a resource, as an expression. */
export function token<T>(of: unknown): Expression<T> {
  return new Expression<T>({ kind: "token", token: of });
}

/** HCL source as it is: for what other constructs wrote. */
export function raw<T>(source: string): Expression<T> {
  return new Expression<T>({ kind: "raw", source });
}

/**
 * A value that may be used only once the dependencies exist: a bucket's name after its policy is in place.
 * Whatever resource is given it depends on them. Of a map that is known, its entries are what waits.
 */
export function after<T>(value: Value<T>, dependencies: readonly unknown[]): Value<T> {
  if (typeof value === "object" && value !== null && !Array.isArray(value) && !isExpression(value)) {
    return Object.fromEntries(
      Object.entries(value).map(([key, entry]) => [key, after(entry as Value<unknown>, dependencies)]),
    ) as Value<T>;
  }
  return new Expression<T>({ kind: "after", value, dependencies });
}

/** Calls a function for every expression in a value, the outermost first. */
export function visitExpressions(value: unknown, visit: (expression: Expression<unknown>) => void): void {
  if (typeof value !== "object" || value === null) {
    return;
  }
  if (!isExpression(value)) {
    for (const part of Object.values(value)) {
      visitExpressions(part, visit);
    }
    return;
  }
  visit(value);
  // What is neither a value nor holds one: a token of cdktf, and what an expression waits for.
  const { token: _token, dependencies: _dependencies, ...parts } = value.node as unknown as Record<string, unknown>;
  visitExpressions(parts, visit);
}
