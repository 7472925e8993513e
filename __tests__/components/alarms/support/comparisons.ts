/** How a number compares with the one in a pattern. */
export type Order = (value: number, operand: number) => boolean;

/** The operators on numbers that both languages of patterns have. */
export const ORDERS: ReadonlyMap<string, Order> = new Map<string, Order>([
  ["=", (value, operand) => value === operand],
  ["<", (value, operand) => value < operand],
  ["<=", (value, operand) => value <= operand],
  [">", (value, operand) => value > operand],
  [">=", (value, operand) => value >= operand],
]);

/** The source of a regular expression that takes a text as it is. */
export function literally(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|]/g, "\\$&");
}
