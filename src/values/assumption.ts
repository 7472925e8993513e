import { Expression, isExpression, type Node, type Value } from "./expression";

/** The same expression with another node, or itself where nothing changed. */
function withParts(of: Expression<unknown>, change: (part: unknown) => unknown): Expression<unknown> {
  let changed = false;
  const parts = Object.entries(of.node).map(([name, part]) => {
    // A token of cdktf is no value, nor is what an expression waits for.
    const result = name === "token" || name === "dependencies" ? part : change(part);
    changed ||= result !== part;
    return [name, result];
  });
  return changed ? new Expression(Object.fromEntries(parts) as Node) : of;
}

/** Whether two values are written in the same way. */
export function isWrittenAlike(left: unknown, right: unknown): boolean {
  if (left === right) {
    return true;
  }
  if (typeof left !== "object" || typeof right !== "object" || left === null || right === null) {
    return false;
  }
  if (isExpression(left) !== isExpression(right) || Array.isArray(left) !== Array.isArray(right)) {
    return false;
  }
  const [one, other] = [left, right].map((each) => (isExpression(each) ? each.node : each)) as [object, object];
  const names = Object.keys(one);
  return (
    names.length === Object.keys(other).length &&
    names.every((name) => isWrittenAlike(one[name as never], other[name as never]))
  );
}

/**
 * A value as it is where a condition is known to hold or not: what was chosen by the same condition is decided.
 *
 * @param contrary the contrary of the condition
 */
export function assuming<T>(value: T, condition: Value<boolean>, contrary: Value<boolean>, holds: boolean): T {
  const decide = (part: unknown): unknown => {
    if (isExpression(part)) {
      const { node } = part;
      if (node.kind === "conditional") {
        if (isWrittenAlike(node.condition, condition)) {
          return decide(holds ? node.whenTrue : node.whenFalse);
        }
        if (isWrittenAlike(node.condition, contrary)) {
          return decide(holds ? node.whenFalse : node.whenTrue);
        }
      }
      return withParts(part, decide);
    }
    if (Array.isArray(part)) {
      const items = part.map(decide);
      return items.some((item, index) => item !== part[index]) ? items : part;
    }
    if (typeof part === "object" && part !== null && Object.getPrototypeOf(part) === Object.prototype) {
      const entries = Object.entries(part).map(([name, item]) => [name, decide(item)] as const);
      return entries.some(([name, item]) => item !== part[name as never]) ? Object.fromEntries(entries) : part;
    }
    return part;
  };
  return decide(value) as T;
}
