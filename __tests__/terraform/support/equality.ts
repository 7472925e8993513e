import { parse } from "@cdktf/hcl2json";
import type { Files } from "../../../src/generator";
import type { Plan } from "./workspace";

/** What an instance of the trail plans: by resource, what is planned and what is not known yet. */
export type Planned = Readonly<Record<string, { readonly after: unknown; readonly unknown: unknown }>>;

/** By resource, the resources that must exist before it. */
export type Dependencies = Readonly<Record<string, readonly string[]>>;

/**
 * Where a resource belongs: the instance of the audit trail (`c12`), and its type and name without that of the
 * instance. In the stack an instance's name begins the names of its resources; in the module form it is a module. What
 * is there once for each key of a map has the key at the end of its name in the stack; in the module it is an index.
 */
function place(address: string): { readonly instance: string; readonly resource: string } {
  const inModule = /^module\.(c\d+)\.(?:module\.\w+(?:\[0\])?\.)*((?:data\.)?\w+\.\w+)(?:\[0\]|\["(\w+)"\])?$/.exec(
    address,
  );
  if (inModule !== null) {
    const [, instance, resource, key] = inModule as unknown as [string, string, string, string | undefined];
    return { instance, resource: key === undefined ? resource : `${resource}_${key}` };
  }
  const inStack = /^((?:data\.)?\w+)\.(c\d+)_(\w+)$/.exec(address);
  if (inStack === null) {
    throw new Error(`the address ${address} belongs to no instance`);
  }
  return { instance: inStack[2] as string, resource: `${inStack[1]}.${inStack[3]}` };
}

/** What a plan makes, by instance. */
export function plannedByInstance(plan: Plan): Readonly<Record<string, Planned>> {
  const instances: Record<string, Record<string, Planned[string]>> = {};
  for (const { address, change } of plan.resource_changes ?? []) {
    const { instance, resource } = place(address);
    instances[instance] ??= {};
    (instances[instance] as Record<string, unknown>)[resource] = {
      after: withParsedJson(change.after),
      unknown: change.after_unknown,
    };
  }
  return instances;
}

/** Texts that are JSON, parsed: the order of keys in a policy means nothing. */
function withParsedJson(value: unknown): unknown {
  if (typeof value === "string" && /^[{[]/.test(value)) {
    try {
      return JSON.parse(value);
    } catch {
      return value;
    }
  }
  if (Array.isArray(value)) {
    return value.map(withParsedJson);
  }
  if (typeof value === "object" && value !== null) {
    return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, withParsedJson(item)]));
  }
  return value;
}

/** Resources that a module has for each key of a map, by the address of an instance without that of its module. */
export type Repeated = ReadonlyMap<string, string>;

/** The repeated resources in the plan of a caller of the module. */
export function repeatedIn(plan: Plan): Repeated {
  return new Map(
    (plan.resource_changes ?? []).flatMap(({ address }) => {
      const repeated = /(\w+\.\w+)\["(\w+)"\]$/.exec(address);
      return repeated === null ? [] : [[`${repeated[1]}_${repeated[2]}`, repeated[1] as string] as const];
    }),
  );
}

/**
 * What every resource waits for, directly or not, from the output of `terraform graph`. In a module, that knows also
 * of resources that are switched off: only those count which are planned, or are data sources. Repeated resources
 * count as one: in a module Terraform orders all instances of one after all of the other.
 */
export function dependenciesByInstance(
  graph: string,
  planned: Readonly<Record<string, Planned>>,
  repeated: Repeated = new Map(),
): Readonly<Record<string, Dependencies>> {
  const whole = (resource: string): string => repeated.get(resource) ?? resource;
  const present = new Map(
    Object.entries(planned).map(([instance, each]) => [instance, new Set(Object.keys(each).map(whole))]),
  );
  const isThere = (instance: string, resource: string): boolean =>
    present.get(instance)?.has(whole(resource)) === true || resource.startsWith("data.");
  const edges = new Map<string, Set<string>>();
  for (const [, from, to] of graph.matchAll(/"([^"]+)" -> "([^"]+)"/g)) {
    edges.set(from as string, (edges.get(from as string) ?? new Set()).add(to as string));
  }
  const nodes = new Set([...graph.matchAll(/"([^"]+)" \[label/g)].map(([, node]) => node as string));
  const reached = (node: string, seen: Set<string>): Set<string> => {
    for (const next of edges.get(node) ?? []) {
      if (!seen.has(next)) {
        seen.add(next);
        reached(next, seen);
      }
    }
    return seen;
  };
  const instances: Record<string, Record<string, readonly string[]>> = {};
  for (const node of nodes) {
    const { instance, resource } = place(node);
    instances[instance] ??= {};
    if (isThere(instance, resource)) {
      const found = instances[instance] as Record<string, readonly string[]>;
      const before = [...reached(node, new Set())]
        .map((each) => place(each).resource)
        .filter((each) => isThere(instance, each))
        .map(whole);
      found[whole(resource)] = [...new Set([...(found[whole(resource)] ?? []), ...before])].sort();
    }
  }
  return instances;
}

/** Types of resources that are made of tables of data: the alarms and those who are told of them. */
const MADE_OF_TABLES = /^aws_(cloudwatch_(dashboard|event|log_metric|metric)|sns|sqs)/;

/**
 * The dependencies in a module without those by which a resource that is made of a table waits there for more than in a
 * stack: all entries of a table wait for what any of them waits for.
 */
export function withoutThoseOfTables(
  module: Readonly<Record<string, Dependencies>>,
  stack: Readonly<Record<string, Dependencies>>,
): Readonly<Record<string, Dependencies>> {
  return Object.fromEntries(
    Object.entries(module).map(([instance, resources]) => [
      instance,
      Object.fromEntries(
        Object.entries(resources).map(([resource, before]) => [
          resource,
          MADE_OF_TABLES.test(resource)
            ? before.filter((each) => stack[instance]?.[resource]?.includes(each) === true)
            : before,
        ]),
      ),
    ]),
  );
}

type ByTypeAndName = Readonly<Record<string, Readonly<Record<string, unknown>>>>;

/** The `lifecycle` of every resource of a synthesized stack, by type and name, names without the instance's. */
export function lifecyclesOfStack(json: string, instance: string): Readonly<Record<string, unknown>> {
  const { resource } = JSON.parse(json) as { readonly resource: ByTypeAndName };
  return lifecycles(resource, (name) => {
    const [first, ...rest] = name.split("_");
    return first === instance ? rest.join("_") : undefined;
  });
}

/** The `lifecycle` of every resource of a module and of those nested in it. */
export async function lifecyclesOfModule(files: Files): Promise<Readonly<Record<string, unknown>>> {
  const found: Record<string, unknown> = {};
  for (const [path, content] of files) {
    if (path.endsWith("main.tf")) {
      const { resource = {} } = (await parse(path, content)) as { resource?: ByTypeAndName };
      Object.assign(
        found,
        lifecycles(resource, (name) => name),
      );
    }
  }
  return found;
}

function lifecycles(resources: ByTypeAndName, named: (name: string) => string | undefined): Record<string, unknown> {
  const found: Record<string, unknown> = {};
  for (const [type, byName] of Object.entries(resources)) {
    for (const [name, body] of Object.entries(byName)) {
      const own = named(name);
      const { lifecycle } = (Array.isArray(body) ? body[0] : body) as { lifecycle?: unknown };
      if (own !== undefined && lifecycle !== undefined) {
        const kept = (Array.isArray(lifecycle) ? lifecycle[0] : lifecycle) as Record<string, unknown>;
        // The texts of conditions differ, as one has literals where the other has variables: their number counts.
        found[`${type}.${own}`] = Object.fromEntries(
          Object.entries(kept).map(([key, value]) => [key, Array.isArray(value) ? value.length : value]),
        );
      }
    }
  }
  return found;
}

/** Where two values differ: paths with what stands there in the one and in the other. */
export function differences(left: unknown, right: unknown, path = ""): readonly string[] {
  if (Object.is(left, right)) {
    return [];
  }
  const isTree = (value: unknown): value is Record<string, unknown> => typeof value === "object" && value !== null;
  if (!isTree(left) || !isTree(right) || Array.isArray(left) !== Array.isArray(right)) {
    return [`${path}: ${JSON.stringify(left)} and ${JSON.stringify(right)}`];
  }
  const names = [...new Set([...Object.keys(left), ...Object.keys(right)])];
  return names.flatMap((name) => differences(left[name], right[name], `${path}/${name}`));
}
