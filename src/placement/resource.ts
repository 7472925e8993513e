import {
  type IResolvable,
  type ITerraformDependable,
  TerraformDataSource,
  type TerraformMetaArguments,
  TerraformResource,
  TerraformStack,
} from "cdktf";
import type { Construct } from "constructs";
import {
  choose,
  instance,
  isExpression,
  keys,
  onlyInstance,
  reference,
  token,
  type Value,
  visitExpressions,
  where,
} from "../values";
import { escapedTemplate } from "../values/hcl";
import { type Blocks, type ConditionalBlock, type DynamicBlock, type RepeatedBlock, settleBlocks } from "./blocks";
import { moduleForm } from "./form";
import type { Structure } from "./structure";

/** What an argument of a resource takes: values wherever the bindings take literals or tokens. */
export type Argument<T> = ArgumentOf<Exclude<T, IResolvable | undefined>>;

type ArgumentOf<T> = [T] extends [boolean]
  ? Value<boolean | null>
  : [T] extends [string]
    ? Value<string | null>
    : [T] extends [number]
      ? Value<number | null>
      : T extends readonly string[]
        ? Value<readonly string[] | null>
        : T extends readonly (infer Block)[]
          ? Blocks<Arguments<Block>>
          : T extends object
            ? string extends keyof T
              ? Value<Record<string, string> | null>
              : Arguments<T> | ConditionalBlock<Arguments<T>> | RepeatedBlock<Arguments<T>>
            : never;

/** The arguments of a resource or block. */
export type Arguments<C> = {
  readonly [Name in keyof C as undefined extends C[Name] ? never : Name]: Argument<C[Name]>;
} & {
  readonly [Name in keyof C as undefined extends C[Name] ? Name : never]?: Argument<C[Name]> | undefined;
};

/** A condition that Terraform checks before it makes or changes the resource. */
export interface Precondition {
  readonly condition: Value<boolean>;
  readonly message: Value<string>;
}

/** How a resource is placed, beside its own arguments. */
export interface ResourceOptions {
  /** It is there only where this holds. */
  readonly when?: Value<boolean>;
  /** What must exist before it, beyond what its arguments refer to. */
  readonly dependsOn?: readonly Placed[];
  readonly lifecycle?: { readonly preventDestroy?: boolean; readonly preconditions?: readonly Precondition[] };
  /** Why it is there, for readers of the module. One or more lines. */
  readonly comment?: string;
}

/**
 * A resource or data source of the bindings, as a class that can be constructed. C has undefined in it where all
 * arguments may be left out.
 */
export type ElementClass<C> = {
  new (scope: Construct, id: string, config: C): TerraformElementWithMeta;
  readonly tfResourceType: string;
};

type TerraformElementWithMeta = Pick<
  TerraformResource,
  | "node"
  | "fqn"
  | "friendlyUniqueId"
  | "overrideLogicalId"
  | "interpolationForAttribute"
  | "terraformResourceType"
  | "toHclTerraform"
> & { count?: TerraformResource["count"] | undefined; forEach?: TerraformResource["forEach"] | undefined };

/** What was placed, and can be waited for. */
export interface Placed {
  /** The constructs of the bindings; none where the resource is left out. */
  readonly elements: readonly ITerraformDependable[];
}

/** A resource that was placed, or left out. */
export class PlacedElement implements Placed {
  constructor(
    /** The construct of the bindings; undefined where the resource is left out. */
    readonly element: TerraformElementWithMeta | undefined,
    private readonly condition: Value<boolean>,
  ) {}

  get elements(): readonly TerraformElementWithMeta[] {
    return this.element === undefined ? [] : [this.element];
  }

  /** Whether Terraform decides whether it is there. */
  private get counted(): boolean {
    return isExpression(this.condition);
  }

  /** An attribute, by Terraform's name. Null where the resource is not there. */
  attribute<T = string>(name: string): Value<T> {
    if (this.element === undefined) {
      return null as Value<T>;
    }
    return this.counted
      ? (choose<T, null>(this.condition, onlyInstance<T>(token(this.element.fqn), name), null) as Value<T>)
      : token<T>(this.element.interpolationForAttribute(name));
  }
}

/** A resource that was placed once for each entry of a map. */
export class PlacedElements implements Placed {
  constructor(
    readonly elements: readonly TerraformElementWithMeta[],
    private readonly ofKey: <T>(key: Value<string>, name: string) => Value<T>,
  ) {}

  /** An attribute of the one for a key of the map, by Terraform's name. */
  attribute<T = string>(key: Value<string>, name: string): Value<T> {
    return this.ofKey<T>(key, name);
  }
}

const LAYOUT = Symbol.for("audit-trail/placement/layout");

/** What the generator needs to know of a resource beyond what cdktf tells. */
export interface Layout {
  /** The arguments in the order in which they were written, block by block. */
  readonly config: unknown;
  readonly dynamic: readonly DynamicBlock[];
  readonly comment?: string;
}

/** The layout of a resource that was placed by `resource`. */
export function layoutOf(element: object): Layout | undefined {
  return (element as Record<symbol, Layout | undefined>)[LAYOUT];
}

/**
 * Places a resource of the bindings, under a name that people can read.
 *
 * @param name Terraform's name of it; in a stack of somebody else's, the names of the constructs around come first
 * @param config the arguments, as values
 */
export function resource<C extends TerraformMetaArguments | undefined>(
  scope: Construct,
  type: ElementClass<C>,
  name: string,
  config: Omit<Arguments<NonNullable<C>>, keyof TerraformMetaArguments>,
  options: ResourceOptions = {},
): PlacedElement {
  const condition = options.when ?? true;
  if (condition === false) {
    return new PlacedElement(undefined, condition);
  }
  const element = placeElement(scope, type, name, where(condition, true, config), options);
  if (isExpression(condition)) {
    element.count = choose(condition, 1, 0) as unknown as number;
  }
  return new PlacedElement(element, condition);
}

/**
 * Places a resource of the bindings once for each entry of a map. Where the keys are known each is a resource of its
 * own, with the key at the end of its name; where Terraform alone knows them, one resource has a `for_each`.
 *
 * @param entries the keys are words that may stand in a name of Terraform's: `root_use`
 * @param build the arguments for an entry, as values
 */
export function resourceForEach<C extends TerraformMetaArguments | undefined, Item>(
  scope: Construct,
  type: ElementClass<C>,
  name: string,
  entries: Value<Record<string, Item>>,
  build: (item: Value<Item>, key: Value<string>) => Omit<Arguments<NonNullable<C>>, keyof TerraformMetaArguments>,
  options: Omit<ResourceOptions, "when"> = {},
): PlacedElements {
  if (isExpression(entries)) {
    const element = placeElement(scope, type, name, build(reference("each.value"), reference("each.key")), options);
    element.forEach = { _getForEachExpression: () => entries } as unknown as TerraformResource["forEach"];
    return new PlacedElements([element], (key, attribute) => instance(token(element.fqn), key, attribute));
  }
  const items = entries as Readonly<Record<string, Value<Item>>>;
  const placed = new Map(
    (keys(items) as readonly string[]).map((key) => {
      const element = placeElement(scope, type, `${name}_${key}`, build(items[key] as Value<Item>, key), options);
      Object.defineProperty(element, REPEATED, { value: { id: `${type.tfResourceType}.${name}`, key } });
      return [key, element];
    }),
  );
  return new PlacedElements([...placed.values()], <T>(key: Value<string>, attribute: string) => {
    if (isExpression(key)) {
      throw new Error(
        `which ${type.tfResourceType}.${name} is meant has to be known when the stack is synthesized: give maps as ` +
          "literals, whose values may be tokens",
      );
    }
    const element = placed.get(key as string);
    if (element === undefined) {
      throw new Error(`${type.tfResourceType}.${name} has no instance ${JSON.stringify(key)}`);
    }
    return token<T>(element.interpolationForAttribute(attribute));
  });
}

const REPEATED = Symbol.for("audit-trail/placement/repeated");

/** Of which repeated resource an element is the one for a key; undefined for any other. */
export function repeatedAs(element: object): { readonly id: string; readonly key: string } | undefined {
  return (element as Record<symbol, { readonly id: string; readonly key: string } | undefined>)[REPEATED];
}

function placeElement<C extends TerraformMetaArguments | undefined>(
  scope: Construct,
  type: ElementClass<C>,
  name: string,
  config: object,
  options: Omit<ResourceOptions, "when">,
): TerraformElementWithMeta {
  const { config: settled, dynamic } = settleBlocks({ ...regionOf(scope, type), ...config }, terraformName);
  const dependencies = new Set((options.dependsOn ?? []).flatMap(({ elements }) => elements));
  const literalConfig = forCdktf(settled, dependencies);
  const dependsOn = [...dependencies];
  const element = new (withDynamicBlocks(type, dynamic))(scope, `${type.tfResourceType}.${name}`, {
    ...(literalConfig as object),
    ...(dependsOn.length > 0 ? { dependsOn } : {}),
    ...providerOf(scope),
    ...lifecycleForCdktf(options.lifecycle ?? {}),
  } as unknown as C);
  nameElement(element, name);
  const layout: Layout = {
    config: settled,
    dynamic,
    ...(options.comment === undefined ? {} : { comment: options.comment }),
  };
  Object.defineProperty(element, LAYOUT, { value: layout });
  return element;
}

/** The region that a resource says, where the structure of its component wants that and resources of its type have one. */
function regionOf(scope: Construct, type: object): { readonly region?: Value<string> } {
  const { structure, inputs } = scope as { readonly structure?: Structure; readonly inputs?: RegionalInputs };
  const isRegional = "resetRegion" in ((type as { readonly prototype?: object }).prototype ?? {});
  return structure?.regionArgument === true && isRegional && inputs?.region !== undefined
    ? { region: inputs.region }
    : {};
}

/** The provider through which a resource is made, where the structure of its component says one. */
function providerOf(scope: Construct): Pick<TerraformMetaArguments, "provider"> {
  const { provider } = (scope as { readonly structure?: Structure }).structure ?? {};
  return provider === undefined ? {} : { provider };
}

interface RegionalInputs {
  readonly region?: Value<string>;
}

function lifecycleForCdktf(lifecycle: NonNullable<ResourceOptions["lifecycle"]>): object {
  const preconditions = lifecycle.preconditions ?? [];
  const written = {
    ...(lifecycle.preventDestroy === true ? { preventDestroy: true } : {}),
    ...(preconditions.length > 0
      ? {
          precondition: preconditions.map(({ condition, message }) => ({
            condition: forCdktf(condition),
            errorMessage: forCdktf(message),
          })),
        }
      : {}),
  };
  return Object.keys(written).length > 0 ? { lifecycle: written } : {};
}

/** `keyPrefix` as `key_prefix`: how the bindings derive the names of properties. */
export function terraformName(property: string): string {
  return property.replace(/([a-z0-9])([A-Z])/g, "$1_$2").toLowerCase();
}

/**
 * A value as cdktf takes it: texts escaped, as cdktf would write `${` as a live expression; what is null left out.
 * Gathers what has to exist before the value may be used.
 */
export function forCdktf(value: unknown, dependencies?: Set<unknown>): unknown {
  if (isExpression(value)) {
    if (dependencies !== undefined) {
      gatherDependencies(value, dependencies);
    }
    return value;
  }
  if (typeof value === "string") {
    return escapedTemplate(value);
  }
  if (Array.isArray(value)) {
    return value.map((item) => forCdktf(item, dependencies));
  }
  if (typeof value === "object" && value !== null) {
    return Object.fromEntries(
      Object.entries(value)
        .filter(([, item]) => item !== null && item !== undefined)
        .map(([key, item]) => [escapedTemplate(key), forCdktf(item, dependencies)]),
    );
  }
  return value;
}

function gatherDependencies(value: unknown, dependencies: Set<unknown>): void {
  visitExpressions(value, ({ node }) => {
    if (node.kind === "after") {
      for (const dependency of node.dependencies) {
        for (const element of (dependency as Placed).elements) {
          dependencies.add(element);
        }
      }
    }
  });
}

const NAMES: unique symbol = Symbol.for("audit-trail/placement/names") as never;
const HIDDEN = "Default";

/**
 * Names an element of the stack: the ids of the constructs of other people around the component, then its own name.
 * cdktf would add a hash.
 */
function nameElement(element: TerraformElementWithMeta, name: string): void {
  const scope = element.node.scope as Construct;
  const stack = TerraformStack.of(scope);
  const named = namedElements(stack);
  element.overrideLogicalId([...namingPath(scope, stack), name].join("_"));
  const address = addressOf(element);
  if (named.has(address)) {
    throw new Error(isTwice(address, stack));
  }
  named.set(address, element);
}

type NamedElements = Map<string, TerraformElementWithMeta>;

/** The elements of the stack that were named here, by address. */
function namedElements(stack: TerraformStack & { [NAMES]?: NamedElements }): NamedElements {
  if (stack[NAMES] === undefined) {
    const named: NamedElements = new Map();
    stack[NAMES] = named;
    stack.node.addValidation({ validate: () => clashes(stack, named) });
  }
  return stack[NAMES];
}

/** The resources of other people that have one of our names: cdktf would write the one over the other in silence. */
function clashes(stack: TerraformStack, named: NamedElements): string[] {
  return stack.node
    .findAll()
    .filter((each) => TerraformResource.isTerraformResource(each) || TerraformDataSource.isTerraformDataSource(each))
    .filter((each) => TerraformStack.of(each) === stack && (named.get(addressOf(each)) ?? each) !== each)
    .map((each) => isTwice(addressOf(each), stack));
}

/** The address of a resource or data source in its stack, without the index that a count gives it. */
export function addressOf(element: Pick<TerraformResource, "terraformResourceType" | "friendlyUniqueId">): string {
  const mode = TerraformDataSource.isTerraformDataSource(element) ? "data." : "";
  return `${mode}${element.terraformResourceType}.${element.friendlyUniqueId}`;
}

function isTwice(address: string, stack: TerraformStack): string {
  return `${address} is there twice in the stack ${stack.node.id}: give one of the constructs another id`;
}

const COMPONENT = Symbol.for("audit-trail/placement/component");

/** Marks a component: the ids of the constructs that it places within itself are no part of the names of resources. */
export function markComponent(construct: Construct): void {
  Object.defineProperty(construct, COMPONENT, { value: true });
}

/** The names of the constructs around that come before the name of a resource in a stack. */
export function namingPath(scope: Construct, stack: TerraformStack): string[] {
  const inside = scope.node.scopes.slice(scope.node.scopes.indexOf(stack) + 1);
  return moduleForm(scope) === undefined
    ? inside
        .filter((construct) => !(COMPONENT in (construct.node.scope ?? {})) && construct.node.id !== HIDDEN)
        .map((construct) => snakeCase(construct.node.id))
    : [];
}

function snakeCase(id: string): string {
  const words = id.replace(/([a-z0-9])([A-Z])/g, "$1_$2").replace(/[^A-Za-z0-9]+/g, "_");
  return words.toLowerCase().replace(/^(?=[0-9])/, "_");
}

/**
 * The class, its blocks that only Terraform can place turned into `dynamic` ones. The bindings know of dynamic
 * blocks over one iterator alone, without nesting and without order.
 */
function withDynamicBlocks<C>(type: ElementClass<C>, dynamic: readonly DynamicBlock[]): ElementClass<C> {
  if (dynamic.length === 0) {
    return type;
  }
  // The methods are protected in the bindings' types, so that the subclass is written against their shape.
  const Base = type as unknown as { new (scope: Construct, id: string, config: C): Synthesized };
  class WithDynamicBlocks extends Base {
    override synthesizeAttributes(): Record<string, unknown> {
      return placeDynamicBlocks(super.synthesizeAttributes(), dynamic, []);
    }
  }
  return WithDynamicBlocks as unknown as ElementClass<C>;
}

interface Synthesized {
  synthesizeAttributes(): Record<string, unknown>;
}

/** Moves dynamic blocks to `dynamic`. With them goes every block of the same name, so that their order stays. */
function placeDynamicBlocks(
  body: Record<string, unknown>,
  dynamic: readonly DynamicBlock[],
  at: readonly (string | number)[],
): Record<string, unknown> {
  const placed: Record<string, unknown> = {};
  const dynamicBlocks: Record<string, unknown> = {};
  for (const [name, blocks] of Object.entries(body)) {
    const path = [...at, name];
    const below = dynamic.filter((each) => startsWithPath(each.path, path));
    if (below.length === 0) {
      placed[name] = blocks;
      continue;
    }
    if (!Array.isArray(blocks)) {
      // A block of which there is one at most is no list.
      const itself = below.find((each) => each.path.length === path.length + 1);
      const content = placeDynamicBlocks(blocks as Record<string, unknown>, below, path);
      if (itself === undefined) {
        placed[name] = content;
      } else {
        dynamicBlocks[name] = [{ for_each: itself.forEach, content }];
      }
      continue;
    }
    const contents = blocks.map((block, index) =>
      placeDynamicBlocks(block as Record<string, unknown>, below, [...path, index]),
    );
    const own = below.filter((each) => each.path.length === path.length + 1);
    if (own.length === 0) {
      placed[name] = contents;
    } else {
      dynamicBlocks[name] = contents.map((content, index) => ({
        for_each: own.find((each) => each.path.at(-1) === index)?.forEach ?? [1],
        content,
      }));
    }
  }
  return Object.keys(dynamicBlocks).length > 0 ? { ...placed, dynamic: dynamicBlocks } : placed;
}

function startsWithPath(path: readonly (string | number)[], beginning: readonly (string | number)[]): boolean {
  return beginning.every((step, index) => path[index] === step);
}
