import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { TerraformStack, Testing } from "cdktf";
import { AuditTrail, type AuditTrailProps } from "../../../src/audit-trail/audit-trail";
import { auditTrailDefinition } from "../../../src/audit-trail/inputs";
import { type Files, terraformFiles } from "../../../src/generator";
import { fromProps } from "../../../src/inputs";
import { AWS_PROVIDER } from "../../../src/placement";
import { escapedTemplate } from "../../../src/values/hcl";

/** The generated module of the audit trail. */
export function auditTrailModule(): Files {
  return terraformFiles(AuditTrail);
}

/** Several audit trails, inline in one stack: the instances `c0`, `c1`, … */
export function stackOf(configurations: readonly AuditTrailProps[]): string {
  const stack = new TerraformStack(Testing.app(), "equality");
  new AwsProvider(stack, "aws", { region: "eu-central-1" });
  stack.addOverride("terraform.required_providers.aws", AWS_PROVIDER);
  configurations.forEach((props, index) => {
    new AuditTrail(stack, `c${index}`, props);
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

/** Several audit trails as calls of the module in `./module`: the instances `c0`, `c1`, … */
export function callerOf(configurations: readonly AuditTrailProps[]): string {
  const calls = configurations.map((props, index) => [
    `c${index}`,
    { source: "./module", ...(escaped(fromProps(auditTrailDefinition.fields, props)) as object) },
  ]);
  return JSON.stringify({
    terraform: { required_providers: { aws: AWS_PROVIDER } },
    provider: { aws: [{ region: "eu-central-1" }] },
    module: Object.fromEntries(calls),
  });
}

/** The files of a folder that calls the module. */
export function callerFiles(configurations: readonly AuditTrailProps[], module: Files): Map<string, string> {
  return new Map([
    ["main.tf.json", callerOf(configurations)],
    ...[...module].map(([path, content]) => [`module/${path}`, content] as const),
  ]);
}
