import type { Literal } from "./expression";

/*
 * How Terraform counts, sorts and prints texts, where JavaScript would do it in another way.
 */

const segmenter = new Intl.Segmenter("en", { granularity: "grapheme" });

/** The number of characters as a person counts them, which is what Terraform's `length` returns. */
export function graphemes(value: string): number {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: one character each, but for CR LF, which is one
  if (/^[\0-\x0c\x0e-\x7f]*$/.test(value)) {
    return value.length;
  }
  return [...segmenter.segment(value)].length;
}

/** Sorts by code point, as Terraform does; JavaScript sorts by UTF-16 unit. */
export function byCodePoint(left: string, right: string): number {
  return Buffer.compare(Buffer.from(left), Buffer.from(right));
}

/** The text of a primitive inside another text. */
export function printed(value: string | number | boolean): string {
  return String(value);
}

const ESCAPED_IN_JSON: Record<string, string> = {
  "<": "\\u003c",
  ">": "\\u003e",
  "&": "\\u0026",
  "\u2028": "\\u2028",
  "\u2029": "\\u2029",
};

/** The JSON text of a literal as Terraform's `jsonencode` writes it: keys sorted, `<`, `>` and `&` escaped. */
export function jsonText(value: Literal): string {
  if (Array.isArray(value)) {
    return `[${value.map(jsonText).join(",")}]`;
  }
  if (typeof value === "object" && value !== null) {
    const entries = Object.entries(value).sort(([left], [right]) => byCodePoint(left, right));
    return `{${entries.map(([key, item]) => `${jsonText(key)}:${jsonText(item as Literal)}`).join(",")}}`;
  }
  return JSON.stringify(value).replace(/[<>&\u2028\u2029]/g, (character) => ESCAPED_IN_JSON[character] as string);
}
