import { createHash } from "node:crypto";
import { posix } from "node:path";
import { type Body, blocksOf, type Value } from "../terraform-syntax";
import { canonical, type ModuleSource, withoutKeys } from "./module-source";

/** A module as it is placed: by itself, or by a call of another one. */
export interface Placement {
  readonly source: ModuleSource;
  /** Of the address of everything in it: empty, or `module.trail.`. */
  readonly prefix: string;
  readonly caller: { readonly placement: Placement; readonly call: Body } | undefined;
  /** What is called from here, by the name of the call; without what lies elsewhere. */
  readonly calls: ReadonlyMap<string, Placement>;
}

/** A resource, or a call of a module that lies elsewhere, with its full address. */
export interface PlacedResource {
  readonly address: string;
  readonly type: string;
  readonly body: Body;
  readonly placement: Placement;
}

/** Places a module, with all that it calls below its own root. */
export function place(
  modules: ReadonlyMap<string, ModuleSource>,
  folder: string,
  prefix = "",
  caller?: Placement["caller"],
): Placement {
  const source = modules.get(folder) as ModuleSource;
  const calls = new Map<string, Placement>();
  const placement: Placement = { source, prefix, caller, calls };
  for (const [name, call] of source.calls) {
    const called = calledFolder(folder, call);
    if (called !== undefined && modules.has(called) && !isCalledFrom(placement, called)) {
      calls.set(name, place(modules, called, `${prefix}module.${name}.`, { placement, call }));
    }
  }
  return placement;
}

/** The folder of a module that is called by a path; undefined where it lies elsewhere. */
function calledFolder(folder: string, { source }: Body): string | undefined {
  if (typeof source !== "string" || !/^\.\.?\//.test(source)) {
    return undefined;
  }
  const path = posix.normalize(posix.join(folder, source)).replace(/\/$/, "");
  return path === "." ? "" : path;
}

/** No module can be in itself; files that say so would be followed without end. */
function isCalledFrom(placement: Placement, folder: string): boolean {
  return (
    placement.source.folder === folder ||
    (placement.caller !== undefined && isCalledFrom(placement.caller.placement, folder))
  );
}

/** The resources of a module and of all that it calls, by their address. */
export function placedResources(placement: Placement): ReadonlyMap<string, PlacedResource> {
  const { source, prefix, calls } = placement;
  const own = [...source.resources].map(([address, body]) => ({
    address: `${prefix}${address}`,
    type: address.split(".")[0] as string,
    body,
    placement,
  }));
  const elsewhere = [...source.calls]
    .filter(([name]) => !calls.has(name))
    .map(([name, body]) => ({ address: `${prefix}module.${name}`, type: "module", body, placement }));
  const nested = [...calls.values()].flatMap((each) => [...placedResources(each).values()]);
  return new Map([...own, ...elsewhere, ...nested].map((each) => [each.address, each]));
}

/** The moves in a module and in all that it calls, with full addresses. */
export function placedMoves({ source, prefix, calls }: Placement): readonly (readonly [from: string, to: string])[] {
  return [
    ...source.moves.map(({ from, to }) => [`${prefix}${from}`, `${prefix}${to}`] as const),
    ...[...calls.values()].flatMap((each) => placedMoves(each)),
  ];
}

/** The addresses that Terraform shall forget, full. */
export function placedForgotten({ source, prefix, calls }: Placement): readonly string[] {
  return [
    ...source.forgotten.map((each) => `${prefix}${each}`),
    ...[...calls.values()].flatMap((each) => placedForgotten(each)),
  ];
}

const REFERENCE = /\b(?:local\.[\w-]+|var\.[\w-]+|data\.[\w-]+\.[\w-]+|module\.[\w-]+(?:\[[^\]]*\])?\.[\w-]+)/g;

/**
 * What a value is made from, as one text: the value, and all that it refers to through locals, data sources, calls of
 * modules and their outputs. Inputs of the module itself and other resources stand for themselves.
 */
export class Origins {
  private readonly known = new Map<string, string>();

  of(value: Value, placement: Placement): string {
    const text = canonical(value) ?? "null";
    const references = [...new Set(text.match(REFERENCE) ?? [])].map(withoutKeys).sort();
    const origins = references.flatMap((each) => {
      const origin = this.ofReference(each, placement);
      return origin === undefined ? [] : [`${each} = ${origin}`];
    });
    return createHash("sha256")
      .update([text, ...origins].join("\n"))
      .digest("hex");
  }

  private ofReference(reference: string, placement: Placement): string | undefined {
    const key = `${placement.prefix}${reference}`;
    if (!this.known.has(key)) {
      // Files that refer in a circle are wrong, and would be followed without end.
      this.known.set(key, "");
      this.known.set(key, this.definition(reference, placement) ?? "");
    }
    const origin = this.known.get(key);
    return origin === "" ? undefined : origin;
  }

  private definition(reference: string, placement: Placement): string | undefined {
    const { source, caller, calls } = placement;
    const [kind, name = "", ...rest] = reference.split(".");
    switch (kind) {
      case "local":
        return this.of(source.locals.get(name), placement);
      case "data":
        return this.of(source.dataSources.get(reference), placement);
      case "module": {
        const called = calls.get(name);
        return called && this.of(called.source.outputs.get(rest.join("."))?.value, called);
      }
      default: {
        if (caller === undefined) {
          return undefined;
        }
        const given = caller.call[name];
        return given === undefined
          ? this.of(source.variables.get(name)?.default, placement)
          : this.of(given, caller.placement);
      }
    }
  }
}

/** Arguments that say nothing of the resource itself. */
const META_ARGUMENTS = new Set(["count", "for_each", "depends_on", "lifecycle", "provider", "providers", "connection"]);

/** The arguments and blocks of a resource by name; a dynamic block is what it makes. */
export function argumentsOf(body: Body): Readonly<Record<string, Value>> {
  const own = Object.entries(body).filter(([name]) => !META_ARGUMENTS.has(name) && name !== "dynamic");
  const dynamic = blocksOf(body.dynamic).flatMap((each) => Object.entries(each));
  const all: Record<string, Value> = Object.fromEntries(own);
  for (const [name, value] of dynamic) {
    all[name] = name in all ? [all[name], value] : value;
  }
  return all;
}
