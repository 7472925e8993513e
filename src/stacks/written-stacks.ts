import type { NamedStack } from "./synthesize";

/** Reads a file of the folder of the output; undefined where there is none. */
type ReadFile = (path: string) => string | undefined;

/** The files that cdktf writes for a stack: as JSON, and as HCL, which Terraform would read beside it. */
const STACK_FILE = /^stacks\/([^/]+)\/(cdk\.tf\.json|cdk\.tf|metadata\.json)$/;

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
  const [, stack, file] = STACK_FILE.exec(path) ?? [];
  if (stack === undefined) {
    return false;
  }
  // HCL has no room for what cdktf knows of a stack: that lies beside it.
  return describesAuditTrail(stack, file === "cdk.tf" ? read(`stacks/${stack}/metadata.json`) : content);
}

/** The files that must not stand beside those of stacks: Terraform would find everything twice. */
export function rivalsOf(stacks: readonly Pick<NamedStack, "name">[]): readonly string[] {
  return stacks.map(({ name }) => `stacks/${name}/cdk.tf`);
}

/** Whether a stack is that of an audit trail. Undefined where it is not there. */
function isOurStack(name: string, read: ReadFile): boolean | undefined {
  const [json, metadata, hcl] = ["cdk.tf.json", "metadata.json", "cdk.tf"].map((file) =>
    read(`stacks/${name}/${file}`),
  );
  const isThere = json !== undefined || hcl !== undefined;
  return isThere ? describesAuditTrail(name, json ?? metadata) : undefined;
}

/** Whether Terraform JSON is that of the stack of an audit trail, by its name. */
export function describesAuditTrail(stack: string, content = ""): boolean {
  const {
    "//": comment,
    resource,
    output,
  } = parsed(content) as {
    readonly "//"?: { readonly metadata?: { readonly stackName?: unknown } };
    readonly resource?: { readonly aws_cloudtrail?: { readonly trail?: unknown } };
    readonly output?: { readonly trail_arn?: unknown };
  };
  // A trail that is there already is none of the resources; outputs are not in what lies beside HCL.
  const found = resource?.aws_cloudtrail?.trail ?? output?.trail_arn;
  return comment?.metadata?.stackName === stack && found !== undefined;
}

function parsed(content: string): object {
  try {
    return Object(JSON.parse(content)) as object;
  } catch {
    return {};
  }
}
