import {
  Expression,
  equals,
  isExpression,
  isLiteral,
  raw,
  reference,
  text,
  token,
  visitExpressions,
  after as waitingFor,
} from "../../src/values";

const name = reference<string>("var.name");
const tokens = { resolve: (each: unknown) => `\${resolved.${each}}` };

describe("expressions", () => {
  test("have the form of a node of Terraform's language", () => {
    expect(reference("var.x").node).toEqual({ kind: "reference", path: "var.x" });
    expect(token("t").node).toEqual({ kind: "token", token: "t" });
    expect(raw("1 + 1").node).toEqual({ kind: "raw", source: "1 + 1" });
    expect((waitingFor("a", ["policy"]) as Expression<string>).node).toEqual({
      kind: "after",
      value: "a",
      dependencies: ["policy"],
    });
    expect(reference("var.x")).toBeInstanceOf(Expression);
  });

  test("of a map that is known wait entry by entry, so that its keys stay known", () => {
    const waiting = waitingFor({ a: "x" }, ["policy"]) as { readonly a: Expression<string> };
    expect(isExpression(waiting)).toBe(false);
    expect(waiting.a.node).toEqual({ kind: "after", value: "x", dependencies: ["policy"] });
    const list = waitingFor(["x"], ["policy"]);
    expect((list as Expression<unknown>).node).toEqual({ kind: "after", value: ["x"], dependencies: ["policy"] });
  });

  test("are resolved by cdktf to the source of a template", () => {
    expect(name.resolve(tokens)).toBe("${var.name}");
    expect(token("arn").resolve(tokens)).toBe("${resolved.arn}");
    expect((text`a-${name}` as Expression<string>).resolve(tokens)).toBe("a-${var.name}");
  });

  test("have no stack trace, which cdktf would print", () => {
    expect(reference("var.x").creationStack).toEqual([]);
  });

  test("have no text of their own", () => {
    const refusal = new Error("an expression was put into a JavaScript string: compose texts with text`…`");
    expect(() => `${name}`).toThrow(refusal);
    expect(() => name.toString()).toThrow(refusal);
  });

  test("have a short form in JSON", () => {
    expect(JSON.stringify({ name })).toBe('{"name":"<expression>"}');
  });

  test("cannot be rendered before the renderer is there", () => {
    jest.isolateModules(() => {
      const alone = require("../../src/values/expression") as typeof import("../../src/values/expression");
      expect(() => alone.reference("var.x").resolve(tokens)).toThrow(
        new Error("import the values from src/values, which sets the renderer of expressions"),
      );
    });
  });
});

describe("isExpression", () => {
  test("tells expressions from literals", () => {
    expect(isExpression(name)).toBe(true);
    expect([null, undefined, "a", 1, true, [], [name], {}, { name }, { node: name.node }].map(isExpression)).toEqual(
      new Array(10).fill(false),
    );
  });

  test("knows the expressions of another copy of the package", () => {
    jest.isolateModules(() => {
      const copy = require("../../src/values/expression") as typeof import("../../src/values/expression");
      expect(copy.Expression).not.toBe(Expression);
      expect(isExpression(copy.reference("var.x"))).toBe(true);
    });
  });
});

describe("isLiteral", () => {
  test.each([null, true, false, 0, "", [], {}, [1, [null]], { a: { b: ["c"] } }])("%j", (value) => {
    expect(isLiteral(value)).toBe(true);
  });

  test("is false for expressions at any depth, and for what is not there", () => {
    expect(
      [name, [name], [[1, name]], { a: { b: name } }, undefined, [undefined], { a: undefined }].map(isLiteral),
    ).toEqual(new Array(7).fill(false));
  });
});

describe("visitExpressions", () => {
  function visited(value: unknown): readonly Expression<unknown>[] {
    const found: Expression<unknown>[] = [];
    visitExpressions(value, (expression) => {
      found.push(expression);
    });
    return found;
  }

  test("finds nothing in literals", () => {
    expect(["a", 1, null, undefined, [], { a: [1] }].flatMap(visited)).toEqual([]);
  });

  test("finds the outermost first", () => {
    const other = reference<string>("var.other");
    const comparison = equals(name, other) as Expression<boolean>;
    expect(visited({ a: [1, comparison], b: other })).toEqual([comparison, name, other, other]);
  });

  test("does not look into tokens, nor into what an expression waits for", () => {
    const hidden = reference("var.hidden");
    const arn = token({ hidden });
    const marked = waitingFor(name, [{ hidden }]);
    expect(visited([arn, marked])).toEqual([arn, marked, name]);
  });
});
