import type { JsonSchema } from "../../../src/inputs";

type Keyword = (argument: unknown, value: unknown, schema: JsonSchema) => boolean;

/** Whether a JSON schema accepts a value. Knows the keywords that the schema of configurations uses, and no others. */
export function accepts(root: JsonSchema, value: unknown): boolean {
  const holds = (schema: unknown, instance: unknown): boolean => {
    if (typeof schema === "boolean") {
      return schema;
    }
    return Object.entries(schema as JsonSchema).every(([name, argument]) => {
      const keyword = KEYWORDS[name];
      if (keyword === undefined) {
        throw new Error(`the keyword ${name} is not known here`);
      }
      return keyword(argument, instance, schema as JsonSchema);
    });
  };

  const anything: Keyword = () => true;
  const isObject = (instance: unknown): instance is Record<string, unknown> => typeOf(instance) === "object";
  const entriesOf = (instance: unknown): [string, unknown][] => (isObject(instance) ? Object.entries(instance) : []);
  const ofText =
    (isRight: (text: string, argument: unknown) => boolean): Keyword =>
    (argument, instance) =>
      typeof instance !== "string" || isRight(instance, argument);
  const ofNumber =
    (isRight: (given: number, limit: number) => boolean): Keyword =>
    (argument, instance) =>
      typeof instance !== "number" || isRight(instance, argument as number);

  const KEYWORDS: Readonly<Record<string, Keyword>> = {
    $schema: anything,
    $defs: anything,
    title: anything,
    description: anything,
    default: anything,
    examples: anything,
    $ref: (pointer, instance) => {
      const steps = String(pointer).slice("#/".length).split("/");
      const target = steps.reduce<unknown>((at, step) => (at as Record<string, unknown>)[step], root);
      return holds(target, instance);
    },
    type: (types, instance) =>
      [types].flat().some((type) => type === typeOf(instance) || (type === "integer" && Number.isInteger(instance))),
    enum: (choices, instance) => (choices as unknown[]).includes(instance),
    pattern: ofText((given, pattern) => new RegExp(pattern as string, "u").test(given)),
    minLength: ofText((given, least) => [...given].length >= (least as number)),
    maxLength: ofText((given, most) => [...given].length <= (most as number)),
    minimum: ofNumber((given, least) => given >= least),
    maximum: ofNumber((given, most) => given <= most),
    items: (item, instance) => !Array.isArray(instance) || instance.every((each) => holds(item, each)),
    required: (names, instance) =>
      !isObject(instance) || (names as string[]).every((name) => Object.hasOwn(instance, name)),
    properties: (properties, instance) =>
      entriesOf(instance).every(([name, each]) => {
        const known = properties as Record<string, unknown>;
        return !Object.hasOwn(known, name) || holds(known[name], each);
      }),
    additionalProperties: (additional, instance, schema) =>
      entriesOf(instance).every(
        ([name, each]) => Object.hasOwn((schema.properties ?? {}) as object, name) || holds(additional, each),
      ),
    propertyNames: (names, instance) => entriesOf(instance).every(([name]) => holds(names, name)),
    minProperties: (least, instance) => !isObject(instance) || Object.keys(instance).length >= (least as number),
    maxProperties: (most, instance) => !isObject(instance) || Object.keys(instance).length <= (most as number),
    anyOf: (schemas, instance) => (schemas as unknown[]).some((each) => holds(each, instance)),
    allOf: (schemas, instance) => (schemas as unknown[]).every((each) => holds(each, instance)),
    not: (other, instance) => !holds(other, instance),
    // biome-ignore lint/suspicious/noThenProperty: a keyword of JSON schema
    then: anything,
    if: (condition, instance, schema) => !holds(condition, instance) || holds(schema.then, instance),
  };
  return holds(root, value);
}

function typeOf(value: unknown): string {
  return value === null ? "null" : Array.isArray(value) ? "array" : typeof value;
}
