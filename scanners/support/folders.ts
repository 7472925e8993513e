import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "@cdktf/hcl2json";
import { publishedModules } from "../../src/published";
import { ROOT } from "./run";

/** A folder with a module: the root of a published one, a module nested in it, or an example. */
export interface ModuleFolder {
  /** Its path below `modules`: `terraform-aws-audit-trail/examples/default`. */
  readonly name: string;
  readonly absolute: string;
  /** The root of the published module that it belongs to. */
  readonly module: string;
  /** The name of the example that it holds, which can be planned. */
  readonly example: string | undefined;
}

/** Every folder of the published modules, as committed, that holds a module: what the file system has. */
export function moduleFolders(): readonly ModuleFolder[] {
  return publishedModules.flatMap(({ name }) => {
    const module = join(ROOT, "modules", name);
    const below = (folder: string): readonly string[] =>
      existsSync(join(module, folder)) ? readdirSync(join(module, folder)) : [];
    const at = (path: string, example?: string): ModuleFolder => ({
      name: join(name, path),
      absolute: join(module, path),
      module,
      example,
    });
    return [
      at("."),
      ...below("modules").map((each) => at(`modules/${each}`)),
      ...below("examples").map((each) => at(`examples/${each}`, each)),
    ];
  });
}

/** The types of resources that a module makes: always, and those that depend on its inputs. */
export interface Types {
  readonly always: ReadonlySet<string>;
  readonly sometimes: ReadonlySet<string>;
}

type Body = Readonly<Record<string, unknown>>;
type ByTypeAndName = Readonly<Record<string, Readonly<Record<string, readonly Body[]>>>>;

/** The types of the resources of a module and of those that it calls. */
export async function typesOf(folder: string): Promise<Types> {
  const always = new Set<string>();
  const sometimes = new Set<string>();
  const add = async (from: string, isConditional: boolean): Promise<void> => {
    for (const file of readdirSync(from).filter((name) => name.endsWith(".tf"))) {
      const parsed = (await parse(file, readFileSync(join(from, file), "utf8"))) as {
        readonly resource?: ByTypeAndName;
        readonly module?: Readonly<Record<string, readonly Body[]>>;
      };
      for (const [type, byName] of Object.entries(parsed.resource ?? {})) {
        for (const body of Object.values(byName).flat()) {
          (isConditional || isRepeated(body) ? sometimes : always).add(type);
        }
      }
      for (const body of Object.values(parsed.module ?? {}).flat()) {
        await add(join(from, body.source as string), isConditional || isRepeated(body));
      }
    }
  };
  await add(folder, false);
  return { always, sometimes };
}

function isRepeated(body: Body): boolean {
  return "count" in body || "for_each" in body;
}
