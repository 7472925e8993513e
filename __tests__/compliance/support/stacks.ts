import { stringify } from "yaml";
import type { AuditTrailProps } from "../../../src/audit-trail/audit-trail";
import { type ProfileName, profiles } from "../../../src/audit-trail/profiles";
import { reportOn } from "../../../src/compliance";
import type { JudgedControl } from "../../../src/compliance/report";
import { configurationTemplate, readConfiguration } from "../../../src/configuration";
import { synthesize } from "../../../src/stacks";

type Named = Record<string, Record<string, unknown>>;

/** The JSON of a stack, to be changed. */
export interface EditableStack {
  resource: Record<string, Named | undefined>;
  output: Named;
}

/** The file of a trail with some inputs, beside those that have to be given. */
export function stackJson(inputs: Partial<AuditTrailProps> = {}): string {
  return synthesized({
    accountId: "111122223333",
    accountName: "example",
    region: "eu-central-1",
    owner: "Ada",
    ...inputs,
  });
}

const jsonByProfile = new Map<ProfileName, string>();

/** The file of a trail with the choices of a profile, as `init` writes them. */
export function profileJson(profile: ProfileName): string {
  const known = jsonByProfile.get(profile);
  if (known !== undefined) {
    return known;
  }
  const { trails } = readConfiguration(profile, Buffer.from(configurationTemplate("schema.json", {}, profile)));
  const json = synthesize(trails).get(`stacks/${trails[0]?.name}/cdk.tf.json`) as string;
  jsonByProfile.set(profile, json);
  return json;
}

function synthesized(inputs: AuditTrailProps): string {
  const stack = {
    name: "example",
    inputs,
    state: { backend: "local", settings: { path: "terraform.tfstate" } },
    provider: { profile: null, role_arn: null },
    preventDestroy: false,
    regionArgument: false,
  } as const;
  return synthesize([stack]).get("stacks/example/cdk.tf.json") as string;
}

/** The file of the hardened trail with some options of its alarms, by Terraform's names. */
export function hardenedJson(alarms: object = {}): string {
  const trail = { account_id: "111122223333", account_name: "example", region: "eu-central-1", owner: "Ada" };
  const { inputs } = profiles.cis;
  return configuredJson({ ...trail, ...inputs, alarms: { ...inputs.alarms, ...alarms } });
}

/** The file of a trail as it is configured. */
export function configuredJson(trail: object): string {
  const text = stringify({ state: { local: {} }, trails: { example: trail } });
  return synthesize(readConfiguration("example.yaml", Buffer.from(text)).trails).get(
    "stacks/example/cdk.tf.json",
  ) as string;
}

/** A file with a change in it. */
export function changed(json: string, change: (stack: EditableStack) => void): string {
  const stack = JSON.parse(json) as EditableStack;
  change(stack);
  return JSON.stringify(stack);
}

/** A resource of a stack, which has to be there. */
export function resourceOf(stack: EditableStack, address: string): Record<string, unknown> {
  const [type, name] = address.split(".") as [string, string];
  const found = stack.resource[type]?.[name];
  if (found === undefined) {
    throw new Error(`there is no ${address}`);
  }
  return found;
}

/** Takes a resource out of a stack. It has to be there. */
export function withoutResource(stack: EditableStack, address: string): void {
  resourceOf(stack, address);
  const [type, name] = address.split(".") as [string, string];
  delete stack.resource[type]?.[name];
}

/** How it stands with one control. */
export function judgementOf(json: string, id: string): JudgedControl {
  const found = reportOn({ name: "example", json }).controls.find((control) => control.id === id);
  if (found === undefined) {
    throw new Error(`there is no control ${id}`);
  }
  return found;
}
