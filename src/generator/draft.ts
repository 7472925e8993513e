import {
  DefaultTokenResolver,
  StringConcat,
  TerraformDataSource,
  TerraformResource,
  TerraformStack,
  Tokenization,
} from "cdktf";
import { camelCase, type Definition, type Fields, type OutputFields } from "../inputs";
import {
  type AnyComponent,
  type Component,
  draftsModule,
  inTemporaryApp,
  localReference,
  ModuleCall,
  type Structure,
} from "../placement";
import { reference, type TokenResolver, type Value, visitExpressions } from "../values";
import type { Block } from "./block";
import { describeModuleCall, describeResource } from "./describe";

/** A component placed in a stack of its own with variables as its inputs: what a module is written from. */
export interface Draft {
  readonly definition: Definition;
  readonly component: Component<Fields, OutputFields>;
  /** Data sources, resources and calls of nested modules, in the order in which the component made them. */
  readonly blocks: readonly Block[];
  /** Locals by name, each after those that it refers to. */
  readonly locals: Readonly<Record<string, Value<unknown>>>;
  /** Those of the locals that are tables of data. */
  readonly tables: Readonly<Record<string, Value<unknown>>>;
  /** The components whose modules are called. */
  readonly calls: readonly AnyComponent[];
  /** Where the modules of these components lie, from this one. */
  readonly modules: string;
  readonly tokens: TokenResolver;
}

/** Drafts the module of a component. Nested modules lie beside each other: they call those in the folder above. */
export function draftModule(type: AnyComponent, structure: Structure = {}, modules = "./modules"): Draft {
  const stack = inTemporaryApp((app) => new TerraformStack(app, type.definition.name));
  const locals: Record<string, Value<unknown>> = {};
  const tables = new Set<string>();
  const keep = <T>(name: string, value: Value<T>): Value<T> => {
    if (name in locals) {
      throw new Error(`the module ${type.definition.name} has two locals named ${name}`);
    }
    locals[name] = value;
    return localReference<T>(name);
  };
  draftsModule(stack, {
    local: keep,
    table(name, value) {
      tables.add(name);
      return keep(name, value);
    },
  });
  const component = new type(stack, "Default", variables(type.definition.fields), structure);
  const tokens: TokenResolver = {
    resolve: (token) =>
      Tokenization.resolve(token, {
        scope: stack,
        resolver: new DefaultTokenResolver(new StringConcat()),
        preparing: false,
      }),
  };
  const elements = component.node.findAll();
  const blocks = elements.flatMap((element) => {
    if (ModuleCall.isModuleCall(element)) {
      return [describeModuleCall(element, modules)];
    }
    if (TerraformResource.isTerraformResource(element) || TerraformDataSource.isTerraformDataSource(element)) {
      return [describeResource(element, tokens)];
    }
    return [];
  });
  const outputs = Object.values(component.outputs).map(({ value }) => value);
  const used = Object.entries(usedLocals(locals, [blocks, outputs]));
  return {
    definition: type.definition,
    component,
    blocks,
    locals: Object.fromEntries(used.filter(([name]) => !tables.has(name))),
    tables: Object.fromEntries(used.filter(([name]) => tables.has(name))),
    calls: elements.filter(ModuleCall.isModuleCall).map((call) => call.component),
    modules,
    tokens,
  };
}

/** The inputs of a component as variables of its module. */
export function variables(fields: Fields): Record<string, Value<unknown>> {
  return Object.fromEntries(Object.keys(fields).map((name) => [camelCase(name), reference(`var.${name}`)]));
}

function usedLocals(
  locals: Readonly<Record<string, Value<unknown>>>,
  users: unknown,
): Readonly<Record<string, Value<unknown>>> {
  const used = new Set<string>();
  const use = (value: unknown): void => {
    visitExpressions(value, ({ node }) => {
      const name = node.kind === "reference" ? /^local\.(\w+)/.exec(node.path)?.[1] : undefined;
      if (name !== undefined && !used.has(name)) {
        used.add(name);
        use(locals[name]);
      }
    });
  };
  use(users);
  return Object.fromEntries(Object.entries(locals).filter(([name]) => used.has(name)));
}
