/** A value as `@cdktf/hcl2json` has it, and Terraform's JSON syntax: expressions are text with `${…}`. */
export type Value = unknown;

/** What stands in a block: arguments and blocks by name. */
export type Body = Readonly<Record<string, Value>>;

/**
 * Parses Terraform's native syntax, or its JSON syntax in a file whose name says so.
 *
 * @throws Error with what is wrong
 */
export async function parseBody(name: string, text: string): Promise<Body> {
  if (name.endsWith(".json")) {
    return Object(JSON.parse(text)) as Body;
  }
  // Loaded where it is needed alone, as that takes a while.
  const { parse } = await import("@cdktf/hcl2json");
  return (await parse(name, text)) as Body;
}

/** The blocks of a name: JSON may have one by itself, or several in a list. */
export function blocksOf(value: Value): readonly Body[] {
  return (Array.isArray(value) ? value : value === undefined ? [] : [value]).map((each) => Object(each) as Body);
}
