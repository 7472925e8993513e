import { createHash } from "node:crypto";
import { assuming } from "./assumption";
import {
  Expression,
  type InfixOperator,
  isExpression,
  isLiteral,
  type Known,
  type Literal,
  type TypeOf,
  type Value,
} from "./expression";
import { byCodePoint, graphemes, jsonText, normalized, printed } from "./terraform-text";

/*
 * The operators. Each one folds as far as the shape of its operands is known, and means then what Terraform means:
 * a property test compares the two.
 */

function expression<T>(node: Expression<T>["node"]): Expression<T> {
  return new Expression<T>(node);
}

function call<T>(name: string, ...operands: readonly unknown[]): Expression<T> {
  return expression<T>({ kind: "call", name, arguments: operands });
}

/** The operands of a call of a function of any number of them; any other value stands for itself. */
function operandsOfCall<T>(value: Value<T>, name: string): readonly Value<T>[] {
  return isExpression(value) && value.node.kind === "call" && value.node.name === name
    ? (value.node.arguments as readonly Value<T>[])
    : [value];
}

/** Whether the value is null. A list, an object or a text that is known is not, even in part. */
export function isNull(value: Value<unknown>): Value<boolean> {
  if (!isExpression(value)) {
    return value === null;
  }
  if (value.node.kind === "after") {
    return isNull(value.node.value as Value<unknown>);
  }
  if (value.node.kind === "template") {
    return false;
  }
  return expression({ kind: "infix", operator: "==", operands: [value, null] });
}

/** Whether two literals are the same to Terraform. */
function isSame(left: unknown, right: unknown): boolean {
  return typeof left === "string" && typeof right === "string"
    ? normalized(left) === normalized(right)
    : left === right;
}

/** Whether two primitive values are the same. */
export function equals(
  left: Value<null | boolean | number | string>,
  right: Value<null | boolean | number | string>,
): Value<boolean> {
  if (!isExpression(left) && !isExpression(right)) {
    return isSame(left, right);
  }
  return expression({ kind: "infix", operator: "==", operands: [left, right] });
}

function compare(
  operator: "<=" | ">=",
  fold: (left: number, right: number) => boolean,
): (left: Value<number>, right: Value<number>) => Value<boolean> {
  return (left, right) =>
    isExpression(left) || isExpression(right)
      ? expression({ kind: "infix", operator, operands: [left, right] })
      : fold(left as number, right as number);
}

/** Whether the left number is the right one or less. */
export const atMost = compare("<=", (left, right) => left <= right);

/** Whether the left number is the right one or more. */
export const atLeast = compare(">=", (left, right) => left >= right);

/** Whether the left number is less than the right one. */
export function lessThan(left: Value<number>, right: Value<number>): Value<boolean> {
  return not(atLeast(left, right));
}

function calculate(
  operator: "+" | "%",
  fold: (left: number, right: number) => number,
): (left: Value<number>, right: Value<number>) => Value<number> {
  return (left, right) =>
    isExpression(left) || isExpression(right)
      ? expression({ kind: "infix", operator, operands: [left, right] })
      : fold(left as number, right as number);
}

/** The sum of two numbers. */
export const plus = calculate("+", (left, right) => left + right);

/** What is left of a number where it is divided by a whole one above zero. */
export const remainder = calculate("%", (left, right) => left % right);

/** The largest whole number that is not above the number. */
export function floor(value: Value<number>): Value<number> {
  return isExpression(value) ? call("floor", value) : Math.floor(value as number);
}

/** What holds where a comparison does not. */
const CONTRARY: Partial<Record<InfixOperator, InfixOperator>> = {
  "==": "!=",
  "!=": "==",
  "<": ">=",
  "<=": ">",
  ">": "<=",
  ">=": "<",
};

/** The contrary. */
export function not(value: Value<boolean>): Value<boolean> {
  if (!isExpression(value)) {
    return !value;
  }
  if (value.node.kind === "not") {
    return value.node.operand as Value<boolean>;
  }
  const contrary = value.node.kind === "infix" ? CONTRARY[value.node.operator] : undefined;
  if (value.node.kind === "infix" && contrary !== undefined) {
    return expression({ ...value.node, operator: contrary });
  }
  return expression({ kind: "not", operand: value });
}

function logical(operator: "&&" | "||", absorbing: boolean): (...values: readonly Value<boolean>[]) => Value<boolean> {
  return (...values) => {
    const open = values.filter((value) => value !== !absorbing);
    if (open.includes(absorbing)) {
      return absorbing;
    }
    const [first, ...others] = open;
    if (first === undefined) {
      return !absorbing;
    }
    return others.length === 0
      ? first
      : expression({ kind: "infix", operator, operands: open.flatMap((value) => operandsOf(value, operator)) });
  };
}

/** The operands of a chain of the operator; any other value stands for itself. */
function operandsOf(value: Value<boolean>, operator: InfixOperator): readonly unknown[] {
  return isExpression(value) && value.node.kind === "infix" && value.node.operator === operator
    ? value.node.operands
    : [value];
}

/**
 * Whether all hold. Terraform evaluates every operand, also after a false one: guard against null with `choose`.
 */
export const and = logical("&&", false);

/** Whether at least one holds. Terraform evaluates every operand: guard against null with `choose`. */
export const or = logical("||", true);

/**
 * The one value or the other, of one type or null: of two types, Terraform would make one. Only the chosen one may fail.
 */
export function choose<T, U = T>(condition: Value<boolean>, whenTrue: Value<T>, whenFalse: Value<U>): Value<T | U> {
  if (isPrimitive(whenTrue) && isPrimitive(whenFalse) && typeof whenTrue !== typeof whenFalse) {
    throw new Error(`choose() takes two values of one type; got a ${typeof whenTrue} and a ${typeof whenFalse}`);
  }
  if (!isExpression(condition)) {
    return (condition ? whenTrue : whenFalse) as Value<T | U>;
  }
  if (whenTrue === whenFalse) {
    return whenTrue as Value<T | U>;
  }
  const decided = [
    where(condition, true, whenTrue as Value<unknown>),
    where(condition, false, whenFalse as Value<unknown>),
  ] as const;
  if (decided[0] !== whenTrue || decided[1] !== whenFalse) {
    return choose(condition, decided[0], decided[1]) as Value<T | U>;
  }
  if (whenTrue === true && whenFalse === false) {
    return condition as Value<T | U>;
  }
  if (whenTrue === false && whenFalse === true) {
    return not(condition as Value<boolean>) as Value<T | U>;
  }
  return expression({ kind: "conditional", condition, whenTrue, whenFalse });
}

/**
 * A value as it is where a condition is known to hold, or not to: what the same condition chooses in it is chosen.
 */
export function where<T>(condition: Value<boolean>, holds: boolean, value: T): T {
  return isExpression(condition) ? assuming(value, condition, not(condition), holds) : value;
}

/** Whether a value is a text, a number or a boolean that is known. */
function isPrimitive(value: unknown): boolean {
  return typeof value !== "object";
}

/** The value, or the other one where it is null. */
export function withDefault<V>(value: V, fallback: Value<NonNullable<TypeOf<V>>>): Value<NonNullable<TypeOf<V>>> {
  return choose(isNull(value as Value<unknown>), fallback, value as Value<NonNullable<TypeOf<V>>>);
}

/** A value as one that is not null, for where that is known. */
export type NotNull<V> = Value<NonNullable<TypeOf<V>>>;

/** What is made of a value where it is not null; else the other value. */
export function ifSet<V, U>(value: V, make: (value: NotNull<V>) => Value<U>, otherwise: Value<U>): Value<U> {
  return value === null ? otherwise : choose(isNull(value as Value<unknown>), otherwise, make(value as NotNull<V>));
}

/** A value that Terraform may fail to compute, or the other one where it does. */
export function attempt<T, U = T>(value: Value<T>, otherwise: Value<U>): Value<T | U> {
  if (!isExpression(value)) {
    return value as Value<T | U>;
  }
  const isTried = value.node.kind === "call" && value.node.name === "try" && value.node.arguments.at(-1) === otherwise;
  return isTried ? (value as Value<T | U>) : call("try", value, otherwise);
}

/** One attribute of an object that is not null, by Terraform's name. */
export function get<V, K extends keyof NonNullable<TypeOf<V>> & string>(
  of: V,
  name: K,
): Value<NonNullable<TypeOf<V>>[K]> {
  if (isExpression(of)) {
    return expression({ kind: "attribute", of, name });
  }
  if (of === null || !Object.hasOwn(of as object, name)) {
    throw new Error(`the object has no attribute ${JSON.stringify(name)}`);
  }
  return (of as Record<string, unknown>)[name] as Value<NonNullable<TypeOf<V>>[K]>;
}

/** The number of items of a list, entries of a map, or characters of a text as a person counts them. */
export function length(
  value: Value<string> | Value<readonly unknown[]> | Value<Record<string, unknown>>,
): Value<number> {
  if (isExpression(value)) {
    return call("length", value);
  }
  return typeof value === "string" ? graphemes(value) : Object.keys(value as object).length;
}

/**
 * What a pattern may hold: what RE2 and JavaScript understand alike. No dot (line ends differ), no escapes but of
 * punctuation (classes differ), no look-around and no back references (RE2 has none), no count with leading zeros (a
 * text to RE2) or above 1000 (an error to RE2).
 */
const SHARED_PART =
  /[\w^$|*+?),:/@=!<>"'#%&;~ -]|\((?!\?)|\(\?:|\{(?:\d|[1-9]\d{1,2}|1000)(?:,(?:\d|[1-9]\d{1,2}|1000)?)?\}|\[(?!\^\])(?:[^\]\\[]|\\[\]\\^-]|\\p\{[LNZ]\})+\]|\\[.\\/()[\]{}+*?|^$]|\\p\{[LNZ]\}/y;

/** What a refused pattern is told to hold in place of what it has. */
const ALLOWED_PARTS =
  "a pattern has letters, digits and marks of ASCII, a backslash before such as have a meaning, classes such as " +
  "[^/] and [\\p{L}0-9], groups ( and (?:, |, ^, $, and the quantifiers *, +, ?, {n} and {n,m} up to 1000";

/** What stands in a pattern at a place from which it cannot be read: an escape, the beginning of a group, a class, … */
const UNSHARED_PART = /\\[pP]\{[^}]*\}|\\.|\(\?(?:P?<[=!]?|[=!]|[a-z-]*)|\[\^?\]?[^\]]*\]?|\{[\d,]*\}?|./suy;

/** How often RE2 repeats something, with the repetitions around it. */
const MOST_REPETITIONS = 1000;

const sharedPatterns = new Map<string, RegExp>();

/**
 * The regular expression of a pattern that Terraform reads in the same way, worked out once for each pattern: a thousand
 * trails ask for the same few.
 *
 * @throws Error with the part of the pattern that is read in different ways, and what may be written
 */
export function sharedPattern(pattern: string): RegExp {
  const known = sharedPatterns.get(pattern);
  if (known !== undefined) {
    return known;
  }
  const refuse = (problem: string): never => {
    throw new Error(`the pattern ${pattern} cannot be used: ${problem}; ${ALLOWED_PARTS}`);
  };
  const part = unsharedPart(pattern);
  if (part !== undefined) {
    const instead = part === "." ? " (write a class, such as [^/])" : "";
    return refuse(`Terraform and JavaScript read ${part} in different ways, or one of them not at all${instead}`);
  }
  if (pattern !== normalized(pattern)) {
    return refuse("Terraform writes its characters in the composed form of Unicode (NFC)");
  }
  const counts = [...pattern.matchAll(/\{(\d+)(?:,(\d*))?\}/g)].map(([, least, most]) => Number(most || least));
  const repetitions = counts.reduce((product, count) => product * Math.max(1, count), 1);
  if (pattern.includes("){") && repetitions > MOST_REPETITIONS) {
    return refuse(`Terraform repeats nothing more than ${MOST_REPETITIONS} times, with the repetitions around it`);
  }
  try {
    const shared = new RegExp(pattern, "u");
    sharedPatterns.set(pattern, shared);
    return shared;
  } catch (error) {
    return refuse((error as Error).message);
  }
}

/** The first part of a pattern that Terraform and JavaScript do not both read, and alike; undefined where there is none. */
function unsharedPart(pattern: string): string | undefined {
  SHARED_PART.lastIndex = 0;
  let end = 0;
  while (end < pattern.length) {
    if (!SHARED_PART.test(pattern)) {
      UNSHARED_PART.lastIndex = end;
      return UNSHARED_PART.exec(pattern)?.[0];
    }
    end = SHARED_PART.lastIndex;
  }
  return undefined;
}

/**
 * Whether a text has a match of the pattern, anywhere unless it is anchored by `^` and `$`.
 *
 * @throws Error where Terraform and JavaScript do not read the pattern alike
 */
export function matches(value: Value<string>, pattern: string): Value<boolean> {
  const shared = sharedPattern(pattern);
  return isExpression(value) ? call("can", call("regex", pattern, value)) : shared.test(normalized(value as string));
}

/** Whether a text begins with another. */
export function startsWith(value: Value<string>, beginning: string): Value<boolean> {
  return isExpression(value)
    ? call("startswith", value, beginning)
    : normalized(value as string).startsWith(normalized(beginning));
}

/** A text with every occurrence of a part put in another's place. */
export function replaced(value: Value<string>, part: string, by: string): Value<string> {
  if (part === "" || /^\/.*\/$/s.test(part)) {
    throw new Error("Terraform takes a text between slashes for a pattern, and nothing for everywhere");
  }
  return isExpression(value)
    ? call("replace", value, part, by)
    : normalized(
        normalized(value as string)
          .split(normalized(part))
          .join(normalized(by)),
      );
}

/** A text without its end, where it has that end. */
export function withoutSuffix(value: Value<string>, end: string): Value<string> {
  if (isExpression(value)) {
    return call("trimsuffix", value, end);
  }
  const [whole, ending] = [normalized(value as string), normalized(end)];
  return whole.endsWith(ending) ? whole.slice(0, whole.length - ending.length) : whole;
}

/** The beginning of a text of ASCII letters: at most so many of them. */
export function beginningOf(value: Value<string>, most: number): Value<string> {
  return isExpression(value) ? call("substr", value, 0, most) : (value as string).slice(0, most);
}

/** The SHA-256 hash of a text, as hexadecimal digits. */
export function sha256(value: Value<string>): Value<string> {
  return isExpression(value)
    ? call("sha256", value)
    : createHash("sha256")
        .update(normalized(value as string))
        .digest("hex");
}

/** How much of a hash tells texts apart that begin alike. */
const HASH_LENGTH = 8;

/**
 * A text of ASCII letters, of at most so many: one that is longer is cut, and ends with a hyphen and a part of its hash, so
 * that two that begin alike remain two.
 */
export function shortened(value: Value<string>, most: number): Value<string> {
  const beginning = beginningOf(value, most - HASH_LENGTH - 1);
  const hash = beginningOf(sha256(value), HASH_LENGTH);
  return choose(atMost(length(value), most), value, text`${beginning}-${hash}`);
}

/** One of the parts of a text between separators, of which there are enough. The first has the index 0. */
export function partOf(value: Value<string>, separator: string, index: number): Value<string> {
  return isExpression(value)
    ? call("element", call("split", separator, value), index)
    : (normalized(value as string).split(separator)[index] as string);
}

/** Whether a list has an item. */
export function contains<T extends boolean | number | string>(
  list: Value<readonly T[]>,
  item: Value<T>,
): Value<boolean> {
  if (!isExpression(list)) {
    const items = list as readonly Value<T>[];
    const found = !isExpression(item) && items.some((each) => isSame(each, item));
    if (found || !(isExpression(item) || items.some(isExpression))) {
      return found;
    }
  }
  return call("contains", list, item);
}

/** Lists one after the other. */
export function concat<T>(...lists: readonly Value<readonly T[]>[]): Value<readonly T[]> {
  const joined: Value<readonly T[]>[] = [];
  for (const list of lists.flatMap((each) => operandsOfCall(each, "concat"))) {
    const last = joined.at(-1);
    if (isExpression(list)) {
      joined.push(list);
    } else if (last !== undefined && !isExpression(last)) {
      joined[joined.length - 1] = [...(last as []), ...(list as [])] as Value<readonly T[]>;
    } else if ((list as []).length > 0) {
      joined.push(list);
    }
  }
  if (joined.length === 0) {
    return [] as Value<readonly T[]>;
  }
  return joined.length === 1 ? (joined[0] as Value<readonly T[]>) : call("concat", ...joined);
}

const OPTIONAL: unique symbol = Symbol.for("audit-trail/values/optional") as never;

/** An item of a list that is there only on a condition. */
export interface OptionalItem<T> {
  readonly [OPTIONAL]: true;
  readonly condition: Value<boolean>;
  readonly item: Value<T>;
}

/** Marks an item of `listOf` that is there only on a condition. */
export function onlyIf<T>(condition: Value<boolean>, item: Value<T>): OptionalItem<T> {
  return { [OPTIONAL]: true, condition, item };
}

/** Marks an item of `listOf` that is there only where a value is not null, and is made of it. */
export function onlyIfSet<V, T>(value: V, item: (value: NotNull<V>) => Value<T>): OptionalItem<T> {
  return value === null
    ? onlyIf(false as Value<boolean>, null as Value<T>)
    : onlyIf(not(isNull(value as Value<unknown>)), item(value as NotNull<V>));
}

function isOptional(item: unknown): item is OptionalItem<unknown> {
  return typeof item === "object" && item !== null && OPTIONAL in item;
}

/** A list some of whose items are there only on a condition (`onlyIf`). */
export function listOf<T>(...items: readonly (Value<T> | OptionalItem<T>)[]): Value<readonly T[]> {
  return concat<T>(
    ...items.map((item) =>
      isOptional(item)
        ? choose<readonly T[]>(item.condition, [item.item] as Value<readonly T[]>, [] as Value<readonly T[]>)
        : ([item] as Value<readonly T[]>),
    ),
  );
}

/** The place of an item in a list, from 0. Terraform fails where it is not there; known now, it is -1. */
export function position(list: Value<readonly string[]>, item: Value<string>): Value<number> {
  return isExpression(list) || isExpression(item) || (list as readonly unknown[]).some(isExpression)
    ? call("index", list, item)
    : (list as readonly string[]).findIndex((each) => isSame(each, item));
}

/** The items of a list of primitive values, each once. */
export function distinct<T extends number | string>(list: Value<readonly T[]>): Value<readonly T[]> {
  if (isExpression(list) || (list as readonly unknown[]).some(isExpression)) {
    return call("distinct", list);
  }
  return [
    ...new Set((list as readonly T[]).map((each) => (typeof each === "string" ? normalized(each) : each))),
  ] as unknown as Value<readonly T[]>;
}

/** What is no list. */
type Item = null | boolean | number | string | { readonly [key: string]: unknown };

/**
 * The items of lists in a list, and what in it is no list. Items are no lists themselves: Terraform would flatten
 * those, too.
 */
export function flatten<T extends Item>(lists: Value<readonly (T | readonly T[])[]>): Value<readonly T[]> {
  if (isExpression(lists) || (lists as readonly unknown[]).some(isExpression)) {
    return call("flatten", lists);
  }
  return concat<T>(
    ...(lists as readonly (Value<T> | Value<readonly T[]>)[]).map((each) =>
      Array.isArray(each) ? (each as Value<readonly T[]>) : ([each] as Value<readonly T[]>),
    ),
  );
}

/** Maps laid over each other; the later one wins. */
export function merge<T>(...maps: readonly Value<Record<string, T>>[]): Value<Record<string, T>> {
  const merged: Value<Record<string, T>>[] = [];
  for (const map of maps.flatMap((each) => operandsOfCall(each, "merge"))) {
    const last = merged.at(-1);
    if (isExpression(map)) {
      merged.push(map);
    } else if (last !== undefined && !isExpression(last)) {
      merged[merged.length - 1] = { ...(last as object), ...(map as object) } as Value<Record<string, T>>;
    } else if (Object.keys(map as object).length > 0) {
      merged.push(map);
    }
  }
  if (merged.length === 0) {
    return {} as Value<Record<string, T>>;
  }
  return merged.length === 1 ? (merged[0] as Value<Record<string, T>>) : call("merge", ...merged);
}

/** The keys of a map, sorted as Terraform sorts them. */
export function keys(map: Value<Record<string, unknown>>): Value<readonly string[]> {
  return isExpression(map) ? call("keys", map) : Object.keys(map as object).sort(byCodePoint);
}

function entries<T>(map: Value<Record<string, T>>): readonly (readonly [string, Value<T>])[] {
  return Object.entries(map as Record<string, Value<T>>).sort(([left], [right]) => byCodePoint(left, right));
}

/**
 * A list made of each item of a list.
 *
 * @param variable the name that the item has in HCL; different from those of surrounding loops
 * @param where keeps the items for which it holds
 */
export function forEach<T, U>(
  list: Value<readonly T[]>,
  variable: string,
  body: (item: Value<T>) => Value<U>,
  where?: (item: Value<T>) => Value<boolean>,
): Value<readonly U[]> {
  const item = expression<T>({ kind: "reference", path: variable });
  const loop = () =>
    expression<readonly U[]>({
      kind: "for",
      variables: [variable],
      collection: list,
      body: body(item),
      ...(where === undefined ? {} : { where: where(item) }),
    });
  if (isExpression(list)) {
    return loop();
  }
  const items = list as readonly Value<T>[];
  const kept = where === undefined ? items.map(() => true as Value<boolean>) : items.map((each) => where(each));
  if (kept.some(isExpression)) {
    return loop();
  }
  return items.filter((_, index) => kept[index]).map((each) => body(each)) as Value<readonly U[]>;
}

/**
 * A list made of each entry of a map, in the order of its keys.
 *
 * @param where keeps the entries for which it holds
 */
export function forEachEntry<T, U>(
  map: Value<Record<string, T>>,
  variables: readonly [string, string],
  body: (key: Value<string>, value: Value<T>) => Value<U>,
  where?: (key: Value<string>, value: Value<T>) => Value<boolean>,
): Value<readonly U[]> {
  const loop = () => {
    const key = expression<string>({ kind: "reference", path: variables[0] });
    const value = expression<T>({ kind: "reference", path: variables[1] });
    return expression<readonly U[]>({
      kind: "for",
      variables,
      collection: map,
      body: body(key, value),
      ...(where === undefined ? {} : { where: where(key, value) }),
    });
  };
  if (isExpression(map)) {
    return loop();
  }
  const kept = entries(map).map(([key, value]) => [key, value, where?.(key, value) ?? true] as const);
  return kept.some(([, , keep]) => isExpression(keep))
    ? loop()
    : (kept.filter(([, , keep]) => keep).map(([key, value]) => body(key, value)) as Value<readonly U[]>);
}

/**
 * A map made of each item of a list. The keys have to differ.
 *
 * @param variable the name that the item has in HCL; different from those of surrounding loops
 */
export function mapOfItems<T, U>(
  list: Value<readonly T[]>,
  variable: string,
  key: (item: Value<T>) => Value<string>,
  body: (item: Value<T>) => Value<U>,
): Value<Record<string, U>> {
  const keysOf = isExpression(list) ? [] : (list as readonly Value<T>[]).map(key);
  if (isExpression(list) || keysOf.some(isExpression)) {
    const item = expression<T>({ kind: "reference", path: variable });
    return expression({ kind: "for", variables: [variable], collection: list, key: key(item), body: body(item) });
  }
  return Object.fromEntries(
    (list as readonly Value<T>[]).map((item, index) => [keysOf[index] as string, body(item)]),
  ) as Value<Record<string, U>>;
}

/**
 * A map with the keys of another one, its values made of each entry.
 *
 * @param variables the names that key and value have in HCL; different from those of surrounding loops
 * @param where keeps the entries for which it holds
 */
export function mapValues<T, U>(
  map: Value<Record<string, T>>,
  variables: readonly [string, string],
  body: (value: Value<T>, key: Value<string>) => Value<U>,
  where?: (value: Value<T>, key: Value<string>) => Value<boolean>,
): Value<Record<string, U>> {
  const loop = () => {
    const key = expression<string>({ kind: "reference", path: variables[0] });
    const value = expression<T>({ kind: "reference", path: variables[1] });
    return expression<Record<string, U>>({
      kind: "for",
      variables,
      collection: map,
      key,
      body: body(value, key),
      ...(where === undefined ? {} : { where: where(value, key) }),
    });
  };
  if (isExpression(map)) {
    return loop();
  }
  const kept = entries(map).map(([key, value]) => [key, value, where?.(value, key) ?? true] as const);
  if (kept.some(([, , keep]) => isExpression(keep))) {
    return loop();
  }
  return Object.fromEntries(kept.filter(([, , keep]) => keep).map(([key, value]) => [key, body(value, key)])) as Value<
    Record<string, U>
  >;
}

/** The entries of a map for which a condition holds. */
export function entriesWhere<T>(
  map: Value<Record<string, T>>,
  variables: readonly [string, string],
  holds: (value: Value<T>, key: Value<string>) => Value<boolean>,
): Value<Record<string, T>> {
  return mapValues<T, T>(map, variables, (value) => value, holds);
}

/** An attribute of an entry of a map; null where the map has no entry of that key. */
export function getOfEntry<T, K extends keyof T & string>(
  map: Value<Record<string, T>>,
  key: Value<string>,
  name: K,
): Value<T[K] | null> {
  if (isExpression(map) || isExpression(key)) {
    return attempt<T[K], null>(instance<T[K]>(map, key, name), null) as Value<T[K] | null>;
  }
  const known = map as Record<string, Value<T>>;
  return Object.hasOwn(known, key as string)
    ? (get(known[key as string], name as never) as Value<T[K] | null>)
    : (null as Value<T[K] | null>);
}

/** An attribute of an entry that a map has. */
export function attributeOfEntry<T, K extends keyof T & string>(
  map: Value<Record<string, T>>,
  key: Value<string>,
  name: K,
): Value<T[K]> {
  return isExpression(map) || isExpression(key)
    ? instance<T[K]>(map, key, name)
    : (get((map as Record<string, Value<T>>)[key as string], name as never) as Value<T[K]>);
}

/** The first of several values that is neither null nor an empty text. Terraform fails where there is none. */
export function coalesce<T>(...values: readonly Value<T | null>[]): Value<T> {
  const open = values
    .flatMap((value) => operandsOfCall(value, "coalesce"))
    .filter((value) => value !== null && value !== "");
  const [first, ...others] = open;
  if (first === undefined) {
    throw new Error("coalesce() takes at least one value that is neither null nor an empty text");
  }
  const isKnown = open.findIndex((value) => !isExpression(value));
  const considered = isKnown === -1 ? open : open.slice(0, isKnown + 1);
  return others.length === 0 || considered.length === 1 ? (first as Value<T>) : call("coalesce", ...considered);
}

/** Whether every boolean of a list is true. True for an empty list. */
export function every(list: Value<readonly boolean[]>): Value<boolean> {
  return isExpression(list) ? call("alltrue", list) : and(...(list as readonly Value<boolean>[]));
}

/** Whether some boolean of a list is true. False for an empty list. */
export function some(list: Value<readonly boolean[]>): Value<boolean> {
  return isExpression(list) ? call("anytrue", list) : or(...(list as readonly Value<boolean>[]));
}

/** A text with values in it: text`${name}-logs`. Takes texts, numbers and booleans that are not null. */
export function text(
  strings: TemplateStringsArray,
  ...inserted: readonly (Value<string> | Value<number> | Value<boolean>)[]
): Value<string> {
  return joinText(strings.flatMap((string, index) => (index < inserted.length ? [string, inserted[index]] : [string])));
}

/** The parts of a text one after the other. */
export function joinText(parts: readonly unknown[]): Value<string> {
  const joined: unknown[] = [];
  const append = (part: unknown): void => {
    if (isExpression(part)) {
      if (part.node.kind === "template") {
        part.node.parts.forEach(append);
      } else {
        joined.push(part);
      }
      return;
    }
    const last = joined.at(-1);
    if (typeof last === "string") {
      joined[joined.length - 1] = normalized(last + printed(part));
    } else {
      joined.push(normalized(printed(part)));
    }
  };
  parts.forEach(append);
  const filled = joined.filter((part) => part !== "");
  if (filled.length > 1) {
    return expression({ kind: "template", parts: filled });
  }
  const [only = ""] = filled;
  return isExpression(only) ? asText(only) : (only as string);
}

/** Functions of Terraform that return a text. */
const TEXT_FUNCTIONS: readonly string[] = ["jsonencode", "tostring"];

/** An expression as a text: a template of nothing else, `"${var.x}"`, would leave a number a number. */
function asText(value: Expression<unknown>): Value<string> {
  return value.node.kind === "call" && TEXT_FUNCTIONS.includes(value.node.name)
    ? (value as Expression<string>)
    : call("tostring", value);
}

/** The JSON text of a value, byte for byte as Terraform writes it. */
export function jsonencode(value: Value<unknown>): Value<string> {
  // Terraform composes the whole text again: also the letter of an escape with an accent that follows it.
  return isLiteral(value) ? normalized(jsonText(value as Literal)) : call("jsonencode", value);
}

/** The same, as a call also where the text is known: for a module, in which people read what is in it. */
export function jsonencodeCall(value: Value<unknown>): Value<string> {
  return call("jsonencode", value);
}

/** What a text of JSON holds. Throws where it is none. */
export function jsondecode(value: Value<string>): Value<unknown> {
  return isExpression(value) ? call("jsondecode", value) : (JSON.parse(value as string) as Value<unknown>);
}

/** Whether a text is JSON of an object with an attribute of a name. */
export function isJsonWith(value: Value<string>, name: string): Value<boolean> {
  if (isExpression(value)) {
    return call("can", expression({ kind: "attribute", of: jsondecode(value), name }));
  }
  try {
    const decoded = JSON.parse(value as string) as unknown;
    return typeof decoded === "object" && decoded !== null && !Array.isArray(decoded) && Object.hasOwn(decoded, name);
  } catch {
    return false;
  }
}

/** An attribute of the only instance of a resource that has a count, for where it is known to be there. */
export function onlyInstance<T>(of: Expression<unknown>, name: string): Expression<T> {
  return expression({ kind: "instance", of, name });
}

/** An attribute of the instance of a resource, or of the entry of a map, that has a key. */
export function instance<T>(of: unknown, key: Value<string>, name: string): Expression<T> {
  return expression({ kind: "instance", of, key, name });
}

/** The literal that a value folded to. Throws where Terraform alone can know it. */
export function literal<T>(value: Value<T>): Known<T> {
  if (!isLiteral(value)) {
    throw new Error("the value is known only when Terraform plans");
  }
  return value as Known<T>;
}
