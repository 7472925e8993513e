import { type TemplatePart, templateParts, withoutEscapes } from "../../src/values/template-source";

const text = (source: string): TemplatePart => ({ kind: "text", source });
const expression = (source: string): TemplatePart => ({ kind: "expression", source });

describe("templateParts", () => {
  test.each<readonly [string, readonly TemplatePart[]]>([
    ["", []],
    ["abc", [text("abc")]],
    ["${var.x}", [expression("${var.x}")]],
    ["a${x}b", [text("a"), expression("${x}"), text("b")]],
    ["${x}${y}", [expression("${x}"), expression("${y}")]],
    ["%{ if x }a%{ endif }", [expression("%{ if x }"), text("a"), expression("%{ endif }")]],
    ["${x} {y}", [expression("${x}"), text(" {y}")]],
    ["${f({ a = { b = 1 } })}/*", [expression("${f({ a = { b = 1 } })}"), text("/*")]],
    ['${x["}"].y}/*', [expression('${x["}"].y}'), text("/*")]],
    ['${x["{"].y}/*', [expression('${x["{"].y}'), text("/*")]],
    ['${x["\\"}"].y}', [expression('${x["\\"}"].y}')]],
    ['${x["\\\\"]}"}"', [expression('${x["\\\\"]}'), text('"}"')]],
    ['${f("a${g("}")}b}")}c', [expression('${f("a${g("}")}b}")}'), text("c")]],
    ['${f("%{ if "}" }b}")}c', [expression('${f("%{ if "}" }b}")}'), text("c")]],
    ['${f("$${}")}c', [expression('${f("$${}")}'), text("c")]],
    ['${f("$${")}c', [expression('${f("$${")}'), text("c")]],
    ['${f("%%{")}c', [expression('${f("%%{")}'), text("c")]],
    ['${f("\n")}c', [expression('${f("\n")}'), text("c")]],
    ["$${x}", [text("$${x}")]],
    ["%%{x}", [text("%%{x}")]],
    ["$$${x}", [text("$$${x}")]],
    ["a$${x}${y}", [text("a$${x}"), expression("${y}")]],
    ["$ { % }", [text("$ { % }")]],
    ["a${x", [text("a"), expression("${x")]],
    ['a${"x', [text("a"), expression('${"x')]],
    ['a${"${x', [text("a"), expression('${"${x')]],
  ])("%j", (source, parts) => {
    expect(templateParts(source)).toEqual(parts);
  });
});

test.each([
  ["a$${b}", "a${b}"],
  ["a%%{b}", "a%{b}"],
  ["$$${a}", "$${a}"],
  ["$a {b} $$ %%", "$a {b} $$ %%"],
])("a text whose source is %j is %j", (source, expected) => {
  expect(withoutEscapes(source)).toBe(expected);
});
