import {
  choose,
  equals,
  forEach,
  get,
  hcl,
  joinText,
  not,
  reference,
  token,
  type Value,
  after as waitingFor,
} from "../../src/values";
import { assuming, isWrittenAlike } from "../../src/values/assumption";

const a = reference<boolean>("var.a");
const b = reference<boolean>("var.b");
const name = reference<string>("var.name");
const chosen = choose(a, name, "x");

/** A value as it is where the condition holds. */
function whereA<T>(value: T, holds = true): T {
  return assuming(value, a, not(a), holds);
}

describe("values are written alike", () => {
  test.each<readonly [unknown, unknown]>([
    ["a", "a"],
    [null, null],
    [reference("var.a"), reference("var.a")],
    [equals(name, "x"), equals(reference<string>("var.name"), "x")],
    [get(reference<{ x: string }>("var.o"), "x"), get(reference<{ x: string }>("var.o"), "x")],
    [
      ["a", name],
      ["a", reference("var.name")],
    ],
    [
      { x: 1, y: [name] },
      { x: 1, y: [name] },
    ],
  ])("where nothing differs", (left, right) => {
    expect(isWrittenAlike(left, right)).toBe(true);
  });

  test.each<readonly [unknown, unknown]>([
    ["a", "b"],
    [1, "1"],
    [null, {}],
    ["a", name],
    [a, b],
    [equals(name, "x"), equals(name, "y")],
    [equals(name, "x"), not(equals(name, "x"))],
    [["a"], ["a", "b"]],
    [["a"], { 0: "a" }],
    [{ x: 1 }, { x: 1, y: 1 }],
    [{ x: 1 }, { y: 1 }],
    [{ kind: "reference", path: "var.a" }, a],
  ])("but not where something does", (left, right) => {
    expect(isWrittenAlike(left, right)).toBe(false);
    expect(isWrittenAlike(right, left)).toBe(false);
  });
});

describe("where a condition is known to hold or not", () => {
  test("what it chooses is decided, at any depth", () => {
    expect(whereA([chosen, { x: chosen }])).toEqual([name, { x: name }]);
    expect(whereA([chosen, { x: chosen }], false)).toEqual(["x", { x: "x" }]);
    expect(hcl(whereA(joinText(["<", chosen, ">"])))).toBe('"<${var.name}>"');
    expect(hcl(whereA(choose(b, chosen, "y")))).toBe('var.b ? var.name : "y"');
    expect(hcl(whereA(forEach(reference<readonly string[]>("var.list"), "item", () => chosen)))).toBe(
      "[for item in var.list : var.name]",
    );
    expect(hcl(whereA(waitingFor(chosen, ["x"])))).toBe("var.name");
  });

  test("also in what is chosen", () => {
    const within = choose(b, chosen, "y") as Value<string>;
    // Written by hand: choose() would have decided it.
    const twice = Object.assign(Object.create(Object.getPrototypeOf(chosen)), chosen, {
      node: { kind: "conditional", condition: a, whenTrue: within, whenFalse: "z" },
    });
    expect(hcl(whereA(twice))).toBe('var.b ? var.name : "y"');
  });

  test("what has nothing of it stays the very same", () => {
    for (const value of [name, ["x", name], { x: [name] }, equals(name, "x"), null, "x", 1]) {
      expect(whereA(value)).toBe(value);
    }
    const list = [chosen, ["x"]];
    expect(whereA(list)[1]).toBe(list[1]);
    expect(list[0]).toBe(chosen);
  });

  test("what is no value is left alone: tokens of cdktf, and what an expression waits for", () => {
    const foreign = { of: chosen };
    const of = token(foreign);
    const waiting = waitingFor(name, [foreign]);
    expect(whereA(of)).toBe(of);
    expect(whereA(waiting)).toBe(waiting);
    class Construct {
      readonly value = chosen;
    }
    const construct = new Construct();
    expect(whereA(construct)).toBe(construct);
  });
});
