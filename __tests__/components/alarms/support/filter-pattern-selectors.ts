/** A step of a selector: `.name`, `.['name']`, `.*`, `[0]`, `[*]`. */
export interface Step {
  readonly key: string;
  readonly ofArray: boolean;
  readonly any: boolean;
}

const STEP = /\.(?:\['(?<quoted>[^']+)'\]|(?<name>[\w-]+|\*))|\[(?<index>\d+|\*)\]/g;

/** The steps of a selector, as a pattern has it: `$.users[0].email`. */
export function stepsOf(selector: string): readonly Step[] {
  return [...selector.matchAll(STEP)].map(({ groups: { quoted, name, index } = {} }) => ({
    key: quoted ?? name ?? index ?? "",
    ofArray: index !== undefined,
    any: (name ?? index) === "*",
  }));
}

/** The values that a selector finds: none, or one, or with a wildcard several. */
export function selected(event: unknown, steps: readonly Step[]): readonly unknown[] {
  return steps.reduce<readonly unknown[]>((values, step) => values.flatMap((value) => reached(value, step)), [event]);
}

function reached(value: unknown, { key, ofArray, any }: Step): readonly unknown[] {
  if (typeof value !== "object" || value === null || Array.isArray(value) !== ofArray) {
    return [];
  }
  if (any) {
    return Object.values(value);
  }
  return Object.hasOwn(value, key) ? [Reflect.get(value, key)] : [];
}
