import { type Alias, isAlias, isMap, isNode, isScalar, isSeq, type Node, type Scalar, type YAMLMap } from "yaml";
import type { Problem } from "../inputs";

/** A value of a file, where it stands there, and what is in it. */
export interface PlacedValue {
  /** As JSON knows it. */
  readonly value: unknown;
  /** Where its key begins, or itself where it has none. */
  readonly offset: number | undefined;
  /** A value without quotes, as it was written. */
  readonly source?: string;
  /** What is in it, by key or index. */
  readonly parts?: ReadonlyMap<string | number, PlacedValue>;
  /** How many values it is, with all that is in it. */
  readonly size: number;
  /** How deeply things are nested in it. */
  readonly depth: number;
  /** That it could not be read, or something in it, so that nothing more can be said of it as a whole. */
  readonly unread?: "itself" | "within";
}

/** A problem and where it begins in the text. */
export interface OffsetProblem extends Problem {
  readonly offset: number;
}

/** What people write is not nested more deeply. */
const DEEPEST = 100;

/** What is to be done where it is. */
export const TOO_DEEP = `must not be nested more than ${DEEPEST} deep`;

/** Values that references to anchors may stand for in all: a few lines of them can stand for billions. */
const MOST_REFERRED = 100_000;

/** The tags that change nothing but how a number or a word is read. All others are for programs. */
const HARMLESS_TAG = /^tag:yaml\.org,2002:(?:str|map|seq)$/;

/**
 * The values of a document. The parser can turn it into values, too, but then nobody knows where they stand: behind
 * anchors and merge keys, in keys that YAML reads as numbers, and in keys that are there twice.
 */
export function readValues(
  contents: unknown,
  lineOf: (offset: number) => number,
): { readonly root: PlacedValue; readonly problems: readonly OffsetProblem[] } {
  const reader = new ValueReader(lineOf);
  const root = reader.value(contents, [], undefined);
  return { root: { ...root, offset: undefined }, problems: reader.problems };
}

type Path = readonly (string | number)[];

class ValueReader {
  readonly problems: OffsetProblem[] = [];
  /** What anchors stand for; undefined for those that have begun and not ended. */
  private readonly anchors = new Map<string, PlacedValue | undefined>();
  private referred = 0;

  constructor(private readonly lineOf: (offset: number) => number) {}

  value(node: unknown, path: Path, at: number | undefined): PlacedValue {
    if (!isNode(node)) {
      return nothing(at);
    }
    if (isAlias(node)) {
      return this.alias(node, path, at);
    }
    const { anchor } = node as { anchor?: string };
    if (anchor !== undefined) {
      this.anchors.set(anchor, undefined);
    }
    const read = this.own(node, path, at ?? node.range?.[0]);
    if (anchor !== undefined) {
      this.anchors.set(anchor, read);
    }
    return read;
  }

  private own(node: Node, path: Path, offset: number | undefined): PlacedValue {
    if (node.tag !== undefined && !HARMLESS_TAG.test(node.tag)) {
      this.add(path, offset, "must have no tag: it is for programs", node.tag.replace(/^tag:yaml\.org,2002:/, "!!"));
      return unreadable(offset);
    }
    if (path.length > DEEPEST) {
      return this.tooDeep(offset);
    }
    if (isMap(node)) {
      return this.map(node, path, offset);
    }
    if (isSeq(node)) {
      const items = node.items.map((item, index) => this.value(item, [...path, index], rangeOf(item)));
      return { value: items.map(({ value }) => value), offset, parts: new Map(items.entries()), ...extentOf(items) };
    }
    const { value, type, source } = node as Scalar;
    const written = type === "PLAIN" && source !== undefined ? { source } : {};
    return { ...nothing(offset), value, ...written };
  }

  private map(node: YAMLMap, path: Path, offset: number | undefined): PlacedValue {
    const parts = new Map<string, PlacedValue>();
    const merged: PlacedValue[] = [];
    for (const { key, value } of node.items) {
      const at = rangeOf(key) ?? rangeOf(value) ?? offset;
      const name = keyText(key);
      if (name === undefined) {
        this.add([...path, inWords(key)], at, "must be a text, as the key of a map");
        continue;
      }
      this.value(key, [...path, name], at);
      if (name === "<<" && isPlain(key)) {
        merged.push(...this.merged(value, [...path, name], at));
        continue;
      }
      const read = this.value(value, [...path, name], at);
      const first = parts.get(name);
      if (first === undefined) {
        parts.set(name, read);
      } else {
        const line = this.lineOf(first.offset ?? 0);
        this.add([...path, name], at, `must be there once; it stands in line ${line} already`);
      }
    }
    for (const { parts: others } of merged) {
      for (const [name, part] of others ?? []) {
        if (!parts.has(name as string)) {
          parts.set(name as string, part);
        }
      }
    }
    // Of entries, as an assignment to `__proto__` would be lost.
    const value = Object.fromEntries([...parts].map(([name, part]) => [name, part.value]));
    const read = { value, offset, parts, ...extentOf([...parts.values()]) };
    return merged.some(({ unread }) => unread === "itself") ? { ...read, unread: "itself" } : read;
  }

  /** The maps of a merge key, `<<: *others`. What stands in the map itself goes before what is merged into it. */
  private merged(node: unknown, path: Path, at: number | undefined): readonly PlacedValue[] {
    const given = this.value(node, path, at);
    const maps = Array.isArray(given.value) ? [...(given.parts?.values() ?? [])] : [given];
    if (
      maps.every(({ value, parts, unread }) => unread === "itself" || (parts !== undefined && !Array.isArray(value)))
    ) {
      return maps;
    }
    this.add(path, at, "must be a map, or a list of maps: it merges their keys into the map around it");
    return [unreadable(at)];
  }

  private alias(node: Alias, path: Path, at: number | undefined): PlacedValue {
    const offset = at ?? node.range?.[0];
    const known = this.anchors.get(node.source);
    if (known === undefined) {
      const requirement = this.anchors.has(node.source)
        ? "must not hold itself"
        : "must refer to an anchor that stands further up";
      this.add(path, offset, requirement, `*${node.source}`);
      return unreadable(offset);
    }
    if (path.length + known.depth > DEEPEST) {
      return this.tooDeep(offset);
    }
    const before = this.referred;
    this.referred += known.size;
    if (this.referred > MOST_REFERRED) {
      if (before <= MOST_REFERRED) {
        const requirement = `must not stand for more than ${MOST_REFERRED} values, with all other references to anchors`;
        this.add(path, offset, requirement, `*${node.source}`);
      }
      return unreadable(offset);
    }
    return { ...known, offset };
  }

  private tooDeep(offset: number | undefined): PlacedValue {
    if (this.problems.every(({ requirement }) => requirement !== TOO_DEEP)) {
      this.add([], offset, TOO_DEEP);
    }
    return unreadable(offset);
  }

  private add(path: Path, offset: number | undefined, requirement: string, got?: string): void {
    const problem = { path, requirement, offset: offset ?? 0 };
    this.problems.push(got === undefined ? problem : { ...problem, got });
  }
}

function nothing(offset: number | undefined): PlacedValue {
  return { value: null, offset, size: 1, depth: 0 };
}

function unreadable(offset: number | undefined): PlacedValue {
  return { ...nothing(offset), unread: "itself" };
}

function extentOf(parts: readonly PlacedValue[]): Pick<PlacedValue, "size" | "depth" | "unread"> {
  let size = 1;
  let depth = 0;
  const isRead = parts.every(({ unread }) => unread === undefined);
  for (const part of parts) {
    size += part.size;
    depth = Math.max(depth, part.depth + 1);
  }
  return isRead ? { size, depth } : { size, depth, unread: "within" };
}

function rangeOf(node: unknown): number | undefined {
  return isNode(node) ? node.range?.[0] : undefined;
}

/** A key as it was written: `012` and `0x10` name things, although YAML reads them as numbers. */
function keyText(key: unknown): string | undefined {
  if (!isScalar(key)) {
    return key === null ? "" : undefined;
  }
  return typeof key.value === "string" ? key.value : (key.source ?? "");
}

function isPlain(key: unknown): boolean {
  return isScalar(key) && key.type === "PLAIN";
}

function inWords(key: unknown): string {
  return isAlias(key) ? `*${key.source}` : isSeq(key) ? "a list" : "a map";
}
