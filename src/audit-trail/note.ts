/** A note where a condition holds. */
export function noteWhen(condition: boolean, note: string): readonly string[] {
  return condition ? [note] : [];
}
