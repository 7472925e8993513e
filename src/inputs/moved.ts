import { type Problem, problemText } from "./problem";

/** An address that changed: what it was in the states of users, and what it is now. */
export interface Moved {
  /** The address before, within the component: `aws_s3_bucket.logs`, `module.bucket`. `[0]` is the index of a count. */
  readonly from: string;
  /** The address now, or that of a later entry. */
  readonly to: string;
  /** The version in which it changed: `1.2.0`. */
  readonly since?: string;
}

const NAME = "[A-Za-z_][A-Za-z0-9_-]*";
const MODULE = `module\\.${NAME}(?:\\[0\\])?`;
const RESOURCE = `(?!(?:module|data)\\.)(?<type>${NAME})\\.${NAME}(?:\\[0\\])?`;
const RESOURCE_ADDRESS = new RegExp(`^(?:${MODULE}\\.)*(?<resource>${RESOURCE})$`);
const MODULE_ADDRESS = new RegExp(`^${MODULE}(?:\\.${MODULE})*$`);
const VERSION = /^[0-9]+\.[0-9]+\.[0-9]+$/;

/** The part of an address that names a resource in its module, and its type; undefined where it is that of a module. */
export function movedResource(address: string): { readonly resource: string; readonly type: string } | undefined {
  return RESOURCE_ADDRESS.exec(address)?.groups as { resource: string; type: string } | undefined;
}

/** An address without the indexes of counts. Terraform moves by itself what gets or loses one. */
export function withoutIndexes(address: string): string {
  return address.replaceAll("[0]", "");
}

/**
 * What is wrong with a list of moved addresses, in itself.
 *
 * @returns one line for each problem
 */
export function movedProblems(moved: readonly Moved[]): readonly string[] {
  const problems = moved.flatMap((entry, index) => problemsOfEntry(entry, ["moved", index]));
  const twice = (["from", "to"] as const).flatMap((end) => repeated(moved, end));
  return (problems.length > 0 ? problems : [...twice, ...circles(moved)]).map(problemText);
}

function problemsOfEntry({ from, to, since }: Moved, at: Problem["path"]): readonly Problem[] {
  const ends: readonly Problem[] = Object.entries({ from, to }).flatMap(([end, address]) =>
    RESOURCE_ADDRESS.test(address) || MODULE_ADDRESS.test(address)
      ? []
      : [
          {
            path: [...at, end],
            requirement:
              "must be the address of a resource or a module within the component, such as aws_s3_bucket.log_bucket, " +
              "module.trail or aws_sns_topic.alarms[0]",
            got: JSON.stringify(address),
          },
        ],
  );
  const version: readonly Problem[] =
    since === undefined || VERSION.test(since)
      ? []
      : [{ path: [...at, "since"], requirement: "must be a version such as 1.2.0", got: JSON.stringify(since) }];
  const got = `${from} to ${to}`;
  if (ends.length > 0) {
    return [...ends, ...version];
  }
  if (movedResource(from)?.type !== movedResource(to)?.type) {
    return [
      { path: at, requirement: "must lead from a resource to one of its type, or from a module to a module", got },
    ];
  }
  return withoutIndexes(from) === withoutIndexes(to)
    ? [{ path: at, requirement: "must change more than an index, which Terraform does by itself", got }, ...version]
    : version;
}

/** Two entries with one beginning or one end: Terraform calls them ambiguous. */
function repeated(moved: readonly Moved[], end: "from" | "to"): readonly Problem[] {
  return moved.flatMap((entry, index) =>
    moved.slice(0, index).some((other) => withoutIndexes(other[end]) === withoutIndexes(entry[end]))
      ? [{ path: ["moved", index, end], requirement: "must not be that of an earlier entry", got: entry[end] }]
      : [],
  );
}

/** Entries by which an address would become itself again. */
function circles(moved: readonly Moved[]): readonly Problem[] {
  const next = new Map(moved.map(({ from, to }) => [withoutIndexes(from), withoutIndexes(to)]));
  return moved.flatMap(({ from }, index) => {
    const seen = new Set<string>();
    let at: string | undefined = withoutIndexes(from);
    while (at !== undefined && !seen.has(at)) {
      seen.add(at);
      at = next.get(at);
    }
    return at === undefined
      ? []
      : [{ path: ["moved", index], requirement: "must not be part of a circle", got: [...seen, at].join(" to ") }];
  });
}
