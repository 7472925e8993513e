import { blockForEach, blockForEachEntry, blockWhen, blockWhenSet, terraformName } from "../../src/placement";
import { settleBlocks } from "../../src/placement/blocks";
import { hcl, reference, type Value } from "../../src/values";

const on = reference<boolean>("var.on");

/** A configuration after its blocks were settled; how often dynamic ones are there, as HCL. */
function settled(config: unknown) {
  const { config: known, dynamic } = settleBlocks(config, terraformName);
  return { config: known, dynamic: dynamic.map(({ path, forEach }) => [path, hcl(forEach)]) };
}

describe("a configuration without marks", () => {
  test("stays as it is", () => {
    const expression = reference("var.x");
    const config = { a: "x", list: ["y", 1], tags: { b: "c" }, e: expression, none: null, block: [{ a: [] }], l: [] };
    expect(settled(config)).toStrictEqual({ config, dynamic: [] });
    expect((settled(config).config as typeof config).e).toBe(expression);
  });

  test("keeps what is no block: constructs, lists of expressions", () => {
    class Construct {}
    const construct = new Construct();
    const list = [reference("var.x")];
    const { config } = settled({ a: construct, list });
    expect((config as { a: unknown }).a).toBe(construct);
    expect((config as { list: unknown }).list).toBe(list);
  });
});

describe("a block on a condition", () => {
  test("is there where it holds", () => {
    expect(settled({ rule: [blockWhen(true, { id: "a" })] })).toStrictEqual({
      config: { rule: [{ id: "a" }] },
      dynamic: [],
    });
  });

  test("is not there where it does not, and without another the whole list is not", () => {
    expect(settled({ rule: [blockWhen(false, { id: "a" }), { id: "b" }] })).toStrictEqual({
      config: { rule: [{ id: "b" }] },
      dynamic: [],
    });
    expect(settled({ rule: [blockWhen(false, { id: "a" })] })).toStrictEqual({
      config: { rule: undefined },
      dynamic: [],
    });
  });

  test("is dynamic where only Terraform knows, at its place among the blocks that are there", () => {
    expect(
      settled({
        keyRule: [blockWhen(false, { id: "a" }), { id: "b" }, blockWhen(on, { id: "c" }), blockWhen(true, { id: "d" })],
      }),
    ).toStrictEqual({
      config: { keyRule: [{ id: "b" }, { id: "c" }, { id: "d" }] },
      dynamic: [[["key_rule", 1], "var.on ? [1] : []"]],
    });
  });
});

describe("a block of a value that may be null", () => {
  test("is not there for null, and is not even built", () => {
    const build = jest.fn();
    expect(settled({ rule: [blockWhenSet(null, build)] })).toStrictEqual({ config: { rule: undefined }, dynamic: [] });
    expect(build).not.toHaveBeenCalled();
  });

  test("is made of the value where it is not null", () => {
    const value = { days: 1 } as { readonly days: number } | null;
    expect(settled({ rule: [blockWhenSet(value, (set) => ({ id: "a", set }))] })).toStrictEqual({
      config: { rule: [{ id: "a", set: { days: 1 } }] },
      dynamic: [],
    });
  });

  test("is dynamic for a variable", () => {
    const value = reference<{ readonly days: number } | null>("var.retention");
    const result = settleBlocks({ rule: [blockWhenSet(value, (set) => ({ set }))] }, terraformName);
    expect(result.dynamic.map(({ path, forEach }) => [path, hcl(forEach)])).toEqual([
      [["rule", 0], "var.retention != null ? [1] : []"],
    ]);
    expect(hcl(result.config)).toBe("{ rule = [{ set = var.retention }] }");
  });
});

describe("a block for each item", () => {
  test("of a known list is there for each, in order, with literals or expressions", () => {
    const unknown = reference<string>("var.x");
    const list = ["b", unknown, "a"] as readonly Value<string>[];
    expect(settled({ rule: [blockForEach<string, unknown>(list, (id) => ({ id })), { id: "c" }] })).toStrictEqual({
      config: { rule: [{ id: "b" }, { id: unknown }, { id: "a" }, { id: "c" }] },
      dynamic: [],
    });
  });

  test("of an empty list is not there", () => {
    expect(settled({ rule: [blockForEach([], (id) => ({ id }))] })).toStrictEqual({
      config: { rule: undefined },
      dynamic: [],
    });
  });

  test("of a list that only Terraform knows is dynamic, and refers to the item by the block's name", () => {
    const list = reference<readonly string[]>("var.ids");
    const result = settleBlocks({ keyRule: [{ id: "a" }, blockForEach(list, (id) => ({ id }))] }, terraformName);
    expect(result.dynamic).toEqual([{ path: ["key_rule", 1], forEach: list }]);
    expect(hcl(result.config)).toBe('{\n  keyRule = [\n    { id = "a" },\n    { id = key_rule.value },\n  ]\n}');
  });
});

describe("a block for each entry", () => {
  test("of a known map is there for each, by code point of the keys", () => {
    const map = { b: 1, a: 2, "\u{1f389}": 3, "\uff5e": 4, B: 5 };
    expect(settled({ rule: [blockForEachEntry(map, (key, value) => ({ key, value }))] })).toStrictEqual({
      config: {
        rule: [
          { key: "B", value: 5 },
          { key: "a", value: 2 },
          { key: "b", value: 1 },
          { key: "\uff5e", value: 4 },
          { key: "\u{1f389}", value: 3 },
        ],
      },
      dynamic: [],
    });
  });

  test("of a map that only Terraform knows is dynamic, and refers to key and value", () => {
    const map = reference<Record<string, number>>("var.map");
    const result = settleBlocks({ rule: [blockForEachEntry(map, (key, value) => ({ key, value }))] }, terraformName);
    expect(result.dynamic).toEqual([{ path: ["rule", 0], forEach: map }]);
    expect(hcl(result.config)).toBe("{ rule = [{ key = rule.key, value = rule.value }] }");
  });
});

describe("blocks in blocks", () => {
  test("are settled with their paths, whatever is known of the outer and the inner", () => {
    const config = {
      outerBlock: [
        blockWhen(false, { innerBlock: [blockWhen(on, {})] }),
        blockWhen(true, { innerBlock: [{ a: 1 }, blockWhen(on, { b: 2 })] }),
        blockWhen(on, { innerBlock: [blockWhen(on, { c: [blockWhen(on, { d: 3 })] })] }),
        blockForEach(["x", "y"], (name) => ({ name, innerBlock: [blockWhen(on, { name })] })),
      ],
      single: { innerBlock: [blockWhen(on, { e: 4 })], gone: [blockWhen(false, {})] },
    };
    const often = "var.on ? [1] : []";
    expect(settled(config)).toStrictEqual({
      config: {
        outerBlock: [
          { innerBlock: [{ a: 1 }, { b: 2 }] },
          { innerBlock: [{ c: [{ d: 3 }] }] },
          { name: "x", innerBlock: [{ name: "x" }] },
          { name: "y", innerBlock: [{ name: "y" }] },
        ],
        single: { innerBlock: [{ e: 4 }], gone: undefined },
      },
      dynamic: [
        [["outer_block", 0, "inner_block", 1], often],
        [["outer_block", 1], often],
        [["outer_block", 1, "inner_block", 0], often],
        [["outer_block", 1, "inner_block", 0, "c", 0], often],
        [["outer_block", 2, "inner_block", 0], often],
        [["outer_block", 3, "inner_block", 0], often],
        [["single", "inner_block", 0], often],
      ],
    });
  });
});
