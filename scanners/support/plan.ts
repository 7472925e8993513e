import { join } from "node:path";
import type { IdentityServer } from "../../__tests__/terraform/support/identity-server";
import { Workspace } from "../../__tests__/terraform/support/workspace";

/** The plan of an example. */
export interface PlannedExample {
  /** The file with what `terraform show -json` says of it. */
  readonly file: string;
  /** The types of the resources that it makes, one for each resource. */
  readonly types: readonly string[];
}

/** Plans an example of a module with the real provider, and gives the plan away until it returns. */
export async function withPlan<T>(
  module: string,
  example: string,
  server: IdentityServer,
  use: (plan: PlannedExample) => Promise<T>,
): Promise<T> {
  const workspace = new Workspace(server.environment);
  try {
    workspace.copy(module, ".");
    const folder = `-chdir=examples/${example}`;
    await workspace.succeed(folder, "init", "-input=false", "-no-color");
    await workspace.succeed(folder, "plan", "-input=false", "-no-color", "-out=plan");
    const json = await workspace.succeed(folder, "show", "-json", "plan");
    workspace.write({ "plan.json": json });
    const { resource_changes: changes } = JSON.parse(json) as {
      readonly resource_changes: readonly { readonly mode: string; readonly type: string }[];
    };
    const types = changes.filter(({ mode }) => mode === "managed").map(({ type }) => type);
    return await use({ file: join(workspace.path, "plan.json"), types });
  } finally {
    workspace.remove();
  }
}
