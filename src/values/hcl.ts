import { type Expression, isExpression, type Node, renderExpressionsWith, type TokenResolver } from "./expression";

/** How HCL is laid out. */
export interface HclOptions {
  /** Resolves the tokens of cdktf in the value. */
  readonly tokens?: TokenResolver;
  /** The column at which the text begins. Default: 0. */
  readonly column?: number;
  /** The indentation of the line in which the text begins. Default: 0. */
  readonly indent?: number;
  /** Lines longer than this are broken where the language allows it. Default: 120. */
  readonly width?: number;
}

const DEFAULT_WIDTH = 120;

/** An object with more attributes than this is never written in one line. */
const ATTRIBUTES_IN_ONE_LINE = 2;

/**
 * A value as HCL, laid out as `terraform fmt` wants it. Lines after the first are indented in full.
 */
export function hcl(value: unknown, options: HclOptions = {}): string {
  const indent = options.indent ?? 0;
  const printer = new Printer(options.width ?? DEFAULT_WIDTH, options.tokens);
  return printer.print(value, options.column ?? indent, indent);
}

/**
 * A value as the source of a template, as cdktf and Terraform's JSON want it: texts as they are, expressions in `${…}`.
 */
export function templateSource(value: unknown, tokens?: TokenResolver): string {
  if (!isExpression(value)) {
    return escapedTemplate(String(value));
  }
  const { node } = inner(value);
  if (node.kind === "template") {
    return node.parts
      .map((part, index) => {
        const source = templateSource(part, tokens);
        return isExpression(node.parts[index + 1]) ? source.replace(/\$$/, '${"$"}') : source;
      })
      .join("");
  }
  return `\${${new Printer(Number.POSITIVE_INFINITY, tokens).flat(value, Precedence.lowest)}}`;
}

renderExpressionsWith(templateSource);

/** How tightly the operators of HCL bind. */
const Precedence = { lowest: 0, conditional: 1, or: 2, and: 3, equality: 4, comparison: 5, unary: 6, primary: 7 };

function precedence(node: Node): number {
  switch (node.kind) {
    case "conditional":
      return Precedence.conditional;
    case "infix":
      switch (node.operator) {
        case "||":
          return Precedence.or;
        case "&&":
          return Precedence.and;
        case "==":
        case "!=":
          return Precedence.equality;
        default:
          return Precedence.comparison;
      }
    case "not":
      return Precedence.unary;
    case "raw":
      return Precedence.lowest;
    default:
      return Precedence.primary;
  }
}

/** A text in quotes, with everything escaped that HCL or its templates would read as something else. */
export function quoted(value: string): string {
  return `"${escapedQuotes(escapedTemplate(value))}"`;
}

function escapedQuotes(source: string): string {
  return (
    source
      .replace(/[\\"]/g, "\\$&")
      .replace(/\n/g, "\\n")
      .replace(/\r/g, "\\r")
      .replace(/\t/g, "\\t")
      // biome-ignore lint/suspicious/noControlCharactersInRegex: HCL has no other way to write them
      .replace(/[\0-\x1f\x7f-\x9f\u2028\u2029\ufeff]/g, (character) => {
        return `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`;
      })
  );
}

/** A literal text as the source of a template: `${` and `%{` would begin an expression there. */
export function escapedTemplate(value: string): string {
  return value.replace(/([$%])\{/g, "$1$1{");
}

const IDENTIFIER = /^[A-Za-z_][A-Za-z0-9_-]*$/;

function objectKey(key: string): string {
  return IDENTIFIER.test(key) && !["null", "true", "false", "for"].includes(key) ? key : quoted(key);
}

/** Whether a value is written with brackets that can stay open at the end of a line. */
function hugs(value: unknown): boolean {
  if (isExpression(value)) {
    const node = inner(value).node;
    return (node.kind === "call" && node.arguments.length > 0) || node.kind === "for";
  }
  return typeof value === "object" && value !== null && Object.keys(value).length > 0;
}

/** The expression without the marks that do not show. */
function inner(value: Expression<unknown>): Expression<unknown> {
  return value.node.kind === "after" && isExpression(value.node.value) ? inner(value.node.value) : value;
}

class Printer {
  constructor(
    private readonly width: number,
    private readonly tokens?: TokenResolver,
  ) {}

  /** The value from the column on: in one line where that is readable, else broken. */
  print(value: unknown, column: number, indent: number): string {
    const line = this.flat(value, Precedence.lowest);
    if (column + line.length <= this.width && !this.wantsLines(value)) {
      return line;
    }
    return this.broken(value, column, indent) ?? line;
  }

  /** Whether a value is easier to read in several lines even where one is wide enough. */
  private wantsLines(value: unknown): boolean {
    if (isExpression(value)) {
      const node = value.node;
      switch (node.kind) {
        case "after":
          return this.wantsLines(node.value);
        case "call":
          return node.arguments.some((argument) => this.wantsLines(argument));
        case "conditional":
          return this.wantsLines(node.whenTrue) || this.wantsLines(node.whenFalse);
        case "for":
          return this.wantsLines(node.collection) || this.wantsLines(node.body);
        default:
          return false;
      }
    }
    if (Array.isArray(value)) {
      return value.some((item) => this.wantsLines(item)) || value.filter(isComposite).length > 1;
    }
    if (typeof value === "object" && value !== null) {
      const items = Object.values(value);
      return items.length > ATTRIBUTES_IN_ONE_LINE || items.some((item) => this.wantsLines(item));
    }
    return false;
  }

  private broken(value: unknown, column: number, indent: number): string | undefined {
    if (isExpression(value)) {
      return this.brokenExpression(value.node, column, indent);
    }
    if (Array.isArray(value)) {
      return this.brokenList(value, indent);
    }
    if (typeof value === "object" && value !== null) {
      return this.brokenObject(value as Record<string, unknown>, indent);
    }
    return undefined;
  }

  private brokenList(items: readonly unknown[], indent: number): string | undefined {
    if (items.length === 0) {
      return undefined;
    }
    // One item that has brackets of its own shares the lines of the list's.
    if (items.length === 1 && hugs(items[0])) {
      return `[${this.print(items[0], indent + 1, indent)}]`;
    }
    const within = indent + 2;
    const lines = items.map((item) => `${" ".repeat(within)}${this.print(item, within, within)},`);
    return `[\n${lines.join("\n")}\n${" ".repeat(indent)}]`;
  }

  private brokenObject(object: Record<string, unknown>, indent: number): string | undefined {
    const entries = Object.entries(object);
    if (entries.length === 0) {
      return undefined;
    }
    const within = indent + 2;
    const lines = alignedAssignments(
      entries.map(([key, value]) => {
        const name = objectKey(key);
        return { name, text: this.print(value, within + name.length + 3, within) };
      }),
      within,
    );
    return `{\n${lines.join("\n")}\n${" ".repeat(indent)}}`;
  }

  private brokenExpression(node: Node, column: number, indent: number): string | undefined {
    switch (node.kind) {
      case "after":
        return this.print(node.value, column, indent);
      case "call":
        return this.brokenCall(node, indent);
      case "conditional":
        return this.brokenConditional(node, column, indent);
      case "for":
        return this.brokenFor(node, indent);
      case "infix":
        return node.operator === "&&" || node.operator === "||" ? this.brokenChain(node, indent) : undefined;
      default:
        return undefined;
    }
  }

  private brokenCall(node: Extract<Node, { kind: "call" }>, indent: number): string | undefined {
    if (node.arguments.length === 0) {
      return undefined;
    }
    if (node.arguments.length === 1 && hugs(node.arguments[0])) {
      return `${node.name}(${this.print(node.arguments[0], indent + node.name.length + 1, indent)})`;
    }
    const within = indent + 2;
    const lines = node.arguments.map((argument) => `${" ".repeat(within)}${this.print(argument, within, within)}`);
    return `${node.name}(\n${lines.join(",\n")}\n${" ".repeat(indent)})`;
  }

  private brokenConditional(node: Extract<Node, { kind: "conditional" }>, column: number, indent: number): string {
    const condition = this.flat(node.condition, Precedence.or);
    const whenTrue = this.flat(node.whenTrue, Precedence.or);
    const whenFalse = this.flat(node.whenFalse, Precedence.conditional);
    if (hugs(node.whenFalse) && column + condition.length + whenTrue.length + 8 <= this.width) {
      const start = `${condition} ? ${whenTrue} : `;
      return `${start}${this.print(node.whenFalse, column + start.length, indent)}`;
    }
    if (hugs(node.whenTrue) && column + condition.length + 8 <= this.width && !hugs(node.whenFalse)) {
      const start = `${condition} ? `;
      return `${start}${this.print(node.whenTrue, column + start.length, indent)} : ${whenFalse}`;
    }
    const within = indent + 2;
    const margin = " ".repeat(within);
    const lines = [
      this.print(node.condition, within, within),
      `? ${this.print(node.whenTrue, within + 2, within)}`,
      `: ${this.print(node.whenFalse, within + 2, within)}`,
    ];
    return `(\n${lines.map((line) => `${margin}${line}`).join("\n")}\n${" ".repeat(indent)})`;
  }

  private brokenChain(node: Extract<Node, { kind: "infix" }>, indent: number): string {
    const within = indent + 2;
    const operands = node.operands.map((operand) => {
      const own = isExpression(operand) ? precedence(inner(operand).node) : Precedence.primary;
      const line = this.flat(operand, precedence(node) + 1);
      if (own > precedence(node) || within + line.length <= this.width) {
        return own > precedence(node) ? this.print(operand, within, within) : line;
      }
      // What binds looser than the chain is in brackets of its own when it is broken.
      return this.broken(operand, within, within) ?? line;
    });
    const lines = operands.map((operand) => `${" ".repeat(within)}${operand}`);
    return `(\n${lines.join(` ${node.operator}\n`)}\n${" ".repeat(indent)})`;
  }

  private brokenFor(node: Extract<Node, { kind: "for" }>, indent: number): string {
    const within = indent + 2;
    const [open, close] = node.key === undefined ? "[]" : "{}";
    const margin = " ".repeat(within);
    const result =
      node.key === undefined
        ? this.print(node.body, within, within)
        : `${this.flat(node.key, Precedence.lowest)} => ${this.print(node.body, within, within)}`;
    const where = node.where === undefined ? "" : `\n${margin}if ${this.print(node.where, within + 3, within)}`;
    const collection = this.print(node.collection, within + 10, within);
    const head = `for ${node.variables.join(", ")} in ${collection} :`;
    return `${open}\n${margin}${head}\n${margin}${result}${where}\n${" ".repeat(indent)}${close}`;
  }

  /** The value in one line, in brackets where what stands around it binds tighter. */
  flat(value: unknown, around: number): string {
    if (isExpression(value)) {
      const node = value.node;
      const source = this.flatExpression(node, around);
      const transparent = node.kind === "after" || node.kind === "token";
      return !transparent && precedence(node) < around ? `(${source})` : source;
    }
    if (typeof value === "string") {
      return quoted(value);
    }
    if (Array.isArray(value)) {
      return `[${value.map((item) => this.flat(item, Precedence.lowest)).join(", ")}]`;
    }
    if (typeof value === "object" && value !== null) {
      const entries = Object.entries(value);
      if (entries.length === 0) {
        return "{}";
      }
      return `{ ${entries.map(([key, item]) => `${objectKey(key)} = ${this.flat(item, Precedence.lowest)}`).join(", ")} }`;
    }
    return String(value);
  }

  private flatExpression(node: Node, around: number): string {
    switch (node.kind) {
      case "reference":
        return node.path;
      case "raw":
        return node.source;
      case "token":
        return this.tokenSource(node.token);
      case "after":
        return this.flat(node.value, around);
      case "attribute":
        return `${this.flat(node.of, Precedence.primary)}.${node.name}`;
      case "splat":
        return `${this.flat(node.of, Precedence.primary)}[*].${node.name}`;
      case "call":
        return `${node.name}(${node.arguments.map((argument) => this.flat(argument, Precedence.lowest)).join(", ")})`;
      case "infix":
        return node.operands.map((operand) => this.flat(operand, precedence(node) + 1)).join(` ${node.operator} `);
      case "not":
        return `!${this.flat(node.operand, Precedence.unary)}`;
      case "conditional":
        return [
          this.flat(node.condition, Precedence.or),
          "?",
          this.flat(node.whenTrue, Precedence.or),
          ":",
          this.flat(node.whenFalse, Precedence.conditional),
        ].join(" ");
      case "for": {
        const [open, close] = node.key === undefined ? "[]" : "{}";
        const key = node.key === undefined ? "" : `${this.flat(node.key, Precedence.lowest)} => `;
        const where = node.where === undefined ? "" : ` if ${this.flat(node.where, Precedence.lowest)}`;
        const collection = this.flat(node.collection, Precedence.or);
        const body = this.flat(node.body, Precedence.lowest);
        const source = `for ${node.variables.join(", ")} in ${collection} : ${key}${body}${where}`;
        return node.key === undefined ? `${open}${source}${close}` : `${open} ${source} ${close}`;
      }
      case "template":
        return `"${node.parts.map((part, index) => this.templatePart(part, index + 1 < node.parts.length)).join("")}"`;
    }
  }

  private templatePart(part: unknown, followed: boolean): string {
    if (isExpression(part)) {
      return `\${${this.flat(part, Precedence.lowest)}}`;
    }
    const source = escapedQuotes(escapedTemplate(String(part)));
    // A dollar sign before an expression would read as the escape of its brace.
    return followed ? source.replace(/\$$/, '${"$"}') : source;
  }

  /** The source of a token of cdktf: `${aws_s3_bucket.log_bucket.bucket}` without its frame. */
  private tokenSource(token: unknown): string {
    if (this.tokens === undefined) {
      throw new Error("a token of cdktf can be written only where cdktf resolves it");
    }
    const resolved = this.tokens.resolve(token);
    if (typeof resolved !== "string") {
      return this.flat(resolved, Precedence.lowest);
    }
    const framed = /^\$\{(.*)\}$/s.exec(resolved);
    return framed !== null && !framed[1]?.includes("${") ? (framed[1] as string) : `"${escapedQuotes(resolved)}"`;
  }
}

function isComposite(value: unknown): boolean {
  return typeof value === "object" && value !== null && !isExpression(value);
}

/** One assignment of a block or an object: its name and its value, which may have several lines. */
export interface Assignment {
  readonly name: string;
  readonly text: string;
}

/** `terraform fmt` aligns values of one line, and the beginnings of documents. */
function isAligned({ text }: Assignment): boolean {
  return !text.includes("\n") || text.startsWith("<<");
}

/** Assignments one a line; the equal signs of neighbours that take one line each are aligned. */
export function alignedAssignments(assignments: readonly Assignment[], indent: number): readonly string[] {
  const lines: string[] = [];
  let start = 0;
  while (start < assignments.length) {
    let end = start;
    while (end < assignments.length && isAligned(assignments[end] as Assignment)) {
      end += 1;
    }
    const aligned = assignments.slice(start, end);
    const longest = Math.max(0, ...aligned.map(({ name }) => name.length));
    for (const { name, text } of aligned) {
      lines.push(`${" ".repeat(indent)}${name.padEnd(longest)} = ${text}`);
    }
    const multiline = assignments[end];
    if (multiline !== undefined) {
      lines.push(`${" ".repeat(indent)}${multiline.name} = ${multiline.text}`);
    }
    start = end + 1;
  }
  return lines;
}
