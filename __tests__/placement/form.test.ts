import { Construct } from "constructs";
import { local, localReference, moduleForm } from "../../src/placement";
import { hcl, reference, text } from "../../src/values";
import { newDraft, newStack } from "./support/stack";

test("a stack is no draft of a module unless it is made one", () => {
  expect(moduleForm(newStack())).toBeUndefined();
  expect(moduleForm(new Construct(newStack(), "x"))).toBeUndefined();
  const { stack } = newDraft();
  expect(moduleForm(stack)).toBeDefined();
  expect(moduleForm(new Construct(new Construct(stack, "x"), "y"))).toBe(moduleForm(stack));
});

test("a local is referred to by its name", () => {
  expect(hcl(localReference("trail_name"))).toBe("local.trail_name");
});

describe("a computed value with a name", () => {
  const computed = text`${reference<string>("var.name")}-logs`;

  test("is a local in a module", () => {
    const { stack, locals } = newDraft();
    expect(hcl(local(stack, "trail_name", computed))).toBe("local.trail_name");
    expect(locals).toEqual({ trail_name: computed });
  });

  test("is itself in a stack", () => {
    expect(local(newStack(), "trail_name", computed)).toBe(computed);
  });

  test.each([
    ["a literal", "logs"],
    ["null", null],
    ["a literal object", { a: "b" }],
    ["a variable", reference("var.name")],
  ])("is itself in a module, too, where it is %s", (_, value) => {
    const { stack, locals } = newDraft();
    expect(local(stack, "name", value as never)).toBe(value);
    expect(locals).toEqual({});
  });

  test("is a local where it is a list or object with an expression in it", () => {
    const { stack, locals } = newDraft();
    const object = { a: reference<string>("var.a") };
    expect(hcl(local(stack, "object", object))).toBe("local.object");
    expect(locals).toEqual({ object });
  });
});
