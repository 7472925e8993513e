import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { IdentityServer } from "../../__tests__/terraform/support/identity-server";
import { Workspace } from "../../__tests__/terraform/support/workspace";
import { readConfiguration } from "../../src/configuration";
import { synthesize } from "../../src/stacks";

/** A state that needs no server. */
const TRIAL_STATE = { backend: "local", settings: { path: "terraform.tfstate" } } as const;

/** The plan of an example. */
export interface PlannedExample {
  /** The file with what `terraform show -json` says of it, with texts for values that are not known yet. */
  readonly file: string;
  /** The types of the resources that it makes, one for each resource. */
  readonly types: readonly string[];
}

type Values = Readonly<Record<string, unknown>>;

interface Resource {
  readonly address: string;
  readonly mode: string;
  readonly type: string;
}

interface PlannedModule {
  readonly resources?: readonly (Resource & { readonly values: Values })[];
  readonly child_modules?: readonly PlannedModule[];
}

interface ConfiguredModule {
  readonly resources?: readonly (Resource & { readonly expressions?: Values })[];
  readonly module_calls?: Readonly<Record<string, { readonly module: ConfiguredModule }>>;
}

/** What is needed here of what `terraform show -json` says of a plan. */
export interface PlanJson {
  readonly planned_values: { readonly root_module: PlannedModule };
  readonly configuration: { readonly root_module: ConfiguredModule };
  readonly resource_changes: readonly (Resource & { readonly change: { readonly after_unknown: Values } })[];
}

/**
 * The plan with a text in the place of each argument that the configuration gives and that is known only after apply,
 * such as the ARN of a new key. checkov takes those for absent where they pass through a variable; its own setting for
 * them (EVAL_TF_PLAN_AFTER_UNKNOWN) takes also for given what nobody gave and AWS may fill in.
 */
export function withUnknownValues(plan: PlanJson): PlanJson {
  const given = new Map<string, Values>();
  const collect = ({ resources = [], module_calls: calls = {} }: ConfiguredModule, path: string): void => {
    for (const { address, expressions = {} } of resources) {
      given.set(`${path}${address}`, expressions);
    }
    for (const [name, { module }] of Object.entries(calls)) {
      collect(module, `${path}module.${name}.`);
    }
  };
  collect(plan.configuration.root_module, "");
  const unknown = new Map(plan.resource_changes.map(({ address, change }) => [address, change.after_unknown]));
  const filled = (module: PlannedModule): PlannedModule => ({
    ...module,
    resources: (module.resources ?? []).map((resource) => {
      const expressions = given.get(resource.address.replace(/\[[^\]]*\]/g, "")) ?? {};
      const names = Object.entries(unknown.get(resource.address) ?? {}).filter(
        ([name, isUnknown]) => isUnknown === true && name in expressions,
      );
      return {
        ...resource,
        values: { ...resource.values, ...Object.fromEntries(names.map(([name]) => [name, "known after apply"])) },
      };
    }),
    child_modules: (module.child_modules ?? []).map(filled),
  });
  return { ...plan, planned_values: { ...plan.planned_values, root_module: filled(plan.planned_values.root_module) } };
}

/** Plans the stack of the configuration of the profile `cis`, and gives the plan away until it returns. */
export async function withStackPlan<T>(server: IdentityServer, use: (plan: PlannedExample) => Promise<T>): Promise<T> {
  const file = join(__dirname, "../../examples/cis/audit-trail.yaml");
  const { trails } = readConfiguration(file, readFileSync(file));
  const [stack] = synthesize(trails.map((trail) => ({ ...trail, state: TRIAL_STATE }))).values();
  const workspace = new Workspace(server.environment);
  try {
    workspace.write({ "cdk.tf.json": stack as string });
    await workspace.succeed("init", "-input=false", "-no-color");
    await workspace.succeed("plan", "-input=false", "-no-color", "-out=plan");
    return await usePlan(workspace, await workspace.succeed("show", "-json", "plan"), use);
  } finally {
    workspace.remove();
  }
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
    return await usePlan(workspace, await workspace.succeed(folder, "show", "-json", "plan"), use);
  } finally {
    workspace.remove();
  }
}

async function usePlan<T>(workspace: Workspace, json: string, use: (plan: PlannedExample) => Promise<T>): Promise<T> {
  const plan = JSON.parse(json) as PlanJson;
  workspace.write({ "plan.json": JSON.stringify(withUnknownValues(plan)) });
  const types = plan.resource_changes.filter(({ mode }) => mode === "managed").map(({ type }) => type);
  return await use({ file: join(workspace.path, "plan.json"), types });
}
