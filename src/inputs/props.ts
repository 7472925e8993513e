import type { IResolvable } from "cdktf";
import { type Camel, camelCase, type Field, type Fields, type REQUIRED, type RequiredNames } from "./field";
import type { Kind } from "./kind";

/** The inputs of a component as TypeScript properties: camelCase, derived from the same schema. */
export type Props<F extends Fields> = {
  readonly [Name in RequiredNames<F> as Camel<Name & string>]: Prop<TypeOf<F[Name]>>;
} & {
  readonly [Name in Exclude<keyof F, RequiredNames<F>> as Camel<Name & string>]?: Prop<TypeOf<F[Name]>> | undefined;
};

type TypeOf<F> = F extends Field<infer T> ? T : never;

/** A token of cdktf; or an expression, which has the shape of one, for a value of the type T. */
export interface TokenOf<T> extends IResolvable {
  /** Holds the type of an expression. Tokens of cdktf have none. */
  readonly valueType?: T;
}

/**
 * A value as TypeScript writes it, or a token. Attributes of objects may be left out where they have defaults.
 *
 * An object is no token as a whole, as what is made often depends on which attributes it has. That also keeps the
 * members of tokens out of what an editor offers within it.
 */
export type Prop<T> = [T] extends [null | boolean | number | string]
  ? T | TokenOf<T>
  : T extends null
    ? T
    : T extends readonly (infer Item)[]
      ? readonly Prop<Item>[] | TokenOf<T>
      : T extends object
        ? string extends keyof T
          ? { readonly [Key in keyof T]: Prop<T[Key]> } | TokenOf<T>
          : ObjectProp<T>
        : never;

type ObjectProp<T extends object> = Flat<
  {
    readonly [Key in RequiredOf<T> as Camel<Key & string>]: Prop<T[Key]>;
  } & {
    readonly [Key in Exclude<keyof T, RequiredOf<T>> as Camel<Key & string>]?: Prop<T[Key]> | undefined;
  }
>;

/** An intersection as one object: only then something with none of its properties is refused where all are optional. */
type Flat<T> = { readonly [Key in keyof T]: T[Key] };

type RequiredOf<T> = T extends { readonly [REQUIRED]?: infer Name } ? Name & keyof T : never;

/**
 * The properties by Terraform's names. A name that no field has is left as it is, so that the check can name it.
 */
export function fromProps(fields: Fields, props: object): Record<string, unknown> {
  const names = new Map(Object.keys(fields).map((name) => [camelCase(name), name]));
  const entries = Object.entries(props).filter(([, value]) => value !== undefined);
  return Object.fromEntries(
    entries.map(([name, value]) => {
      const terraformName = names.get(name) ?? name;
      const field = Object.hasOwn(fields, terraformName) ? fields[terraformName] : undefined;
      return [terraformName, field === undefined ? value : fromProp(field.kind, value)];
    }),
  );
}

function fromProp(kind: Kind<unknown>, value: unknown): unknown {
  const shape = kind.shape;
  if (shape.form === "object" && isPlainObject(value)) {
    return fromProps(shape.fields, value);
  }
  if (shape.form === "list" && Array.isArray(value)) {
    return value.map((item) => fromProp(shape.item, item));
  }
  if (shape.form === "map" && isPlainObject(value)) {
    return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, fromProp(shape.value, item)]));
  }
  return value;
}

/** Whether a value is an object made by a literal, by JSON or by YAML. */
export function isPlainObject(value: unknown): value is Record<string, unknown> {
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    return false;
  }
  const prototype = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}

/** Whether a value is given: null is as if it were left out. */
export function isGiven<T>(value: T): value is NonNullable<T> {
  return value !== undefined && value !== null;
}
