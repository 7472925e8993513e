/*
 * Where the files of stacks lie, as cdktf lays them out.
 */

/** The folder that cdktf writes. */
export const OUTPUT_FOLDER = "cdktf.out";

/** The stack as Terraform reads it. */
export const STACK_JSON = "cdk.tf.json";

/** The same where cdktf was asked for HCL, which Terraform would read beside the JSON. */
export const STACK_HCL = "cdk.tf";

/** What cdktf knows of a stack for which HCL has no room. */
export const STACK_METADATA = "metadata.json";

/** The stack as a remote run reads it. */
export const REMOTE_RUN_JSON = "main.tf.json";

/** The folder of a stack, in the folder of the output. */
export function stackFolder(stack: string): string {
  return `stacks/${stack}`;
}

/** A file of a stack, in the folder of the output. */
export function stackFile(stack: string, file = STACK_JSON): string {
  return `${stackFolder(stack)}/${file}`;
}

/** The stack that a file in the folder of the output is of, where it has one of some names. */
export function stackOfFile(path: string, ...files: readonly string[]): string | undefined {
  const [, stack, file] = /^stacks\/([^/]+)\/([^/]+)$/.exec(path) ?? [];
  return file !== undefined && files.includes(file) ? stack : undefined;
}
