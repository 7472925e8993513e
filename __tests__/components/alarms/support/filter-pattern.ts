import { literally, ORDERS, type Order } from "./comparisons";
import { selected, stepsOf } from "./filter-pattern-selectors";
import { fail, type Token, tokensOf } from "./filter-pattern-tokens";

/** What a pattern, or a part of it, says of an event. */
type Condition = (event: unknown) => boolean;

/** What a value in an event is compared with. */
type Comparison = (value: string | number) => boolean;

/** What AWS takes at most in a pattern. */
const LIMITS = { characters: 1024, wildcards: 3, "wildcards in a selector": 1, "regular expressions": 2 } as const;

const OPERATORS: ReadonlyMap<string, Order> = new Map([...ORDERS, ["!=", (value, operand) => value !== operand]]);

const CONSTANTS: ReadonlyMap<string, null | boolean> = new Map([
  ["NULL", null],
  ["TRUE", true],
  ["FALSE", false],
]);

/**
 * Whether a metric filter of CloudWatch Logs with this pattern counts an event, as "Filter pattern syntax" in the user
 * guide of CloudWatch Logs describes patterns of JSON events: `{ ($.eventName = ConsoleLogin) && ($.errorCode != "x*") }`.
 *
 * A comparison with a property that is not there is false, with `!=` too. AWS says so of an array or object ("the filter
 * pattern won't match the log format": neither `$.users = 1` nor `$.users != 1` do); of an absent property those say who
 * tried it: https://github.com/DataBiosphere/azul/issues/5884 with "Test pattern" in the console, and
 * https://github.com/transcom/mymove/pull/2320 ("If you only give `!=` and do not include `NOT EXISTS` then the filter
 * does not return lines where the given property was not defined"). So the pattern of the CIS benchmark,
 * `$.additionalEventData.MFAUsed != "Yes"`, does not count a sign-in without `MFAUsed`.
 *
 * @throws Error where the pattern has an error of syntax, is beyond what AWS takes, or compares a number with a string,
 *   of which AWS does not say what comes out
 */
export function matchesFilterPattern(pattern: string, event: unknown): boolean {
  return new PatternReader(pattern).read()(event);
}

/** Reads a pattern; each method reads one kind of part. */
class PatternReader {
  readonly #pattern: string;
  readonly #tokens: readonly Token[];
  #position = 0;

  constructor(pattern: string) {
    this.#pattern = pattern;
    this.#tokens = tokensOf(pattern);
  }

  read(): Condition {
    this.#checkLimits();
    this.#expect("{");
    const condition = this.#alternatives();
    this.#expect("}");
    if (this.#token.kind !== "end") {
      this.#fail("nothing after the closing brace");
    }
    return condition;
  }

  /** `a || b`: binds less than `&&`, as AWS documents: `() > && > ||`. */
  #alternatives(): Condition {
    const conditions = [this.#conjunction()];
    while (this.#skip("||")) {
      conditions.push(this.#conjunction());
    }
    return (event) => conditions.some((condition) => condition(event));
  }

  #conjunction(): Condition {
    const conditions = [this.#term()];
    while (this.#skip("&&")) {
      conditions.push(this.#term());
    }
    return (event) => conditions.every((condition) => condition(event));
  }

  #term(): Condition {
    if (this.#skip("(")) {
      const condition = this.#alternatives();
      this.#expect(")");
      return condition;
    }
    if (this.#token.kind !== "selector") {
      this.#fail("a selector or a parenthesis");
    }
    const steps = stepsOf(this.#next().value);
    if (this.#skip("NOT")) {
      this.#expect("EXISTS");
      return (event) => selected(event, steps).length === 0;
    }
    if (this.#skip("IS")) {
      const constant = this.#constant();
      return (event) => selected(event, steps).includes(constant);
    }
    const comparison = this.#comparison();
    return (event) => selected(event, steps).some((value) => isComparable(value) && comparison(value));
  }

  #constant(): null | boolean {
    const constant = this.#token.kind === "word" ? CONSTANTS.get(this.#token.value) : undefined;
    if (constant === undefined) {
      return this.#fail("NULL, TRUE or FALSE");
    }
    this.#next();
    return constant;
  }

  #comparison(): Comparison {
    const compare = this.#token.kind === "symbol" ? OPERATORS.get(this.#token.value) : undefined;
    if (compare === undefined) {
      // AWS: "The variables IS NOT and EXISTS currently aren't supported."
      return this.#fail("an operator, IS or NOT EXISTS");
    }
    const operator = this.#next().value;
    const { kind, value: operand } = this.#token;
    if (kind === "number") {
      this.#next();
      return (value) => compare(numberOf(value, operand), Number(operand));
    }
    if (operator !== "=" && operator !== "!=") {
      return this.#fail("a number");
    }
    if (kind !== "quoted" && kind !== "word" && kind !== "regex") {
      return this.#fail("a value");
    }
    this.#next();
    const expression = kind === "regex" ? new RegExp(operand) : wildcards(operand);
    return (value) => expression.test(String(value)) === (operator === "=");
  }

  get #token(): Token {
    return this.#tokens[this.#position] ?? { kind: "end", value: "", start: this.#pattern.length };
  }

  #next(): Token {
    const token = this.#token;
    this.#position += 1;
    return token;
  }

  /** Whether a symbol or a keyword comes next, which is then read. */
  #skip(value: string): boolean {
    const found = (this.#token.kind === "symbol" || this.#token.kind === "word") && this.#token.value === value;
    if (found) {
      this.#next();
    }
    return found;
  }

  #expect(value: string): void {
    if (!this.#skip(value)) {
      this.#fail(value);
    }
  }

  #fail(expected: string): never {
    return fail(this.#pattern, expected, this.#token.start);
  }

  #checkLimits(): void {
    const wildcards = this.#tokens.map(
      ({ kind, value }) => (kind === "selector" ? stepsOf(value) : []).filter(({ any }) => any).length,
    );
    this.#limit("characters", this.#pattern.length);
    this.#limit("wildcards in a selector", Math.max(0, ...wildcards));
    this.#limit(
      "wildcards",
      wildcards.reduce((sum, count) => sum + count, 0),
    );
    this.#limit("regular expressions", this.#tokens.filter(({ kind }) => kind === "regex").length);
  }

  #limit(name: keyof typeof LIMITS, count: number): void {
    if (count > LIMITS[name]) {
      throw new Error(`Filter pattern ${this.#pattern}: ${count} ${name}, AWS takes ${LIMITS[name]}`);
    }
  }
}

/** AWS: "Value nodes can be strings or numbers." */
function isComparable(value: unknown): value is string | number {
  return typeof value === "string" || typeof value === "number";
}

function numberOf(value: string | number, operand: string): number {
  if (typeof value === "string") {
    throw new Error(`AWS does not say how the string "${value}" compares with the number ${operand}: put it in quotes`);
  }
  return value;
}

/** An asterisk at the beginning or end stands for any text. AWS: "Ev*ent will only match the actual string Ev*ent". */
function wildcards(operand: string): RegExp {
  const [, before, middle, after] = /^(\*?)(.*?)(\*?)$/s.exec(operand) as unknown as [string, string, string, string];
  return new RegExp(`^${before && ".*"}${literally(middle)}${after && ".*"}$`, "s");
}
