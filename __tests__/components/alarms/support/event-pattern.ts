import { BlockList, isIP } from "node:net";
import { literally, ORDERS } from "./comparisons";

/** What a pattern of fields says of an object of an event. */
type FieldsCondition = (value: unknown) => boolean;

/** What an entry of a list says of the values of a field: none where the field is absent. */
type ValuesCondition = (values: readonly unknown[]) => boolean;

/** What an operator says of one value. */
type Comparison = (value: unknown) => boolean;

/** Makes the comparison from what the pattern gives the operator; `path` says where that stands. */
type Operator = (operand: unknown, path: string) => Comparison;

/** The numbers that `numeric` takes, in patterns and in events. */
const NUMERIC_LIMIT = 5e9;

/** The operators that `anything-but` takes, too. */
const TEXT_OPERATORS: Readonly<Record<string, Operator>> = {
  prefix: caseAware((text, operand) => text.startsWith(operand)),
  suffix: caseAware((text, operand) => text.endsWith(operand)),
  "equals-ignore-case": onText((text, operand) => text.toLowerCase() === operand.toLowerCase()),
  wildcard: (operand, path) => {
    const expression = wildcardExpression(textOf(operand, path), path);
    return (value) => typeof value === "string" && expression.test(value);
  },
};

const OPERATORS: Readonly<Record<string, Operator>> = {
  ...TEXT_OPERATORS,
  "anything-but": anythingBut,
  numeric,
  cidr,
};

/**
 * Whether a rule of EventBridge with this pattern takes an event, as "Creating event patterns" and "Comparison operators"
 * in the user guide of EventBridge describe it; where they leave something open, as
 * https://github.com/aws/event-ruler does, which EventBridge runs. A field that is absent matches `exists: false` alone,
 * so not `anything-but`: "the event must contain all the field names listed in the event pattern".
 *
 * AWS compares numbers as they are written (300 is not 3.0e2), which parsed JSON does not show.
 *
 * @throws Error where the pattern has an unknown operator or a leaf that is no list, or is otherwise none
 */
export function matchesEventPattern(pattern: unknown, event: unknown): boolean {
  return fieldsCondition(pattern, [])(event);
}

function fieldsCondition(pattern: unknown, path: readonly string[]): FieldsCondition {
  if (!isObject(pattern) || Object.keys(pattern).length === 0) {
    return fail(path.join("."), "an object with fields or a list of values", pattern);
  }
  const conditions = Object.entries(pattern).map(([name, value]) =>
    name === "$or" ? alternatives(value, path) : fieldCondition(name, value, [...path, name]),
  );
  // Fields of different elements of a list do not match together: event-ruler, "JSON Array Matching".
  return (value) => objectsIn(value).some((object) => conditions.every((condition) => condition(object)));
}

function alternatives(value: unknown, path: readonly string[]): FieldsCondition {
  if (!Array.isArray(value) || value.length < 2) {
    return fail([...path, "$or"].join("."), "a list of two patterns or more", value);
  }
  const conditions = value.map((alternative) => fieldsCondition(alternative, path));
  return (object) => conditions.some((condition) => condition(object));
}

function fieldCondition(name: string, value: unknown, path: readonly string[]): FieldsCondition {
  const condition = Array.isArray(value) ? listCondition(value, path.join(".")) : fieldsCondition(value, path);
  return (object) => condition(isObject(object) && Object.hasOwn(object, name) ? object[name] : undefined);
}

function listCondition(list: readonly unknown[], path: string): FieldsCondition {
  if (list.length === 0) {
    return fail(path, "a list with a value", list);
  }
  const conditions = list.map((entry) => entryCondition(entry, path));
  return (value) => {
    const values = leavesOf(value);
    return conditions.some((condition) => condition(values));
  };
}

function entryCondition(entry: unknown, path: string): ValuesCondition {
  if (!isObject(entry)) {
    return anyOf(equalTo(entry, path));
  }
  const [name, operand] = onlyMember(entry, path);
  if (name === "exists") {
    if (typeof operand !== "boolean") {
      return fail(path, "exists with true or false", operand);
    }
    return (values) => values.length > 0 === operand;
  }
  return anyOf(operatorOf(OPERATORS, name, path)(operand, path));
}

/** AWS: a list in an event matches "if the intersection of the event pattern array and the event array is non-empty". */
function anyOf(comparison: Comparison): ValuesCondition {
  return (values) => values.some(comparison);
}

function equalTo(entry: unknown, path: string): Comparison {
  if (typeof entry === "object" && entry !== null) {
    return fail(path, "a text, a number, true, false, null or an operator", entry);
  }
  return (value) => value === entry;
}

function anythingBut(operand: unknown, path: string): Comparison {
  const refused = isObject(operand) ? refusedBy(operand, path) : refusedValues(operand, path);
  return (value) => !refused.some((comparison) => comparison(value));
}

/** AWS: "lists that contain only strings, or only numbers". */
function refusedValues(operand: unknown, path: string): readonly Comparison[] {
  const list = listOf(operand);
  const [type, ...otherTypes] = new Set(list.map((value) => typeof value));
  if (otherTypes.length > 0 || (type !== "string" && type !== "number")) {
    return fail(path, "anything-but with texts alone or numbers alone", operand);
  }
  return list.map((value) => equalTo(value, path));
}

function refusedBy(operand: Readonly<Record<string, unknown>>, path: string): readonly Comparison[] {
  const [name, texts] = onlyMember(operand, path);
  return listOf(texts).map((text) => operatorOf(TEXT_OPERATORS, name, path)(text, path));
}

function numeric(operand: unknown, path: string): Comparison {
  const list = listOf(operand);
  const comparisons: Comparison[] = [];
  for (let index = 0; index < list.length; index += 2) {
    const [compare, bound] = [ORDERS.get(String(list[index])), list[index + 1]];
    if (compare === undefined || typeof bound !== "number" || Math.abs(bound) > NUMERIC_LIMIT) {
      return fail(path, "numeric with pairs of an operator and a number up to 5e9", operand);
    }
    comparisons.push((value) => typeof value === "number" && Math.abs(value) <= NUMERIC_LIMIT && compare(value, bound));
  }
  if (comparisons.length !== 1 && comparisons.length !== 2) {
    return fail(path, "numeric with one or two bounds", operand);
  }
  return (value) => comparisons.every((comparison) => comparison(value));
}

function cidr(operand: unknown, path: string): Comparison {
  const [network = "", length = ""] = textOf(operand, path).split("/");
  if (isIP(network) === 0 || !/^\d+$/.test(length)) {
    return fail(path, "cidr with a network", operand);
  }
  const networks = new BlockList();
  networks.addSubnet(network, Number(length), familyOf(network));
  return (value) => typeof value === "string" && isIP(value) !== 0 && networks.check(value, familyOf(value));
}

function familyOf(address: string): "ipv4" | "ipv6" {
  return isIP(address) === 6 ? "ipv6" : "ipv4";
}

/** AWS: `*` stands for any text, a backslash takes that from it, and two in a row are refused. */
function wildcardExpression(wildcard: string, path: string): RegExp {
  const parts = wildcard.match(/\\[\\*]|[^\\]/gs) ?? [];
  if (parts.join("") !== wildcard || parts.some((part, index) => part === "*" && parts[index + 1] === "*")) {
    return fail(path, "wildcard without ** and with no backslash before other characters", wildcard);
  }
  const source = parts.map((part) => (part === "*" ? ".*" : literally(part.slice(-1))));
  return new RegExp(`^${source.join("")}$`, "s");
}

function onText(matches: (text: string, operand: string) => boolean): Operator {
  return (operand, path) => {
    const text = textOf(operand, path);
    return (value) => typeof value === "string" && matches(value, text);
  };
}

/** An operator that takes a text, or `{ "equals-ignore-case": text }`. */
function caseAware(matches: (text: string, operand: string) => boolean): Operator {
  const ignoringCase = onText((text, operand) => matches(text.toLowerCase(), operand.toLowerCase()));
  return (operand, path) => {
    if (!isObject(operand)) {
      return onText(matches)(operand, path);
    }
    const [name, text] = onlyMember(operand, path);
    return operatorOf({ "equals-ignore-case": ignoringCase }, name, path)(text, path);
  };
}

function operatorOf(operators: Readonly<Record<string, Operator>>, name: string, path: string): Operator {
  const operator = Object.hasOwn(operators, name) ? operators[name] : undefined;
  return operator ?? fail(path, `one of ${Object.keys(operators).join(", ")}`, name);
}

function onlyMember(object: Readonly<Record<string, unknown>>, path: string): readonly [string, unknown] {
  const [member, ...others] = Object.entries(object);
  return member === undefined || others.length > 0 ? fail(path, "an object with one operator", object) : member;
}

function textOf(operand: unknown, path: string): string {
  return typeof operand === "string" ? operand : fail(path, "a text", operand);
}

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [value];
}

/** The values of a field: AWS takes objects for none, so that `exists: false` holds of them. */
function leavesOf(value: unknown): readonly unknown[] {
  return [value].flat(Number.POSITIVE_INFINITY).filter((leaf) => leaf !== undefined && !isObject(leaf));
}

/** The objects that a pattern of fields may match: an empty one where there is none, of which `exists: false` holds. */
function objectsIn(value: unknown): readonly unknown[] {
  const objects = [value].flat(Number.POSITIVE_INFINITY).filter(isObject);
  return objects.length > 0 ? objects : [{}];
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function fail(path: string, expected: string, found: unknown): never {
  throw new Error(`Event pattern, ${path || "the whole"}: expected ${expected}, found ${JSON.stringify(found)}`);
}
