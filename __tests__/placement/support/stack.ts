import "cdktf/lib/testing/adapters/jest";
import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { DefaultTokenResolver, StringConcat, TerraformStack, Testing, Tokenization } from "cdktf";
import { draftsModule, localReference } from "../../../src/placement";
import type { Value } from "../../../src/values";

/** The arguments of a resource in Terraform's JSON. */
export type Body = Readonly<Record<string, unknown>>;

type ByTypeAndName = Readonly<Record<string, Readonly<Record<string, Body>>>>;

/** A stack in Terraform's JSON. */
export interface Synthesized {
  readonly resource?: ByTypeAndName;
  readonly data?: ByTypeAndName;
  readonly output?: Readonly<Record<string, Body>>;
}

/** An empty stack with the provider, as in the program of a user. */
export function newStack(name = "stack"): TerraformStack {
  const stack = new TerraformStack(Testing.app({ stackTraces: false }), name);
  new AwsProvider(stack, "aws", { region: "eu-central-1" });
  return stack;
}

/** A stack that is the draft of a module, and the locals that are kept in it. */
export function newDraft(): { readonly stack: TerraformStack; readonly locals: Record<string, Value<unknown>> } {
  const stack = newStack("draft");
  const locals: Record<string, Value<unknown>> = {};
  const keep = <T>(name: string, value: Value<T>): Value<T> => {
    locals[name] = value;
    return localReference<T>(name);
  };
  draftsModule(stack, { local: keep, table: keep });
  return { stack, locals };
}

/** The stack as Terraform reads it, once all checks of its constructs have passed. */
export function synthesized(stack: TerraformStack): Synthesized {
  return JSON.parse(Testing.synth(stack, true)) as Synthesized;
}

/** The addresses of all resources and data sources of a stack, in order. */
export function addressesOf({ resource = {}, data = {} }: Synthesized): readonly string[] {
  const addresses = (prefix: string, types: ByTypeAndName): readonly string[] =>
    Object.entries(types).flatMap(([type, names]) => Object.keys(names).map((name) => `${prefix}${type}.${name}`));
  return [...addresses("data.", data), ...addresses("", resource)].sort();
}

/** One resource of a stack, by type and name. Throws where it is not there. */
export function bodyOf(stack: TerraformStack, address: string): Body {
  const [type, name] = address.split(".") as [string, string];
  const body = synthesized(stack).resource?.[type]?.[name];
  if (body === undefined) {
    throw new Error(`the stack has no ${address}, but ${addressesOf(synthesized(stack)).join(", ")}`);
  }
  return body;
}

/** A value with its tokens as Terraform reads them: `${aws_s3_bucket.logs.arn}`. */
export function resolved(stack: TerraformStack, value: unknown): unknown {
  return Tokenization.resolve(value, {
    scope: stack,
    resolver: new DefaultTokenResolver(new StringConcat()),
    preparing: false,
  });
}
