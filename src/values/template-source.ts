/** A part of a template's source: a text with its escapes, or an expression or directive with its frame. */
export interface TemplatePart {
  readonly kind: "text" | "expression";
  readonly source: string;
}

/** What begins an expression or a directive, with the escapes that only look alike. */
const OPENING = /\$\$\{|%%\{|[$%]\{/g;

/**
 * The parts of a template's source, as cdktf resolves its tokens: `${aws_s3_bucket.logs.arn}/*`.
 */
export function templateParts(source: string): readonly TemplatePart[] {
  const parts: TemplatePart[] = [];
  let end = 0;
  for (const opening of source.matchAll(OPENING)) {
    if (opening[0].length > 2 || opening.index < end) {
      continue;
    }
    const close = closing(source, opening.index + 2);
    parts.push({ kind: "text", source: source.slice(end, opening.index) });
    parts.push({ kind: "expression", source: source.slice(opening.index, close) });
    end = close;
  }
  parts.push({ kind: "text", source: source.slice(end) });
  return parts.filter((part) => part.source !== "");
}

/** Where an expression ends whose brace was opened before `start`: after its closing brace. */
function closing(source: string, start: number): number {
  let depth = 1;
  let index = start;
  while (depth > 0 && index < source.length) {
    const character = source[index];
    index += 1;
    if (character === '"') {
      index = afterQuotes(source, index);
    } else if (character === "{") {
      depth += 1;
    } else if (character === "}") {
      depth -= 1;
    }
  }
  return index;
}

/** What may stand in a text in quotes: an escape, what begins an expression, the closing quote, or a character. */
const QUOTED = /\\.|\$\$\{|%%\{|[$%]\{|./sy;

/** Where a text in quotes ends that begins at `start`: after the closing quote. */
function afterQuotes(source: string, start: number): number {
  let index = start;
  while (index < source.length) {
    QUOTED.lastIndex = index;
    const [found] = QUOTED.exec(source) as unknown as [string];
    index += found.length;
    if (found === '"') {
      return index;
    }
    if (found === "${" || found === "%{") {
      index = closing(source, index);
    }
  }
  return index;
}

/** A text as it was before it became the source of a template: `$${` is what stands for `${`. */
export function withoutEscapes(source: string): string {
  return source.replace(/([$%])\1\{/g, "$1{");
}
