import type { Literal } from "../values";
import type { Field, Fields } from "./field";
import type { Kind } from "./kind";
import { isPlainObject } from "./props";

/** Values without those that are as by default, at any depth: what a person would write. In the order of the fields. */
export function withoutDefaults(
  fields: Fields,
  values: Readonly<Record<string, unknown>>,
): Readonly<Record<string, Literal>> {
  return Object.fromEntries(
    Object.entries(fields)
      .map(([name, field]) => [name, chosen(field.kind, values[name]), field] as const)
      .filter(([, value, field]) => value !== undefined && !isDefault(field, value))
      .map(([name, value]) => [name, value as Literal]),
  );
}

function isDefault(field: Field<unknown>, value: unknown): boolean {
  return !field.required && JSON.stringify(value) === JSON.stringify(chosen(field.kind, field.default));
}

function chosen({ shape }: Kind<unknown>, value: unknown): unknown {
  if (shape.form === "object" && isPlainObject(value)) {
    return withoutDefaults(shape.fields, value);
  }
  if (shape.form === "list" && Array.isArray(value)) {
    return value.map((item) => chosen(shape.item, item));
  }
  if (shape.form === "map" && isPlainObject(value)) {
    return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, chosen(shape.value, item)]));
  }
  return value;
}
