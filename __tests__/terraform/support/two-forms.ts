import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { TerraformStack, Testing } from "cdktf";
import { AuditTrail, type AuditTrailProps } from "../../../src/audit-trail/audit-trail";
import { type Files, terraformFiles } from "../../../src/generator";
import { type Fields, fromProps, type OutputFields, type Props } from "../../../src/inputs";
import { type AnyComponent, AWS_PROVIDER, type ComponentClass, type Structure } from "../../../src/placement";
import { escapedTemplate } from "../../../src/values/hcl";
import type { Workspace } from "./workspace";
import type { Workspaces } from "./workspaces";

const REGION = "eu-central-1";

/** A component, and what it is given. */
export interface Instance {
  readonly component: AnyComponent;
  readonly props: object;
}

/** The same instances in both forms, each ready to be planned. */
export interface BothForms {
  readonly stack: Workspace;
  readonly caller: Workspace;
}

/** A component with one set of inputs after the other. */
export function instancesOf<F extends Fields, O extends OutputFields>(
  component: ComponentClass<F, O>,
  each: readonly Props<F>[],
): readonly Instance[] {
  return each.map((props) => ({ component, props }));
}

/** Several audit trails. */
export function auditTrails(each: readonly AuditTrailProps[]): readonly Instance[] {
  return instancesOf(AuditTrail, each);
}

/** The generated module of the audit trail. */
export function auditTrailModule(): Files {
  return terraformFiles(AuditTrail);
}

/** Instances inline in one stack: `c0`, `c1`, … */
export function stackOf(instances: readonly Instance[], structure: Structure = {}): string {
  const stack = new TerraformStack(Testing.app(), "equality");
  new AwsProvider(stack, "aws", { region: REGION });
  stack.addOverride("terraform.required_providers.aws", AWS_PROVIDER);
  instances.forEach(({ component, props }, index) => {
    new component(stack, `c${index}`, props, structure);
  });
  return Testing.synth(stack);
}

/** A value with its texts as sources of templates, which Terraform's JSON takes them for. */
function escaped(value: unknown): unknown {
  if (typeof value === "string") {
    return escapedTemplate(value);
  }
  if (Array.isArray(value)) {
    return value.map(escaped);
  }
  return typeof value === "object" && value !== null
    ? Object.fromEntries(Object.entries(value).map(([key, item]) => [escapedTemplate(key), escaped(item)]))
    : value;
}

/** Instances as calls of the modules of their components, which lie beside it by their names: `c0`, `c1`, … */
export function callerOf(instances: readonly Instance[]): string {
  const calls = instances.map(({ component: { definition }, props }, index) => [
    `c${index}`,
    { source: `./${definition.name}`, ...(escaped(fromProps(definition.fields, props)) as object) },
  ]);
  return JSON.stringify({
    terraform: { required_providers: { aws: AWS_PROVIDER } },
    provider: { aws: [{ region: REGION }] },
    module: Object.fromEntries(calls),
  });
}

/** The files of a folder that calls the modules. */
function callerFiles(instances: readonly Instance[]): Map<string, string> {
  const modules = [...new Set(instances.map(({ component }) => component))].flatMap((component) =>
    [...terraformFiles(component)].map(([path, content]) => [`${component.definition.name}/${path}`, content] as const),
  );
  return new Map([["main.tf.json", callerOf(instances)], ...modules]);
}

/** Folders with the same instances in both forms. */
export async function bothForms(workspaces: Workspaces, instances: readonly Instance[]): Promise<BothForms> {
  const [stack, caller] = await Promise.all([
    workspaces.initializedWith({ "cdk.tf.json": stackOf(instances) }),
    workspaces.initializedWith(callerFiles(instances)),
  ]);
  return { stack, caller };
}
