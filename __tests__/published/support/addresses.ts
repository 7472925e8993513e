import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Files } from "../../../src/generator";

/** What an address of before is now. */
export interface Move {
  readonly from: string;
  readonly to: string;
}

/** The addresses of what Terraform would make, and the moves that are written beside them. */
export interface Addresses {
  readonly present: readonly string[];
  readonly moves: readonly Move[];
}

type Counted = Readonly<Record<string, { readonly count?: unknown; readonly source?: string }>>;

interface TerraformJson {
  readonly resource?: Readonly<Record<string, Counted>>;
  readonly module?: Counted;
  readonly moved?: readonly Move[];
}

/** The addresses in one file of Terraform's JSON. */
function inFile({ resource = {} }: TerraformJson): readonly string[] {
  return Object.entries(resource).flatMap(([type, names]) => withIndexes(names).map((name) => `${type}.${name}`));
}

function withIndexes(names: Counted): readonly string[] {
  return Object.entries(names).map(([name, { count }]) => (count === undefined ? name : `${name}[0]`));
}

/** The addresses of a stack, as it is synthesized. */
export function addressesOfStack(json: string): Addresses {
  const stack = JSON.parse(json) as TerraformJson;
  return { present: inFile(stack), moves: stack.moved ?? [] };
}

/** The addresses of a module that was generated as JSON, through all modules that it calls. */
export function addressesOfModule(files: Files, folder = ""): Addresses {
  const read = (name: string): TerraformJson => JSON.parse(files.get(`${folder}${name}.tf.json`) ?? "{}");
  const main = read("main");
  const nested = Object.entries(main.module ?? {}).map(([name, call]) => {
    const [labelled] = withIndexes({ [name]: call });
    const within = (address: string): string => `module.${labelled}.${address}`;
    const { present, moves } = addressesOfModule(files, `modules/${call.source?.split("/").at(-1)}/`);
    return {
      present: present.map(within),
      moves: moves.map(({ from, to }) => ({ from: within(from), to: within(to) })),
    };
  });
  return {
    present: [...inFile(main), ...nested.flatMap(({ present }) => present)],
    moves: [...(read("moved").moved ?? []), ...nested.flatMap(({ moves }) => moves)],
  };
}

/** A committed list of addresses, one a line. */
export interface Pinned {
  readonly file: string;
  readonly addresses: readonly string[];
}

/** Reads a committed list, which lies beside the tests. */
export function readPinned(file: string): Pinned {
  const lines = readFileSync(join(__dirname, "..", file), "utf8").split("\n");
  return { file, addresses: lines.filter((line) => line !== "" && !line.startsWith("#")) };
}

/**
 * What is wrong with addresses that users have in their states; nothing where Terraform finds every one of them again.
 */
export function brokenPromises(pinned: Pinned, { present, moves }: Addresses): readonly string[] {
  // What gets or loses a count is moved by Terraform itself.
  const known = new Set(present.map(withoutIndexes));
  return [
    ...pinned.addresses
      .filter((address) => !known.has(now(withoutIndexes(address), moves)))
      .map(
        (address) =>
          `${address} is gone, and Terraform would destroy what users have there. A changed address demands an entry ` +
          "in the list `moved` of the component's definition: { from, to }. The line of the old one stays.",
      ),
    ...present
      .filter((address) => !pinned.addresses.includes(address))
      .map((address) => `${address} is new: add a line for it to __tests__/published/${pinned.file}.`),
  ];
}

function withoutIndexes(address: string): string {
  return address.replaceAll("[0]", "");
}

/** What an address has become, by one move after the other. */
function now(address: string, moves: readonly Move[]): string {
  const move = moves.find(({ from }) => `${address}.`.startsWith(`${withoutIndexes(from)}.`));
  return move === undefined
    ? address
    : now(withoutIndexes(move.to) + address.slice(withoutIndexes(move.from).length), moves);
}
