import { choose, isExpression, isNull, keys, type NotNull, not, reference, type Value } from "../values";

/** A nested block that is there only on a condition. */
export interface ConditionalBlock<Block> {
  readonly [MARK]: "when";
  readonly condition: Value<boolean>;
  readonly block: Block;
}

/** A nested block for each item of a list or each entry of a map. */
export interface RepeatedBlock<Block> {
  readonly [MARK]: "each";
  readonly collection: Value<unknown>;
  readonly build: (item: Value<unknown>, key: Value<unknown>) => Block;
}

const MARK: unique symbol = Symbol.for("audit-trail/placement/block") as never;

/** What a list of nested blocks may hold. */
export type Blocks<Block> = readonly (Block | ConditionalBlock<Block> | RepeatedBlock<Block>)[];

/** A nested block that is there only where the condition holds. */
export function blockWhen<Block>(condition: Value<boolean>, block: Block): ConditionalBlock<Block> {
  return { [MARK]: "when", condition, block };
}

/** A nested block that is there only where a value is not null, and is made of it. */
export function blockWhenSet<V, Block>(
  value: V,
  build: (value: NotNull<V>) => Block,
): ConditionalBlock<Block> | RepeatedBlock<Block> {
  return value === null
    ? { [MARK]: "each", collection: [], build: () => null as never }
    : blockWhen(not(isNull(value as Value<unknown>)), build(value as NotNull<V>));
}

/** A nested block for each item of a list, in its order. */
export function blockForEach<Item, Block>(
  list: Value<readonly Item[]>,
  build: (item: Value<Item>) => Block,
): RepeatedBlock<Block> {
  return { [MARK]: "each", collection: list as Value<unknown>, build: (item) => build(item as Value<Item>) };
}

/** A nested block for each entry of a map, in the order of its keys. */
export function blockForEachEntry<Item, Block>(
  map: Value<Record<string, Item>>,
  build: (key: Value<string>, item: Value<Item>) => Block,
): RepeatedBlock<Block> {
  return {
    [MARK]: "each",
    collection: map as Value<unknown>,
    build: (item, key) => build(key as Value<string>, item as Value<Item>),
  };
}

/** A block that only Terraform can place: how often, and under which path of the resource it stands. */
export interface DynamicBlock {
  /** Names of blocks and their indexes: `["advanced_event_selector", 1]`. */
  readonly path: readonly (string | number)[];
  readonly forEach: Value<unknown>;
}

function isMarked(item: unknown): item is ConditionalBlock<unknown> | RepeatedBlock<unknown> {
  return typeof item === "object" && item !== null && MARK in item;
}

/** A part of a configuration that is a block: an object that is neither an expression nor a construct. */
function isBlock(value: unknown): value is Record<string, unknown> {
  return (
    typeof value === "object" && value !== null && Object.getPrototypeOf(value) === Object.prototype && !isMarked(value)
  );
}

/** The `for_each` of a block that is there once or not at all. */
function chooseOnce(condition: Value<boolean>): Value<unknown> {
  return choose<readonly number[]>(condition, [1], []) as Value<unknown>;
}

/**
 * The configuration of a resource with all marks of blocks taken out: what is known is decided, what is not stands
 * there once, and is listed as dynamic.
 */
export function settleBlocks(
  config: unknown,
  terraformName: (property: string) => string,
): { readonly config: unknown; readonly dynamic: readonly DynamicBlock[] } {
  const dynamic: DynamicBlock[] = [];

  const settle = (value: unknown, path: readonly (string | number)[]): unknown => {
    if (isMarked(value)) {
      // A block of which there is one at most: the bindings take it as it is, not in a list.
      return settleList([value], path)?.[0];
    }
    if (Array.isArray(value)) {
      return value.some(isMarked) || value.some(isBlock) ? settleList(value, path) : value;
    }
    if (!isBlock(value)) {
      return value;
    }
    return Object.fromEntries(
      Object.entries(value).map(([property, item]) => [property, settle(item, [...path, terraformName(property)])]),
    );
  };

  const settleList = (
    items: readonly unknown[],
    path: readonly (string | number)[],
  ): readonly unknown[] | undefined => {
    const settled: unknown[] = [];
    const add = (block: unknown): void => {
      settled.push(settle(block, [...path, settled.length]));
    };
    const addDynamic = (forEach: Value<unknown>, block: unknown): void => {
      dynamic.push({ path: [...path, settled.length], forEach });
      add(block);
    };
    for (const item of items) {
      if (!isMarked(item)) {
        add(item);
      } else if (item[MARK] === "when") {
        if (isExpression(item.condition)) {
          addDynamic(chooseOnce(item.condition), item.block);
        } else if (item.condition === true) {
          add(item.block);
        }
      } else if (isExpression(item.collection)) {
        const iterator = String(path.at(-1));
        addDynamic(item.collection, item.build(reference(`${iterator}.value`), reference(`${iterator}.key`)));
      } else if (Array.isArray(item.collection)) {
        item.collection.forEach((each, index) => {
          add(item.build(each as Value<unknown>, index));
        });
      } else {
        const entries = item.collection as Readonly<Record<string, Value<unknown>>>;
        for (const key of keys(entries) as readonly string[]) {
          add(item.build(entries[key], key));
        }
      }
    }
    return settled.length > 0 || items.length === 0 ? settled : undefined;
  };

  return { config: settle(config, []), dynamic };
}
