import { type Literal, type Value, withoutEscapes } from "../values";
import { attribute, type Block, type Body, block, type Item } from "./block";
import { outputsOfCall } from "./examples";
import { comments, writeHcl } from "./hcl-writer";
import type { Files } from "./module";
import { moduleCall } from "./module-call";
import { requirements } from "./requirements";

/** What was at one address and shall be at another. */
export interface Move {
  readonly from: string;
  readonly to: string;
}

type Settings = Readonly<Record<string, Literal>>;

/** The parts of a stack, in Terraform's JSON, that a root module takes over. */
export interface StackJson {
  readonly terraform: {
    readonly required_version: string;
    readonly backend?: Readonly<Record<string, Settings>>;
    readonly cloud?: Settings;
  };
  readonly provider: { readonly aws: readonly ({ readonly region: string; readonly alias?: string } & Settings)[] };
  readonly output: Readonly<Record<string, { readonly description?: string }>>;
  readonly moved?: readonly Move[];
}

/** The call of a module nested in that which a root module calls. */
export interface CallBeside {
  readonly label: string;
  /** The name of the nested module. */
  readonly nested: string;
  /** The alias of its provider. */
  readonly alias: string;
  readonly inputs: Readonly<Record<string, Value<unknown>>>;
}

/** A root module that calls a module in place of what stands in a stack. */
export interface RootModule {
  readonly stack: StackJson;
  readonly label: string;
  readonly source: string;
  readonly inputs: Settings;
  /** What readers of the call should know. */
  readonly comment?: string;
  /** Calls of nested modules beside it, each with a provider of its own. */
  readonly beside?: readonly CallBeside[];
  /** The moves from the stack to the module; undefined where Terraform is told of them in another way. */
  readonly moves: readonly Move[] | undefined;
}

/** Settings of backends that are blocks. Terraform's JSON, from which the others come as they are, does not tell. */
const BLOCKS: Readonly<Record<string, readonly string[]>> = {
  cloud: ["workspaces"],
  cos: ["assume_role"],
  kubernetes: ["exec"],
  oss: ["assume_role"],
  remote: ["workspaces"],
};

const MOVED_COMMENT =
  "What the stack made, at its addresses in the module. Once this is applied, nobody needs it any more.";

/** The parts of a root module, by the files in which they stand. */
export function rootModule(root: RootModule): ReadonlyMap<string, Body> {
  const { stack, label, source, inputs, comment, moves, beside = [] } = root;
  const { required_version: version, backend = {}, cloud } = stack.terraform;
  const backends = Object.entries(backend).map(([name, settings]) =>
    block("backend", [name], bodyOf(settings, BLOCKS[name])),
  );
  return new Map<string, Body>([
    [
      "versions.tf",
      requirements({
        terraform: version,
        backend: cloud === undefined ? backends : [block("cloud", [], bodyOf(cloud, BLOCKS.cloud))],
      }),
    ],
    [
      "main.tf",
      [
        ...stack.provider.aws.map(({ alias, region, ...provider }) =>
          block("provider", ["aws"], bodyOf({ ...(alias === undefined ? {} : { alias }), region, ...provider })),
        ),
        moduleCall({ label, source, inputs, comment }),
        ...beside.map((call) => callBeside(call, source)),
      ],
    ],
    ["outputs.tf", outputsOfCall(label, stack.output)],
    ...(moves === undefined ? [] : [["moved.tf", describeMoves([...(stack.moved ?? []), ...moves])] as const]),
  ]);
}

function callBeside({ label, nested, alias, inputs }: CallBeside, source: string): Block {
  return moduleCall({ label, source: nestedSource(source, nested), providers: { aws: `aws.${alias}` }, inputs });
}

/** Where a nested module is, of where the module is: of a package that is fetched, the folder comes after `//`. */
export function nestedSource(source: string, nested: string): string {
  const [, address = "", query = ""] = /^([^?]*)(\?.*)?$/.exec(source) ?? [];
  const withoutScheme = address.replace(/^\w+::/, "").replace(/^[a-z][a-z0-9+.-]*:\/\//, "");
  const hasFolder = withoutScheme.includes("//") || /^(\.{1,2}\/|\/)/.test(address);
  return `${address.replace(/\/$/, "")}${hasFolder ? "/" : "//"}modules/${nested}${query}`;
}

/** The files of a root module. */
export function rootModuleFiles(root: RootModule, note: string): Files {
  return new Map([...rootModule(root)].map(([name, body]) => [name, `${comments(note)}\n${writeHcl(body)}`]));
}

function describeMoves(moves: readonly Move[]): Body {
  return moves.map(({ from, to }, index) =>
    block(
      "moved",
      [],
      [attribute("from", from, "type"), attribute("to", to, "type")],
      index === 0 ? MOVED_COMMENT : undefined,
    ),
  );
}

/** Settings in Terraform's JSON as a body: arguments first, then blocks. */
function bodyOf(settings: Settings, blocks: readonly string[] = []): Body {
  const items = Object.entries(settings).flatMap(([name, value]): readonly Item[] => {
    if (Array.isArray(value) && value.length > 0 && value.every(isSettings)) {
      return value.map((each) => block(name, [], bodyOf(each)));
    }
    return isSettings(value) && blocks.includes(name)
      ? [block(name, [], bodyOf(value))]
      : [attribute(name, unescaped(value))];
  });
  return [...items.filter(({ kind }) => kind === "attribute"), ...items.filter(({ kind }) => kind === "block")];
}

function isSettings(value: unknown): value is Settings {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** In JSON, texts are sources of templates. Of the settings that are taken over none is more than a text. */
function unescaped(value: Literal): Literal {
  return typeof value === "string" ? withoutEscapes(value) : value;
}
