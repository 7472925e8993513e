/** The smallest part of a pattern that means something; a text in quotes without them. */
export interface Token {
  readonly kind: "selector" | "symbol" | "quoted" | "regex" | "number" | "word" | "end";
  readonly value: string;
  readonly start: number;
}

const TOKEN = new RegExp(
  [
    /(?<selector>\$(?:\.(?:[\w-]+|\*|\['[^']+'\])(?:\[(?:\d+|\*)\])*)+)/,
    /(?<symbol>&&|\|\||!=|<=|>=|[=<>(){}])/,
    /"(?<quoted>(?:\\.|[^"\\])*)"/,
    // The characters that AWS lists: parentheses and blanks are not among them.
    /%(?<regex>[\w#=@/;,:^$?[\]{}|\\*+.-]+)%/,
    /(?<number>[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?)(?![\w.*])/,
    // AWS asks for quotes around more than letters, digits and underscores, and itself writes 123.123.* without.
    /(?<word>[\w.*]+)/,
  ]
    .map((alternative) => alternative.source)
    .join("|"),
  "y",
);

/** @throws Error where there is what is no token */
export function tokensOf(pattern: string): readonly Token[] {
  const tokens: Token[] = [];
  let start = afterBlanks(pattern, 0);
  while (start < pattern.length) {
    TOKEN.lastIndex = start;
    const groups = TOKEN.exec(pattern)?.groups ?? {};
    const [kind, value] = Object.entries(groups).find(([, text]) => text !== undefined) ?? [];
    if (value === undefined) {
      return fail(pattern, "a selector, an operator or a value", start);
    }
    tokens.push({ kind: kind as Token["kind"], value: kind === "quoted" ? unescaped(value) : value, start });
    start = afterBlanks(pattern, TOKEN.lastIndex);
  }
  return tokens;
}

/** Says that a pattern should have something else at `start`. */
export function fail(pattern: string, expected: string, start: number): never {
  const found = pattern.slice(start) || "the end";
  throw new Error(`Filter pattern ${pattern}: expected ${expected} at character ${start + 1}, found ${found}`);
}

function afterBlanks(pattern: string, start: number): number {
  return start + pattern.slice(start).search(/\S|$/);
}

function unescaped(quoted: string): string {
  return quoted.replace(/\\(.)/gs, "$1");
}
