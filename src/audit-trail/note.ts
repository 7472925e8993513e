/** A note where a condition holds. */
export function noteWhen(condition: boolean, note: string): readonly string[] {
  return condition ? [note] : [];
}

/** Whether a part is there that an input switches on. */
export function isOn(part: unknown): boolean {
  return part !== undefined && part !== null;
}
