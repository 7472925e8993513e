import type { Literal } from "../values";
import type { Field, Fields } from "./field";
import type { Kind } from "./kind";

/** A JSON schema, draft 2020-12. */
export type JsonSchema = { readonly [key: string]: Literal };

/** The schema of an object with these fields, for editors. */
export function fieldsSchema(fields: Fields, options: { readonly required?: boolean } = {}): JsonSchema {
  const required = Object.entries(fields).flatMap(([name, field]) => (field.required ? [name] : []));
  return {
    type: "object",
    additionalProperties: false,
    properties: Object.fromEntries(Object.entries(fields).map(([name, field]) => [name, fieldSchema(field)])),
    ...(options.required === false || required.length === 0 ? {} : { required }),
  };
}

/** The schema of one field: its kind, its description and its default. */
export function fieldSchema(field: Field<unknown>): JsonSchema {
  const described = { description: field.description, ...(field.required ? {} : { default: field.default }) };
  const schema = kindSchema(field.kind);
  return field.nullable ? { ...described, anyOf: [schema, { type: "null" }] } : { ...described, ...schema };
}

function kindSchema(kind: Kind<unknown>): JsonSchema {
  const [first, ...others] = kind.rules.flatMap(({ jsonSchema }) => (jsonSchema === undefined ? [] : [jsonSchema]));
  const rules: JsonSchema = { ...first, ...(others.length === 0 ? {} : { allOf: others }) };
  return { ...shapeSchema(kind), ...rules };
}

function shapeSchema(kind: Kind<unknown>): JsonSchema {
  const { shape } = kind;
  switch (shape.form) {
    case "text":
      return { type: "string" };
    case "boolean":
      return { type: "boolean" };
    case "number":
      return { type: "number" };
    case "list":
      return { type: "array", items: kindSchema(shape.item) };
    case "map":
      return {
        type: "object",
        propertyNames: kindSchema(shape.key),
        additionalProperties: kindSchema(shape.value),
      };
    case "object":
      return fieldsSchema(shape.fields);
  }
}
