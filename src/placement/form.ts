import { TerraformStack } from "cdktf";
import type { IConstruct } from "constructs";
import { isExpression, isLiteral, jsonencode, jsonencodeCall, reference, type Value } from "../values";

/**
 * How components are placed in a stack. Inline, the default: their resources stand in the stack. As a module: the
 * stack is the draft of a Terraform module, inputs are variables and components within are module calls.
 */
export interface ModuleForm {
  /** Keeps a value under a name of its own. Returns what refers to it. */
  local<T>(name: string, value: Value<T>): Value<T>;
  /** The same for a table of data, which has a file of its own. */
  table<T>(name: string, value: Value<T>): Value<T>;
}

const MODULE_FORM = Symbol.for("audit-trail/placement/module-form");

/** Makes a stack the draft of a module. */
export function draftsModule(stack: TerraformStack, form: ModuleForm): void {
  (stack as unknown as Record<symbol, ModuleForm>)[MODULE_FORM] = form;
}

/** The form of the module that the scope is in; undefined in any other stack. */
export function moduleForm(scope: IConstruct): ModuleForm | undefined {
  return (TerraformStack.of(scope) as unknown as Record<symbol, ModuleForm | undefined>)[MODULE_FORM];
}

/**
 * Gives a computed value a name that people can read: a `local` in a module, where it is an expression over
 * variables. Elsewhere, and where the value is as short as its name, it is the value itself.
 */
export function local<T>(scope: IConstruct, name: string, value: Value<T>): Value<T> {
  if (isLiteral(value) || (isExpression(value) && value.node.kind === "reference")) {
    return value;
  }
  return moduleForm(scope)?.local(name, value) ?? value;
}

/**
 * Gives a table of data a name: a `local` in a module, in a file of that name, as it is longer than what is made of
 * it. Elsewhere it is the value itself.
 */
export function table<T>(scope: IConstruct, name: string, value: Value<T>): Value<T> {
  return moduleForm(scope)?.table(name, value) ?? value;
}

/** A value as JSON: in a module as a call of Terraform's, so that people need not read escaped quotes. */
export function json(scope: IConstruct, value: Value<unknown>): Value<string> {
  return moduleForm(scope) === undefined ? jsonencode(value) : jsonencodeCall(value);
}

/** The reference by which a local is used. */
export function localReference<T>(name: string): Value<T> {
  return reference<T>(`local.${name}`);
}
