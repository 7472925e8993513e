import { STACK_HCL, STACK_JSON, STACK_METADATA, stackFile, stackOfFile } from "./stack-files";
import type { NamedStack } from "./synthesize";

/** Reads a file of the folder of the output; undefined where there is none. */
type ReadFile = (path: string) => string | undefined;

/** What is read of the file of a stack, to tell what it is of. */
interface WrittenStack {
  readonly "//"?: { readonly metadata?: { readonly stackName?: unknown } };
  readonly resource?: Readonly<Record<string, Readonly<Record<string, unknown>> | undefined>>;
  readonly output?: Readonly<Record<string, unknown>>;
}

/**
 * Whether cdktf or the command wrote a file for the stack of an audit trail: then it may be replaced or removed. The
 * stacks of another app of cdktf may lie beside them.
 */
export function isOfAuditTrail(content: string, path: string, read: ReadFile): boolean {
  if (path === "manifest.json") {
    const { stacks } = parsed(content) as { readonly stacks?: unknown };
    const names = typeof stacks === "object" && stacks !== null ? Object.keys(stacks) : undefined;
    return names?.every((name) => isOurStack(name, read) !== false) ?? false;
  }
  const stack = stackOfFile(path, STACK_JSON, STACK_HCL, STACK_METADATA);
  if (stack === undefined) {
    return false;
  }
  const isHcl = path === stackFile(stack, STACK_HCL);
  return describesAuditTrail(stack, isHcl ? read(stackFile(stack, STACK_METADATA)) : content);
}

/** The files that must not stand beside those of stacks: Terraform would find everything twice. */
export function rivalsOf(stacks: readonly Pick<NamedStack, "name">[]): readonly string[] {
  return stacks.map(({ name }) => stackFile(name, STACK_HCL));
}

/** Whether a stack is that of an audit trail. Undefined where it is not there. */
function isOurStack(name: string, read: ReadFile): boolean | undefined {
  const [json, metadata, hcl] = [STACK_JSON, STACK_METADATA, STACK_HCL].map((file) => read(stackFile(name, file)));
  const isThere = json !== undefined || hcl !== undefined;
  return isThere ? describesAuditTrail(name, json ?? metadata) : undefined;
}

/** Whether Terraform JSON is that of the stack of an audit trail, by its name. */
export function describesAuditTrail(stack: string, content = ""): boolean {
  // A trail that is there already is none of the resources; outputs are not in what lies beside HCL.
  return describesStack(
    stack,
    content,
    ({ resource, output }) => (resource?.aws_cloudtrail?.trail ?? output?.trail_arn) !== undefined,
  );
}

/** Whether Terraform JSON is that of a stack, by its name and by what such a stack has. */
export function describesStack(stack: string, content: string, has: (written: WrittenStack) => boolean): boolean {
  const written = parsed(content) as WrittenStack;
  return written["//"]?.metadata?.stackName === stack && has(written);
}

function parsed(content: string): object {
  try {
    return Object(JSON.parse(content)) as object;
  } catch {
    return {};
  }
}
