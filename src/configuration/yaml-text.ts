import { isNode, isPair, isScalar, LineCounter, parseDocument } from "yaml";
import type { Problem } from "../inputs";

/** Where something stands in a file; both begin at 1. */
export interface Position {
  readonly line: number;
  readonly column: number;
}

/** A problem with the place in the file that it is about. */
export interface PlacedProblem extends Problem {
  readonly position?: Position;
}

/** A configuration as it was written. */
export interface YamlText {
  /** What stands in it, as JSON knows it. */
  readonly value: unknown;
  /** The position of what the path leads to, or of the nearest thing around it that is there. */
  position(path: readonly (string | number)[]): Position | undefined;
  /** The text of a plain value as it was written: `012345678901`, which YAML reads as a number. */
  source(path: readonly (string | number)[]): string | undefined;
}

/** More is no configuration written by people. */
const LARGEST = 16 * 1024 * 1024;

/** References to anchors that may be followed: a few lines of them can stand for gigabytes. */
const MOST_ALIASES = 1000;

/** Reads YAML; JSON is YAML, too. Returns the problems of its syntax, with their positions. */
export function readYaml(
  bytes: Uint8Array,
): { readonly problems: readonly PlacedProblem[]; readonly text?: undefined } | { readonly text: YamlText } {
  if (bytes.length > LARGEST) {
    return failed(`must be at most ${LARGEST / 1024 / 1024} MiB; it has ${bytes.length} bytes`);
  }
  let content: string;
  try {
    content = new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    return failed("must be UTF-8: save the file in that encoding");
  }
  const lines = new LineCounter();
  try {
    const document = parseDocument(content, { lineCounter: lines, strict: true, uniqueKeys: true });
    const faults = [...document.errors, ...document.warnings];
    if (faults.length > 0) {
      return {
        problems: faults.map((fault) => ({
          path: [],
          requirement: inOneLine(fault.message),
          ...(fault.linePos === undefined
            ? {}
            : { position: { line: fault.linePos[0].line, column: fault.linePos[0].col } }),
        })),
      };
    }
    const nodeAt = (path: readonly (string | number)[]): unknown => document.getIn(path, true);
    return {
      text: {
        value: document.toJS({ maxAliasCount: MOST_ALIASES }) as unknown,
        position: (path) => {
          for (let length = path.length; length > 0; length -= 1) {
            const offset = keyOffset(nodeAt(path.slice(0, length - 1)) ?? document.contents, path[length - 1]);
            if (offset !== undefined) {
              const { line, col } = lines.linePos(offset);
              return { line, column: col };
            }
          }
          return undefined;
        },
        source: (path) => {
          const node = nodeAt(path);
          return isScalar(node) && typeof node.source === "string" ? node.source : undefined;
        },
      },
    };
  } catch (error) {
    if (error instanceof RangeError) {
      return failed("must not be nested so deeply");
    }
    if (error instanceof ReferenceError) {
      return failed(`must not use more than ${MOST_ALIASES} references to anchors: ${inOneLine(error.message)}`);
    }
    throw error;
  }
}

function failed(requirement: string): { readonly problems: readonly PlacedProblem[] } {
  return { problems: [{ path: [], requirement }] };
}

function inOneLine(message: string): string {
  return (message.split("\n")[0] as string).replace(/ at line \d+, column \d+:?$/, "");
}

/** Where a key of a map, or an item of a list, begins. */
function keyOffset(node: unknown, key: string | number | undefined): number | undefined {
  if (!isNode(node) || !("items" in node)) {
    return undefined;
  }
  if (typeof key === "number") {
    const item = node.items[key];
    return isNode(item) ? item.range?.[0] : undefined;
  }
  const pair = node.items.find((item) => isPair(item) && isScalar(item.key) && String(item.key.value) === key);
  return isPair(pair) && isScalar(pair.key) ? pair.key.range?.[0] : undefined;
}
