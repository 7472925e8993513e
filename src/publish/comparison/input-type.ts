import { below, type FindingInModule, finding } from "./finding";

/**
 * The type of an input.
 *
 * @see https://developer.hashicorp.com/terraform/language/expressions/type-constraints
 */
export type InputType =
  | { readonly form: "simple"; readonly name: string }
  | { readonly form: "collection"; readonly name: string; readonly item: InputType }
  | { readonly form: "object"; readonly attributes: Readonly<Record<string, Attribute>> }
  /** What is not read any further, as tuples are not. */
  | { readonly form: "other"; readonly text: string };

interface Attribute {
  readonly type: InputType;
  readonly isOptional: boolean;
  /** The text of its default; null where there is none. */
  readonly default: string | null;
}

/** Names, text in quotes, or a single character. */
const WORD = /\s*(?:([A-Za-z_][\w-]*)|("(?:[^"\\]|\\.)*")|([^\s]))/y;

/** Reads the text of a type. */
export function parseType(text: string): InputType {
  const words = wordsOf(text.replace(/(#|\/\/).*$/gm, ""));
  const { type, end } = readType(words, 0);
  return end === words.length ? type : { form: "other", text: words.join(" ") };
}

function wordsOf(text: string): readonly string[] {
  const words: string[] = [];
  WORD.lastIndex = 0;
  for (let match = WORD.exec(text); match !== null; match = WORD.exec(text)) {
    words.push(match[1] ?? match[2] ?? (match[3] as string));
  }
  return words;
}

interface ReadType {
  readonly type: InputType;
  /** Where what comes after it begins. */
  readonly end: number;
}

function readType(words: readonly string[], start: number): ReadType {
  const [name = "", opening, brace] = words.slice(start, start + 3);
  if (opening !== "(") {
    return { type: { form: "simple", name }, end: start + 1 };
  }
  if (["list", "set", "map"].includes(name)) {
    const item = readType(words, start + 2);
    return { type: { form: "collection", name, item: item.type }, end: item.end + 1 };
  }
  if (name === "object" && brace === "{") {
    return readObject(words, start + 3);
  }
  const end = endOf(words, start + 2, [")"]) + 1;
  return { type: { form: "other", text: words.slice(start, end).join(" ") }, end };
}

function readObject(words: readonly string[], start: number): ReadType {
  const attributes: Record<string, Attribute> = {};
  let at = start;
  while (at < words.length && words[at] !== "}") {
    if (words[at] === ",") {
      at++;
      continue;
    }
    const name = `${words[at]}`;
    // The name, and what stands between it and the type.
    const isOptional = words[at + 2] === "optional" && words[at + 3] === "(";
    const read = readType(words, isOptional ? at + 4 : at + 2);
    const close = isOptional ? endOf(words, read.end, [")"]) : read.end;
    const rest = words.slice(read.end + 1, close).join(" ");
    attributes[name] = { type: read.type, isOptional, default: rest === "" ? null : rest };
    at = isOptional ? close + 1 : close;
  }
  return { type: { form: "object", attributes }, end: at + 2 };
}

/** Where the first of some words stands that closes what is open. */
function endOf(words: readonly string[], start: number, closing: readonly string[]): number {
  let depth = 0;
  for (let at = start; at < words.length; at++) {
    const word = words[at] as string;
    if (depth === 0 && closing.includes(word)) {
      return at;
    }
    depth += "([{".includes(word) ? 1 : ")]}".includes(word) ? -1 : 0;
  }
  return words.length;
}

/** The text of a type, as people write it in one line. */
export function typeText(type: InputType): string {
  switch (type.form) {
    case "simple":
      return type.name;
    case "collection":
      return `${type.name}(${typeText(type.item)})`;
    case "object":
      return "object({…})";
    default:
      return type.text;
  }
}

/** What changed in the type of an input, for who gives values to it. */
export function typeChanges(earlier: InputType, later: InputType): readonly FindingInModule[] {
  if (earlier.form === "collection" && later.form === "collection" && earlier.name === later.name) {
    return below("[*]", typeChanges(earlier.item, later.item));
  }
  if (earlier.form === "object" && later.form === "object") {
    return attributeChanges(earlier.attributes, later.attributes);
  }
  if (JSON.stringify(earlier) === JSON.stringify(later)) {
    return [];
  }
  return typeText(later) === "any"
    ? [finding("minor", "", `takes values of any type; before ${typeText(earlier)}`)]
    : [
        finding(
          "major",
          "",
          `is of the type ${typeText(later)}; before ${typeText(earlier)}`,
          "Give it a value of that type.",
        ),
      ];
}

function attributeChanges(
  earlier: Readonly<Record<string, Attribute>>,
  later: Readonly<Record<string, Attribute>>,
): readonly FindingInModule[] {
  const gone = Object.keys(earlier)
    .filter((name) => !Object.hasOwn(later, name))
    .map((name) =>
      finding("major", `.${name}`, "was removed", "Take it out: Terraform drops it without a word where it is given."),
    );
  const changed = Object.entries(later).flatMap(([name, attribute]) => {
    const before = Object.hasOwn(earlier, name) ? earlier[name] : undefined;
    return below(`.${name}`, before === undefined ? [added(attribute)] : attributeChange(before, attribute));
  });
  return [...gone, ...changed];
}

function added({ isOptional }: Attribute): FindingInModule {
  return isOptional
    ? finding("minor", "", "was added, and may be left out")
    : finding("major", "", "was added, and must be given", "Give it a value.");
}

function attributeChange(before: Attribute, after: Attribute): readonly FindingInModule[] {
  const presence =
    before.isOptional === after.isOptional
      ? []
      : after.isOptional
        ? [finding("minor", "", "may be left out")]
        : [finding("major", "", "must be given", "Give it a value.")];
  const defaults =
    !before.isOptional || !after.isOptional || before.default === after.default
      ? []
      : [defaultChange("", before.default, after.default)];
  return [...presence, ...defaults, ...typeChanges(before.type, after.type)];
}

/** That what is taken where nothing is given is something else. */
export function defaultChange(path: string, before: string | null, after: string | null): FindingInModule {
  return finding(
    "major",
    path,
    `has the default ${after ?? "null"}; before ${before ?? "null"}`,
    `To keep what was, set it to ${before ?? "null"}.`,
  );
}
