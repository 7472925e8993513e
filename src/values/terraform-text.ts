import type { Literal } from "./expression";

/*
 * How Terraform reads, counts, sorts and prints texts and numbers, where JavaScript would do it in another way.
 */

/** A text as Terraform reads it: composed (NFC), with a replacement character for each half of a surrogate pair. */
export function normalized(value: string): string {
  return value.toWellFormed().normalize("NFC");
}

const segmenter = new Intl.Segmenter("en", { granularity: "grapheme" });

/**
 * A letter that Unicode 15.1 and later join to the one before it (a conjunct of an Indic script). Terraform counts by
 * Unicode 15.0; before 15.1, no letter followed a mark or a joiner in the same character.
 */
const JOINED_LETTER = /[\p{M}\u200c\u200d]\p{Lo}/gu;

/** The number of characters as a person counts them, which is what Terraform's `length` returns. */
export function graphemes(value: string): number {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: one character each, but for CR LF, which is one
  if (/^[\0-\x0c\x0e-\x7f]*$/.test(value)) {
    return value.length;
  }
  let count = 0;
  // Terraform lets nothing join the replacement character, as if it were a control character.
  for (const { segment } of segmenter.segment(normalized(value).replaceAll("\ufffd", "\0"))) {
    count += 1 + (segment.match(JOINED_LETTER)?.length ?? 0);
  }
  return count;
}

/** Sorts by code point, as Terraform does; JavaScript sorts by UTF-16 unit. */
export function byCodePoint(left: string, right: string): number {
  return Buffer.compare(Buffer.from(normalized(left)), Buffer.from(normalized(right)));
}

/** A number in decimals: Terraform never prints an exponent. */
export function printedNumber(value: number): string {
  if (!Number.isFinite(value)) {
    throw new Error(`${value} is no number to Terraform`);
  }
  const [mantissa, exponent] = String(value).split("e") as [string, string?];
  if (exponent === undefined) {
    return mantissa;
  }
  const sign = value < 0 ? "-" : "";
  const digits = mantissa.replace(/[-.]/g, "");
  const power = Number(exponent);
  return power > 0 ? `${sign}${digits.padEnd(power + 1, "0")}` : `${sign}0.${"0".repeat(-power - 1)}${digits}`;
}

/** The text of a primitive inside another text. */
export function printed(value: unknown): string {
  switch (typeof value) {
    case "string":
      return value;
    case "number":
      return printedNumber(value);
    case "boolean":
      return String(value);
    default:
      throw new Error(`a text cannot hold ${value === null ? "null" : "a list or an object"}`);
  }
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
  if (typeof value === "number") {
    return printedNumber(value);
  }
  return typeof value === "string"
    ? JSON.stringify(normalized(value)).replace(
        /[<>&\u2028\u2029]/g,
        (character) => ESCAPED_IN_JSON[character] as string,
      )
    : String(value);
}
