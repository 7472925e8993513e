import { isPlainObject } from "../inputs";

/** Inputs by name, as they stand in a configuration. */
export type Given = Readonly<Record<string, unknown>>;

type Path = readonly (string | number)[];

/** The inputs of a trail over those that all trails share: maps laid over each other, everything else replaced. */
export function layered(defaults: Given, own: Given): Given {
  const merged = new Map(Object.entries(defaults));
  for (const [key, value] of Object.entries(own)) {
    const shared = merged.get(key);
    merged.set(key, isPlainObject(shared) && isPlainObject(value) ? layered(shared, value) : value);
  }
  // Of entries, as an assignment to `__proto__` would be lost.
  return Object.fromEntries(merged);
}

/** Whether what a path leads to, in the inputs laid over each other, comes from those that all trails share. */
export function isShared(defaults: Given, own: Given, path: Path): boolean {
  const steps = stepsWithin(own, path);
  return stepsWithin(defaults, path) > steps && isPlainObject(atEnd(own, path.slice(0, steps)));
}

/** What a path leads to that is there. */
function atEnd(value: unknown, path: Path): unknown {
  return path.reduce((at, step) => (at as Record<string | number, unknown>)[step], value);
}

/** How far a path leads into a value. */
function stepsWithin(value: unknown, path: Path): number {
  let at = value;
  let steps = 0;
  for (const step of path) {
    if (typeof at !== "object" || at === null || !Object.hasOwn(at, step)) {
      break;
    }
    at = (at as Record<string | number, unknown>)[step];
    steps += 1;
  }
  return steps;
}
