import { attribute, block } from "../../src/generator/block";
import { writeJson } from "../../src/generator/json-writer";
import { reference, text } from "../../src/values";

function written(...body: Parameters<typeof writeJson>[0]): unknown {
  return JSON.parse(writeJson(body));
}

describe("writeJson", () => {
  test("nests labels, and puts repeated blocks in a list", () => {
    expect(
      written(
        block(
          "resource",
          ["aws_x", "y"],
          [block("rule", [], [attribute("id", "a")]), block("rule", [], [attribute("id", "b")])],
        ),
        block("locals", [], [attribute("z", 1)]),
      ),
    ).toEqual({ resource: { aws_x: { y: { rule: [{ id: "a" }, { id: "b" }] } } }, locals: { z: 1 } });
  });

  test("makes blocks beside a dynamic one dynamic, too, so that their order stays", () => {
    expect(
      written(
        block("rule", [], [attribute("id", "a")]),
        block(
          "dynamic",
          ["rule"],
          [attribute("for_each", reference("var.rules")), block("content", [], [attribute("id", "b")])],
        ),
      ),
    ).toEqual({
      dynamic: {
        rule: [
          { for_each: [1], content: [{ id: "a" }] },
          { for_each: "${var.rules}", content: [{ id: "b" }] },
        ],
      },
    });
  });

  test("escapes what is literal, and only there where Terraform looks for expressions", () => {
    expect(
      written(
        attribute("a", "${x}"),
        attribute("b", text`${reference<string>("var.x")}%{`),
        attribute("c", { "k${": ["%{"] }),
        block("variable", ["v"], [attribute("description", "${x}"), attribute("default", "%{y")]),
        block("output", ["o"], [attribute("description", "${x}"), attribute("value", "${x}")]),
      ),
    ).toEqual({
      a: "$${x}",
      b: "${var.x}%%{",
      c: { "k$${": ["%%{"] },
      variable: { v: { description: "${x}", default: "%{y" } },
      output: { o: { description: "${x}", value: "$${x}" } },
    });
  });

  test("writes addresses and types as they are", () => {
    expect(written(attribute("depends_on", ["a.b"], "references"), attribute("type", "map(string)", "type"))).toEqual({
      depends_on: ["a.b"],
      type: "map(string)",
    });
  });
});
