import { posix } from "node:path";
import { PublishProblem } from "../problem";
import { type Body, blocksOf, parseBody, type Value } from "../terraform-syntax";

/** A move of an address to another one, within the module in which it stands. */
export interface Move {
  readonly from: string;
  readonly to: string;
}

/** What one folder of Terraform files says. Addresses are those within it. */
export interface ModuleSource {
  /** The folder below the root; empty for the root itself. */
  readonly folder: string;
  readonly variables: ReadonlyMap<string, Body>;
  readonly outputs: ReadonlyMap<string, Body>;
  /** By address: `aws_s3_bucket.log_bucket`. */
  readonly resources: ReadonlyMap<string, Body>;
  /** By address: `data.aws_caller_identity.current`. */
  readonly dataSources: ReadonlyMap<string, Body>;
  readonly locals: ReadonlyMap<string, Value>;
  readonly calls: ReadonlyMap<string, Body>;
  readonly moves: readonly Move[];
  /** Addresses that Terraform shall forget, and leave as they are. */
  readonly forgotten: readonly string[];
  readonly requiredVersions: readonly string[];
  readonly requiredProviders: ReadonlyMap<string, Body>;
}

/** What was parsed already, by its text: two releases have most files in common. */
const parsed = new Map<string, Promise<Body>>();

function parseFile(path: string, text: string): Promise<Body> {
  const known = parsed.get(text);
  if (known !== undefined) {
    return known;
  }
  const parsing = parseBody(path, text).catch((error: unknown) => {
    throw new PublishProblem(`${path}: cannot be read: ${error instanceof Error ? error.message : String(error)}`);
  });
  parsed.set(text, parsing);
  return parsing;
}

/** Examples and tests are no part of what is called. */
const NOT_CALLED = /^(examples|tests)\//;

/**
 * Reads the Terraform files of a module and of those in its folders, by folder.
 *
 * @param where it is from, for messages
 * @throws PublishProblem where a file cannot be read, or there is none in the root
 */
export async function readModules(
  files: ReadonlyMap<string, string | Buffer>,
  where: string,
): Promise<ReadonlyMap<string, ModuleSource>> {
  const bodies = new Map<string, Body[]>();
  for (const [path, content] of files) {
    if (/\.tf(\.json)?$/.test(path) && !NOT_CALLED.test(path)) {
      const folder = posix.dirname(path) === "." ? "" : posix.dirname(path);
      bodies.set(folder, [...(bodies.get(folder) ?? []), await parseFile(`${where}: ${path}`, content.toString())]);
    }
  }
  if (!bodies.has("")) {
    throw new PublishProblem(`${where}: has no Terraform file in its root, as every module has`);
  }
  return new Map([...bodies].map(([folder, each]) => [folder, moduleSource(folder, each)]));
}

function moduleSource(folder: string, bodies: readonly Body[]): ModuleSource {
  const all = (name: string): readonly Body[] => bodies.flatMap((body) => blocksOf(body[name]));
  const labelled = (name: string): ReadonlyMap<string, Body> =>
    new Map(
      all(name).flatMap((body) => Object.entries(body).map(([label, each]) => [label, onlyBlock(each)] as const)),
    );
  const typed = (name: string, prefix = ""): ReadonlyMap<string, Body> =>
    new Map(
      all(name).flatMap((types) =>
        Object.entries(types).flatMap(([type, names]) =>
          blocksOf(names).flatMap((each) =>
            Object.entries(each).map(([label, body]) => [`${prefix}${type}.${label}`, onlyBlock(body)] as const),
          ),
        ),
      ),
    );
  const settings = all("terraform");
  return {
    folder,
    variables: labelled("variable"),
    outputs: labelled("output"),
    resources: typed("resource"),
    dataSources: typed("data", "data."),
    locals: new Map(all("locals").flatMap((body) => Object.entries(body))),
    calls: labelled("module"),
    moves: all("moved").map(({ from, to }) => ({ from: addressIn(from), to: addressIn(to) })),
    forgotten: all("removed")
      .filter(({ lifecycle }) => onlyBlock(lifecycle).destroy === false)
      .map(({ from }) => addressIn(from)),
    requiredVersions: settings.flatMap(({ required_version: version }) =>
      typeof version === "string" ? [version] : [],
    ),
    requiredProviders: new Map(
      settings
        .flatMap(({ required_providers: providers }) => blocksOf(providers))
        .flatMap((providers) =>
          Object.entries(providers).map(
            ([name, given]) =>
              [name, typeof given === "string" ? { version: given } : (Object(given) as Body)] as const,
          ),
        ),
    ),
  };
}

function onlyBlock(value: Value): Body {
  return blocksOf(value)[0] ?? {};
}

/** The text of an expression that stands alone. */
export function expressionText(value: Value): string {
  const text = String(value);
  return (/^\$\{(.*)\}$/s.exec(text)?.[1] ?? text).trim();
}

/** An address without the keys of instances: what is moved with a key is the same resource. */
function addressIn(value: Value): string {
  return withoutKeys(expressionText(value));
}

/** `module.trail[0].aws_cloudtrail.trail["x"]` is of `module.trail.aws_cloudtrail.trail`. */
export function withoutKeys(address: string): string {
  return address.replace(/\[[^\]]*\]/g, "");
}

/** A value in a form in which equal ones are equal, however they are written. */
export function canonical(value: Value): string {
  return JSON.stringify(value, (_name, each: Value) => {
    if (typeof each === "string") {
      return each.replace(/\s+/g, " ");
    }
    if (Array.isArray(each)) {
      // A block by itself is in a list in the one syntax, and not in the other.
      return each.length === 1 && typeof each[0] === "object" ? each[0] : each;
    }
    return each !== null && typeof each === "object"
      ? Object.fromEntries(Object.entries(each).sort(([one], [other]) => (one < other ? -1 : 1)))
      : each;
  });
}
