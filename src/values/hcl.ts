import {
  Expression,
  isExpression,
  type Node,
  renderExpressionsWith,
  type Surroundings,
  type TokenResolver,
} from "./expression";
import { templateParts } from "./template-source";
import { graphemes, printedNumber } from "./terraform-text";

/** How HCL is laid out. */
export interface HclOptions {
  /** Resolves the tokens of cdktf in the value. */
  readonly tokens?: TokenResolver;
  /** The column at which the text begins. Default: that of `indent`. */
  readonly column?: number;
  /** The indentation of the line in which the text begins. Default: 0. */
  readonly indent?: number;
  /** Lines longer than this are broken where the language allows it. Default: 120. */
  readonly width?: number;
}

const DEFAULT_WIDTH = 120;

/** A text of so many characters is never broken: its place may take no expression, such as a version. */
const SHORT_TEXT = 60;

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
 * Within an expression, as what it is in Terraform's language.
 */
export function templateSource(
  value: unknown,
  tokens?: TokenResolver,
  surroundings: Surroundings = "template",
): string {
  const visible = withoutMarks(value);
  if (surroundings === "expression") {
    return new Printer(Number.POSITIVE_INFINITY, tokens).flat(visible);
  }
  if (typeof visible === "string") {
    return escapedTemplate(visible);
  }
  const printer = new Printer(Number.POSITIVE_INFINITY, tokens);
  return isExpression(visible) && visible.node.kind === "template"
    ? printer.template(visible.node.parts, escapedTemplate)
    : `\${${printer.flat(visible)}}`;
}

renderExpressionsWith(templateSource);

/** How tightly the operators of HCL bind. */
const Precedence = {
  lowest: 0,
  conditional: 1,
  or: 2,
  and: 3,
  equality: 4,
  comparison: 5,
  sum: 6,
  product: 7,
  unary: 8,
  primary: 9,
};

/** A node that shows in what is written. */
type VisibleNode = Exclude<Node, { kind: "after" }>;

function precedence(node: VisibleNode): number {
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
        case "+":
          return Precedence.sum;
        case "%":
          return Precedence.product;
        default:
          return Precedence.comparison;
      }
    case "not":
      return Precedence.unary;
    case "raw":
      return sourcePrecedence(node.source);
    default:
      return Precedence.primary;
  }
}

/** Of an expression that others wrote, only a name with its attributes and indexes is known to bind tightly. */
function sourcePrecedence(source: string): number {
  return /^[A-Za-z_][\w-]*(?:\.[\w*-]+|\[[\w*"-]+\])*$/.test(source) ? Precedence.primary : Precedence.lowest;
}

/** A text in quotes, with everything escaped that HCL or its templates would read as something else. */
export function quoted(value: string): string {
  return `"${quotedText(value)}"`;
}

function quotedText(value: string): string {
  return escapedQuotes(escapedTemplate(value));
}

/** A template in quotes, of its source: what stands outside of expressions is escaped. */
export function quotedTemplate(source: string): string {
  return `"${templateParts(source)
    .map((part) => (part.kind === "text" ? escapedQuotes(part.source) : part.source))
    .join("")}"`;
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

/** A mark that a token of cdktf leaves in a JavaScript string. */
export const TOKEN_MARK = /[$#&]\{TfToken\[/;

/**
 * A literal text as the source of a template: `${` and `%{` would begin an expression there.
 *
 * @throws Error where a token of cdktf is in the text, which would be written as a mere text
 */
export function escapedTemplate(value: string): string {
  if (TOKEN_MARK.test(value)) {
    throw new Error(
      "a token of cdktf is no value of a component: place what it is of with resource(…), and use .attribute(name) of that",
    );
  }
  return value.replace(/([$%])\{/g, "$1$1{");
}

const IDENTIFIER = /^[A-Za-z_][A-Za-z0-9_-]*$/;

function objectKey(key: string): string {
  return IDENTIFIER.test(key) && !["null", "true", "false", "for"].includes(key) ? key : quoted(key);
}

/** The way from an object to one of its attributes. */
function access(name: string): string {
  return IDENTIFIER.test(name) ? `.${name}` : `[${quoted(name)}]`;
}

/** Whether a value is written with brackets that can stay open at the end of a line. */
function hugs(value: unknown): boolean {
  const visible = withoutMarks(value);
  if (isExpression(visible)) {
    const { node } = visible;
    return (node.kind === "call" && node.arguments.length > 0) || node.kind === "for";
  }
  return typeof visible === "object" && visible !== null && Object.keys(visible).length > 0;
}

/** The value without the marks that do not show. */
function withoutMarks(value: unknown): unknown {
  return isExpression(value) && value.node.kind === "after" ? withoutMarks(value.node.value) : value;
}

/** `terraform fmt` takes a sign after a word or an arrow for a subtraction, and puts a space after it. */
function signed(source: string): string {
  return source.startsWith("-") ? `(${source})` : source;
}

/** `terraform fmt` takes a word before a bracket for the name of a function. */
function afterWord(word: string, source: string): string {
  return source.startsWith("(") ? `${word}${source}` : `${word} ${source}`;
}

type NodeOf<Kind extends Node["kind"]> = Extract<Node, { kind: Kind }>;

class Printer {
  constructor(
    private readonly width: number,
    private readonly tokens?: TokenResolver,
  ) {}

  /**
   * The value from the column on: in one line where that is readable, else broken.
   *
   * @param around how tightly binds what stands around it
   */
  print(value: unknown, column: number, indent: number, around = Precedence.lowest): string {
    const line = this.flat(value, around);
    return column + line.length <= this.width && !this.wantsLines(value)
      ? line
      : this.broken(value, column, indent, around);
  }

  /** Whether a value is easier to read in several lines even where one is wide enough. */
  private wantsLines(value: unknown): boolean {
    const visible = withoutMarks(value);
    if (isExpression(visible)) {
      return this.nodeWantsLines(visible.node);
    }
    if (!isComposite(visible)) {
      return false;
    }
    const items: readonly unknown[] = Object.values(visible);
    const several = Array.isArray(visible)
      ? items.filter(isComposite).length > 1
      : items.length > ATTRIBUTES_IN_ONE_LINE;
    return several || items.some((item) => this.wantsLines(item));
  }

  private nodeWantsLines(node: Node): boolean {
    switch (node.kind) {
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

  /** The value in several lines, where it has brackets to break it in, or may be put in brackets. */
  private broken(value: unknown, column: number, indent: number, around: number): string {
    if (hugs(value)) {
      return this.inBrackets(value, indent);
    }
    const visible = withoutMarks(value);
    const node = isExpression(visible) ? visible.node : undefined;
    switch (node?.kind) {
      case "conditional":
        return (
          (around > Precedence.conditional ? undefined : this.openConditional(node, column, indent)) ??
          this.conditionalOfLines(node, indent)
        );
      case "not":
        return `!${this.broken(node.operand, column, indent, Precedence.unary)}`;
      case "infix":
        return node.operator === "&&" || node.operator === "||"
          ? this.brokenChain(node, indent)
          : this.brokenComparison(node, indent, around);
      case "template":
        return this.brokenText(node.parts, indent) ?? this.flat(visible, around);
      case undefined:
        return (typeof visible === "string" ? this.brokenText([visible], indent) : undefined) ?? this.flat(visible);
      default:
        return this.flat(visible, around);
    }
  }

  /** A text that is too long for a line, as one that is joined of lines; undefined where it has no spaces. */
  private brokenText(parts: readonly unknown[], indent: number): string | undefined {
    const [first, ...words] = wordsOf(parts);
    if (first === undefined || this.flatText(parts).length <= SHORT_TEXT) {
      return undefined;
    }
    const within = indent + INDENT;
    if (words.length === 0) {
      const [only] = first;
      return first.length === 1 && typeof only === "string" ? this.brokenWord(only, indent) : undefined;
    }
    const fits = (line: Word): boolean => within + this.flatText(line).length + ",".length <= this.width;
    if (![first, ...words].every((word) => fits(word) || word.length > 1 || alternativesOf(word).length === 1)) {
      return this.brokenAtAlternatives([first, ...words], fits, indent);
    }
    const lines: Word[] = [first];
    for (const word of words) {
      const longer = [...(lines.at(-1) as Word), " ", ...word];
      if (fits(longer)) {
        lines[lines.length - 1] = longer;
      } else {
        lines.push(word);
      }
    }
    const items = lines.map((line) => {
      const [only] = line;
      return line.length === 1 && isExpression(only) ? this.print(only, within, within) : this.flatText(line);
    });
    return lines.length === 1
      ? `(\n${margin(within)}${items[0]}\n${margin(indent)})`
      : `join(" ", [\n${items.map((item) => `${margin(within)}${item},\n`).join("")}${margin(indent)}])`;
  }

  /** A text some of whose words are too long for a line: these are broken at their `||`, and spaces end the lines. */
  private brokenAtAlternatives(words: readonly Word[], fits: (line: Word) => boolean, indent: number): string {
    const pieces = words.flatMap((word, index) => {
      const parts: readonly Word[] = fits(word) ? [word] : alternativesOf(word);
      const last = parts.length - 1;
      return index === words.length - 1 ? parts : parts.map((part, place) => (place === last ? [...part, " "] : part));
    });
    const lines: Word[] = [];
    for (const piece of pieces) {
      const longer = [...(lines.at(-1) ?? []), ...piece];
      if (lines.length > 0 && fits(longer)) {
        lines[lines.length - 1] = longer;
      } else {
        lines.push(piece);
      }
    }
    const within = margin(indent + INDENT);
    return `join("", [\n${lines.map((line) => `${within}${this.flatText(line)},\n`).join("")}${margin(indent)}])`;
  }

  /** A text without spaces that is too long for a line. */
  private brokenWord(word: string, indent: number): string | undefined {
    const within = indent + INDENT;
    const alternatives = alternativesOf([word]);
    if (alternatives.length > 1) {
      const fits = (line: Word): boolean => within + this.flatText(line).length + ",".length <= this.width;
      return this.brokenAtAlternatives([[word]], fits, indent);
    }
    const pieces = word.match(/[\s\S]{1,80}/gu) ?? [];
    return pieces.length < 2
      ? undefined
      : `join("", [\n${pieces.map((piece) => `${margin(within)}${quoted(piece)},\n`).join("")}${margin(indent)}])`;
  }

  private flatText(parts: Word): string {
    const whole: unknown[] = [];
    for (const part of parts) {
      const last = whole.at(-1);
      if (typeof part === "string" && typeof last === "string") {
        whole[whole.length - 1] = last + part;
      } else {
        whole.push(part);
      }
    }
    return `"${this.template(whole, quotedText)}"`;
  }

  /** A value that hugs its brackets, broken in these. */
  private inBrackets(value: unknown, indent: number): string {
    const visible = withoutMarks(value);
    if (isExpression(visible)) {
      return visible.node.kind === "for"
        ? this.brokenFor(visible.node, indent)
        : this.brokenCall(visible.node as NodeOf<"call">, indent);
    }
    return Array.isArray(visible)
      ? this.brokenList(visible, indent)
      : this.brokenObject(visible as Record<string, unknown>, indent);
  }

  private brokenList(items: readonly unknown[], indent: number): string {
    // One item that has brackets of its own shares the lines of the list's.
    if (items.length === 1 && hugs(items[0])) {
      return `[${this.inBrackets(items[0], indent)}]`;
    }
    const within = indent + INDENT;
    const lines = items.map((item) => `${margin(within)}${this.print(item, within, within)},\n`);
    return `[\n${lines.join("")}${margin(indent)}]`;
  }

  private brokenObject(object: Record<string, unknown>, indent: number): string {
    const within = indent + INDENT;
    const lines = printedAssignments(
      Object.entries(object).map(([key, value]) => ({
        name: objectKey(key),
        print: (column) => this.print(value, column, within),
      })),
      within,
      this.width,
    );
    return `{\n${lines.join("\n")}\n${margin(indent)}}`;
  }

  private brokenCall(node: NodeOf<"call">, indent: number): string {
    if (node.arguments.length === 1 && hugs(node.arguments[0])) {
      return `${node.name}(${this.inBrackets(node.arguments[0], indent)})`;
    }
    const within = indent + INDENT;
    const lines = node.arguments.map((argument) => `${margin(within)}${this.print(argument, within, within)}`);
    return `${node.name}(\n${lines.join(",\n")}\n${margin(indent)})`;
  }

  /** A conditional one of whose results is broken in its own brackets, where that can be read. */
  private openConditional(node: NodeOf<"conditional">, column: number, indent: number): string | undefined {
    if ([node.whenTrue, node.whenFalse].some((value) => this.isShortCall(value, indent))) {
      return undefined;
    }
    const condition = `${this.flat(node.condition, Precedence.or)} ? `;
    if (hugs(node.whenFalse)) {
      const before = `${condition}${this.flat(node.whenTrue, Precedence.or)} : `;
      return this.wantsLines(node.whenTrue) ? undefined : this.open(before, node.whenFalse, "", column, indent);
    }
    const after = ` : ${this.flat(node.whenFalse, Precedence.conditional)}`;
    return hugs(node.whenTrue) ? this.open(condition, node.whenTrue, after, column, indent) : undefined;
  }

  /** Whether a value is a call that fits into a line of its own. */
  private isShortCall(value: unknown, indent: number): boolean {
    const visible = withoutMarks(value);
    return (
      isExpression(visible) &&
      visible.node.kind === "call" &&
      !this.wantsLines(visible) &&
      indent + INDENT + "? ".length + this.flat(visible).length <= this.width
    );
  }

  /** A value that is broken between two sources, where these fit. */
  private open(before: string, value: unknown, after: string, column: number, indent: number): string | undefined {
    const source = `${before}${this.inBrackets(value, indent)}${after}`;
    return this.fits(source, column) && !before.includes(ASSIGNMENT) ? source : undefined;
  }

  /** Whether the first and the last of the lines, which have more in them than what was broken, are not too long. */
  private fits(source: string, column: number): boolean {
    const lines = source.split("\n");
    return column + (lines[0] as string).length <= this.width && (lines.at(-1) as string).length <= this.width;
  }

  private conditionalOfLines(node: NodeOf<"conditional">, indent: number): string {
    const within = indent + INDENT;
    const lines = [
      this.print(node.condition, within, within, Precedence.or),
      `? ${this.print(node.whenTrue, within + "? ".length, within, Precedence.or)}`,
      `: ${this.print(node.whenFalse, within + ": ".length, within, Precedence.conditional)}`,
    ];
    return `(\n${lines.map((line) => `${margin(within)}${line}\n`).join("")}${margin(indent)})`;
  }

  private brokenChain(node: NodeOf<"infix">, indent: number): string {
    const within = indent + INDENT;
    const lines = node.operands.map(
      (operand) => `${margin(within)}${this.print(operand, within, within, precedence(node) + 1)}`,
    );
    return `(\n${lines.join(` ${node.operator}\n`)}\n${margin(indent)})`;
  }

  /** A comparison, its first operand broken in its own brackets where it has some. */
  private brokenComparison(node: NodeOf<"infix">, indent: number, around: number): string {
    const [left, ...others] = node.operands;
    const tightness = precedence(node);
    if (others.length !== 1 || !hugs(left) || tightness < around) {
      return this.flat(new Expression(node), around);
    }
    const source = `${this.inBrackets(left, indent)} ${node.operator} ${this.flat(others[0], tightness + 1)}`;
    // `terraform fmt` would not leave a second pair of brackets that opens where the first one closes.
    return this.fits(source, 0) ? source : this.brokenChain(node, indent);
  }

  private brokenFor(node: NodeOf<"for">, indent: number): string {
    const within = indent + INDENT;
    const [open, close] = node.key === undefined ? "[]" : "{}";
    const parts = this.partsOfFor(node, (value, before, around) =>
      this.print(value, within + before.length, within, around),
    );
    return `${open}\n${parts.map((part) => `${margin(within)}${part}\n`).join("")}${margin(indent)}${close}`;
  }

  /** The head of a loop, its result, and its condition where it has one. */
  private partsOfFor(
    node: NodeOf<"for">,
    print: (value: unknown, before: string, around?: number) => string,
  ): readonly string[] {
    const start = `for ${node.variables.join(", ")} in`;
    const parts = [`${afterWord(start, print(node.collection, `${start} `, Precedence.or))} :`];
    if (node.key === undefined) {
      parts.push(print(node.body, ""));
    } else {
      const key = `${this.flat(node.key)} => `;
      parts.push(`${key}${signed(print(node.body, key))}`);
    }
    if (node.where !== undefined) {
      parts.push(afterWord("if", signed(print(node.where, "if "))));
    }
    return parts;
  }

  /** The value in one line, in brackets where what stands around it binds tighter. */
  flat(value: unknown, around = Precedence.lowest): string {
    const visible = withoutMarks(value);
    if (isExpression(visible)) {
      const node = visible.node as VisibleNode;
      const source = this.flatNode(node, around);
      return precedence(node) < around ? `(${source})` : source;
    }
    switch (typeof visible) {
      case "string":
        return quoted(visible);
      case "number":
        return printedNumber(visible);
      case "boolean":
        return String(visible);
      case "object":
        return this.flatComposite(visible);
      default:
        throw new Error(`${typeof visible} is no value to Terraform`);
    }
  }

  private flatComposite(value: object | null): string {
    if (value === null) {
      return "null";
    }
    if (Array.isArray(value)) {
      return `[${value.map((item) => this.flat(item)).join(", ")}]`;
    }
    const entries = Object.entries(value).map(([key, item]) => `${objectKey(key)} = ${this.flat(item)}`);
    return entries.length === 0 ? "{}" : `{ ${entries.join(", ")} }`;
  }

  private flatNode(node: VisibleNode, around: number): string {
    switch (node.kind) {
      case "reference":
        return node.path;
      case "raw":
        return node.source;
      case "token":
        return this.tokenSource(node.token, around);
      case "attribute":
        return `${this.flat(node.of, Precedence.primary)}${access(node.name)}`;
      case "instance":
        return `${this.flat(node.of, Precedence.primary)}[${this.flat(node.key ?? 0)}]${access(node.name)}`;
      case "call":
        return `${node.name}(${node.arguments.map((argument) => this.flat(argument)).join(", ")})`;
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
      case "for":
        return this.flatFor(node);
      case "template":
        return `"${this.template(node.parts, quotedText)}"`;
    }
  }

  private flatFor(node: NodeOf<"for">): string {
    const source = this.partsOfFor(node, (value, _before, around) => this.flat(value, around)).join(" ");
    return node.key === undefined ? `[${source}]` : `{ ${source} }`;
  }

  /** The parts of a template; never two texts one after the other. */
  template(parts: readonly unknown[], escaped: (text: string) => string): string {
    const sources = parts.map((part, index) => {
      if (isExpression(part)) {
        return `\${${signed(this.flat(part))}}`;
      }
      const source = escaped(part as string);
      // A dollar sign before an expression would read as the escape of its brace.
      return index + 1 < parts.length ? source.replace(/\$+$/, '${"$&"}') : source;
    });
    return sources.join("");
  }

  /** The source of a token of cdktf: `${aws_s3_bucket.log_bucket.bucket}` without its frame. */
  private tokenSource(token: unknown, around: number): string {
    if (this.tokens === undefined) {
      throw new Error("a token of cdktf can be written only where cdktf resolves it");
    }
    const resolved = this.tokens.resolve(token);
    if (typeof resolved !== "string") {
      return this.flat(resolved, around);
    }
    const parts = templateParts(resolved);
    const [only] = parts;
    if (parts.length === 1 && only?.kind === "expression") {
      const source = only.source.slice("${".length, -"}".length);
      return sourcePrecedence(source) < around ? `(${source})` : source;
    }
    return quotedTemplate(resolved);
  }
}

/** What stands between two spaces of a text: texts and expressions. */
type Word = readonly unknown[];

/** The words of a text that is made of texts and expressions. */
function wordsOf(parts: readonly unknown[]): readonly Word[] {
  const words: unknown[][] = [[]];
  for (const part of parts) {
    const pieces = typeof part === "string" ? part.split(" ") : [part];
    pieces.forEach((piece, index) => {
      if (index > 0) {
        words.push([]);
      }
      if (piece !== "") {
        (words.at(-1) as unknown[]).push(piece);
      }
    });
  }
  return words;
}

/** The parts of a word that end in `||`, as patterns of CloudWatch Logs that CIS writes without spaces have them. */
function alternativesOf(word: Word): readonly Word[] {
  return word.flatMap((part): Word[] =>
    typeof part === "string" ? part.split(/(?<=\|\|)/).map((alternative) => [alternative]) : [[part]],
  );
}

/** What `terraform fmt` would align with the lines below: also within an object that is closed before they begin. */
const ASSIGNMENT = " = ";

/** The indentation of one level. */
const INDENT = 2;

function margin(indent: number): string {
  return " ".repeat(indent);
}

/** A list or an object whose shape is known. */
function isComposite(value: unknown): value is object {
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

/**
 * The columns that `terraform fmt` counts for a name: a character each. It counts token by token, and in a text a token
 * ends after a quote, a dollar or percent sign, and their escapes; an accent that follows them has its own column.
 */
function columns(name: string): number {
  if (!name.startsWith('"')) {
    return name.length;
  }
  const tokens = name.slice(1, -1).split(/(?<=[$%]|\$\$\{|%%\{)/);
  return tokens.reduce((sum, each) => sum + graphemes(each), '""'.length);
}

/** An assignment whose value is laid out once it is known at which column it begins. */
export interface OpenAssignment {
  readonly name: string;
  print(column: number): string;
}

/** Assignments, aligned, with values broken that would be too long behind the aligned equal signs. */
export function printedAssignments(
  assignments: readonly OpenAssignment[],
  indent: number,
  width = DEFAULT_WIDTH,
): readonly string[] {
  const columnAfter = (length: number): number => indent + length + " = ".length;
  const printed = assignments.map(({ name, print }) => ({ name, text: print(columnAfter(columns(name))) }));
  const longest = Math.max(0, ...printed.filter(isAligned).map(({ name }) => columns(name)));
  const isTooLong = ({ text }: Assignment): boolean =>
    !text.includes("\n") && columnAfter(longest) + text.length > width;
  return alignedAssignments(
    printed.map((each, index) =>
      isTooLong(each) ? { ...each, text: (assignments[index] as OpenAssignment).print(columnAfter(longest)) } : each,
    ),
    indent,
  );
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
    const longest = Math.max(0, ...aligned.map(({ name }) => columns(name)));
    for (const { name, text } of aligned) {
      lines.push(`${" ".repeat(indent)}${name}${" ".repeat(longest - columns(name))} = ${text}`);
    }
    const multiline = assignments[end];
    if (multiline !== undefined) {
      lines.push(`${" ".repeat(indent)}${multiline.name} = ${multiline.text}`);
    }
    start = end + 1;
  }
  return lines;
}
