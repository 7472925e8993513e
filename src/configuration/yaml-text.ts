import { LineCounter, parseDocument, type YAMLError } from "yaml";
import type { Problem } from "../inputs";
import { type PlacedValue, readValues, TOO_DEEP } from "./yaml-values";

/** Where something stands in a file; both begin at 1. */
export interface Position {
  readonly line: number;
  readonly column: number;
}

/** A problem with the place in the file that it is about. */
export interface PlacedProblem extends Problem {
  readonly position: Position;
}

type Path = readonly (string | number)[];

/** A configuration as it was written. */
export interface YamlText {
  /** What stands in it, as JSON knows it. */
  readonly value: unknown;
  /** The position of what the path leads to, or of the nearest thing around it that is there, or of the whole. */
  position(path: Path): Position;
  /** A value without quotes, as it was written: `012345678901`, which YAML reads as a number. */
  source(path: Path): string | undefined;
  /** Whether the value and all in it could be read, as far as it is there. */
  isRead(path: Path): boolean;
}

/** What was read. Without a text, where the syntax is so wrong that the values cannot be told. */
export interface ReadYaml {
  readonly problems: readonly PlacedProblem[];
  readonly text?: YamlText;
}

/** Where what is about a whole file is shown. */
const BEGINNING: Position = { line: 1, column: 1 };

/** More is no configuration written by people; it would be enough for some thousand trails. */
const LARGEST = 1024 * 1024;

/** One fault of syntax makes more of them in the lines below: nobody reads them all. */
const MOST_FAULTS = 20;

/** Reads YAML; JSON is YAML, too. Returns the problems of its syntax, with their positions. */
export function readYaml(bytes: Uint8Array): ReadYaml {
  if (bytes.length > LARGEST) {
    return failed(`must be at most ${LARGEST / 1024 / 1024} MiB; got ${bytes.length} bytes`);
  }
  const content = decoded(bytes);
  if (content === undefined) {
    return failed("must be text in UTF-8: save the file in that encoding", firstUndecodable(bytes));
  }
  const lines = new LineCounter();
  const positionAt = (offset: number | undefined): Position => {
    const { line, col } = lines.linePos(offset ?? 0);
    return offset === undefined ? BEGINNING : { line, column: col };
  };
  const document = withoutTraces(() =>
    parseDocument(content, {
      lineCounter: lines,
      prettyErrors: false,
      // One language, whatever the file says of itself; tags and keys that are there twice are looked for below.
      version: "1.2",
      schema: "core",
      resolveKnownTags: false,
      uniqueKeys: false,
    }),
  );
  const faults = [...document.errors, ...document.warnings.filter(({ code }) => code !== "TAG_RESOLVE_FAILED")];
  if (faults.length > 0) {
    return { problems: faultsOf(faults, positionAt) };
  }
  const { root, problems } = readValues(document.contents, (offset) => positionAt(offset).line);
  return {
    problems: problems.map(({ offset, ...problem }) => ({ ...problem, position: positionAt(offset) })),
    text: {
      value: root.value,
      position: (path) => positionAt(alongPath(root, path).at(-1)?.offset),
      source: (path) => {
        const values = alongPath(root, path);
        return values.length > path.length ? values.at(-1)?.source : undefined;
      },
      isRead: (path) => {
        const values = alongPath(root, path);
        const isWhole = values.length <= path.length || values.at(-1)?.unread === undefined;
        return isWhole && values.every(({ unread }) => unread !== "itself");
      },
    },
  };
}

/** The values on the way that a path leads, as far as they are there. */
function alongPath(root: PlacedValue, path: Path): readonly PlacedValue[] {
  const values = [root];
  for (const step of path) {
    const next = values.at(-1)?.parts?.get(step);
    if (next === undefined) {
      break;
    }
    values.push(next);
  }
  return values;
}

function failed(requirement: string, position = BEGINNING): ReadYaml {
  return { problems: [{ path: [], requirement, position }] };
}

/** The text, without the mark that some editors begin it with; undefined where it is no UTF-8. */
function decoded(bytes: Uint8Array): string | undefined {
  try {
    const content = new TextDecoder("utf-8", { fatal: true }).decode(bytes);
    // UTF-16 without its mark is UTF-8 full of NULs.
    return content.includes("\0") ? undefined : content;
  } catch {
    return undefined;
  }
}

/** Where the first byte stands that is no text in UTF-8. */
function firstUndecodable(bytes: Uint8Array): Position {
  const isText = (length: number): boolean => {
    try {
      const content = new TextDecoder("utf-8", { fatal: true }).decode(bytes.subarray(0, length), { stream: true });
      return !content.includes("\0");
    } catch {
      return false;
    }
  };
  let good = 0;
  let bad = bytes.length;
  while (bad - good > 1) {
    const middle = Math.floor((good + bad) / 2);
    if (isText(middle)) {
      good = middle;
    } else {
      bad = middle;
    }
  }
  const before = new TextDecoder("utf-8").decode(bytes.subarray(0, good)).split("\n");
  return { line: before.length, column: (before.at(-1) as string).length + 1 };
}

/** Runs without the traces of errors: the parser makes an error for each fault, and a file can have a million. */
function withoutTraces<T>(run: () => T): T {
  const limit = Error.stackTraceLimit;
  Error.stackTraceLimit = 0;
  try {
    return run();
  } finally {
    Error.stackTraceLimit = limit;
  }
}

function faultsOf(
  faults: readonly YAMLError[],
  positionAt: (offset: number | undefined) => Position,
): readonly [PlacedProblem, ...PlacedProblem[]] {
  // The parser calls itself for what is within something, and ends where there is no room left.
  const [deep] = faults.filter(({ code }) => code === "RESOURCE_EXHAUSTION");
  const told = deep === undefined ? faults.slice(0, MOST_FAULTS) : [deep];
  const problems = told.map((fault) => ({
    path: [],
    requirement: requirementOf(fault),
    position: positionAt(fault.pos[0]),
  }));
  return problems as unknown as [PlacedProblem, ...PlacedProblem[]];
}

function requirementOf({ code, message }: YAMLError): string {
  switch (code) {
    case "RESOURCE_EXHAUSTION":
      return TOO_DEEP;
    case "MULTIPLE_DOCS":
      return "must be one document of YAML; a second one begins here";
    case "TAB_AS_INDENT":
      return "must be indented with spaces; got a tab";
    default:
      return `must be YAML: ${message.split("\n")[0]}`;
  }
}
