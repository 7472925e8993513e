import type { Literal, Value } from "../values";
import type { Kind } from "./kind";

/**
 * One named value of a component, or one attribute of an object: its kind, what it is for, and what holds where it
 * is not given.
 */
export interface Field<T> {
  readonly kind: Kind<unknown>;
  /** One or more sentences. The first line is a summary. */
  readonly description: string;
  /** Whether it must be given. */
  readonly required: boolean;
  /** Whether null is a value of its own. Where it is not, null means the default. */
  readonly nullable: boolean;
  /** What it is where it is not given. Null where it is required. */
  readonly default: Literal;
  /** A valid value that stands in configurations we write and has to be replaced; `check` points it out. */
  readonly placeholder?: string;
  /** Holds the type; never set. */
  readonly valueType?: T;
}

/** Fields by Terraform's names, in the order in which they are shown. */
export type Fields = Readonly<Record<string, Field<unknown>>>;

/** Marks the type of an object with the names of those attributes that must be given. No value has it. */
export declare const REQUIRED: unique symbol;

/** The names of the fields that must be given. */
export type RequiredNames<F extends Fields> = {
  [Name in keyof F]: F[Name] extends { required: true } ? Name : never;
}[keyof F];

/** The type of the values of fields, by Terraform's names. */
export type ObjectOf<F extends Fields> = {
  readonly [Name in keyof F]: F[Name] extends Field<infer T> ? T : never;
} & { readonly [REQUIRED]?: RequiredNames<F> };

/** The values that a component computes with, by TypeScript's names. */
export type InputValues<F extends Fields> = {
  readonly [Name in keyof F as Camel<Name & string>]: Value<F[Name] extends Field<infer T> ? T : never>;
};

/** `log_bucket` as `logBucket`. */
export type Camel<Name extends string> = Name extends `${infer Head}_${infer Tail}`
  ? `${Head}${Capitalize<Camel<Tail>>}`
  : Name;

/** `log_bucket` as `logBucket`. */
export function camelCase(name: string): string {
  return name.replace(/_([a-z0-9])/g, (_, letter: string) => letter.toUpperCase());
}

/** An input that must be given. */
export function required<T>(kind: Kind<T>, description: string, placeholder?: string): Field<T> & { required: true } {
  const field = { kind: kind as Kind<unknown>, description, required: true, nullable: false, default: null } as const;
  return placeholder === undefined ? field : { ...field, placeholder };
}

/** An input that may be left out, and then is null. */
export function optional<T>(
  kind: Kind<T>,
  description: string,
  placeholder?: string,
): Field<T | null> & { required: false } {
  const field = { kind: kind as Kind<unknown>, description, required: false, nullable: true, default: null } as const;
  return placeholder === undefined ? field : { ...field, placeholder };
}

/** An input that may be left out, and then has a default. It is never null: null means the default, too. */
export function defaulting<T>(kind: Kind<T>, value: Literal, description: string): Field<T> & { required: false } {
  return { kind: kind as Kind<unknown>, description, required: false, nullable: false, default: value };
}

/**
 * An input that switches a part on by being an object and off by being null; on by default.
 * An object, as `count` may depend on whether it is null even where an ARN inside is not known yet.
 */
export function switchedOn<T extends object>(
  kind: Kind<T>,
  description: string,
): Field<T | null> & { required: false } {
  return { kind: kind as Kind<unknown>, description, required: false, nullable: true, default: {} };
}
