import type { Structure } from "../placement";
import { type Literal, reference, type Value } from "../values";
import { attribute, type Block, type Body, block } from "./block";
import type { Draft } from "./draft";
import { comments, writeHcl } from "./hcl-writer";
import { type CalledModule, moduleCall } from "./module-call";
import { requirements } from "./requirements";
import { description } from "./variables";

/** What every example has. */
interface NamedExample {
  /** The name of its folder. */
  readonly name: string;
  readonly title: string;
  /** What it shows, in Markdown. */
  readonly description: string;
}

/** A call of a module that can be planned as it is. */
export interface CallExample extends NamedExample {
  /** The inputs of the module, by Terraform's names. */
  readonly inputs: Readonly<Record<string, Literal>>;
  /** What holds of its plan, for the tests of the module: conditions in Terraform's language, by what should be. */
  readonly expected?: Readonly<Record<string, string>>;
}

/** One of the calls of an example that has several. Some inputs may be references. */
export interface ComposedCall extends Omit<CalledModule, "source" | "count"> {
  /** The nested module that is called; the published one where it is left out. */
  readonly nested?: string;
}

/** A provider of an example, in Terraform's words. */
export interface ExampleProvider {
  readonly alias?: string;
  /** Its region, where that is not the example's. */
  readonly region?: string;
  readonly assume_role?: { readonly role_arn: string };
}

/** Several calls of a module and of those nested in it, that can be planned as they are. */
export interface ComposedExample extends NamedExample {
  readonly region: string;
  /** The providers; one with the environment's credentials where they are left out. */
  readonly providers?: readonly ExampleProvider[];
  readonly calls: readonly ComposedCall[];
  /** The outputs: descriptions and references, by name. */
  readonly outputs: Readonly<Record<string, { readonly description: string; readonly value: Value<unknown> }>>;
}

/** A use of a module that can be planned as it is. */
export type Example = CallExample | ComposedExample;

/** Whether an example calls the module once. */
export function isCallExample(example: Example): example is CallExample {
  return "inputs" in example;
}

/** The region of an example whose inputs do not say one. */
const EXAMPLE_REGION = "eu-central-1";

/** The name by which examples call a module. */
function exampleLabel({ definition }: Draft): string {
  return definition.name.replace(/-/g, "_");
}

/** The outputs of a module as those of the root module that calls it. */
export function outputsOfCall(
  label: string,
  outputs: Readonly<Record<string, { readonly description?: string }>>,
): Body {
  return Object.entries(outputs).map(([name, output]) =>
    block(
      "output",
      [name],
      [description(output.description ?? ""), attribute("value", `module.${label}.${name}`, "type")],
    ),
  );
}

/** The call of a module in HCL, as in READMEs. */
export function exampleCall(example: CallExample, draft: Draft, source: string): Body {
  return [moduleCall({ label: exampleLabel(draft), source, inputs: example.inputs })];
}

function providerBlock(exampleRegion: Literal, { alias, region, assume_role: role }: ExampleProvider): Block {
  return block(
    "provider",
    ["aws"],
    [
      ...(alias === undefined ? [] : [attribute("alias", alias)]),
      attribute("region", region ?? exampleRegion),
      ...(role === undefined ? [] : [block("assume_role", [], [attribute("role_arn", role.role_arn)])]),
    ],
  );
}

const CALLER = "aws_caller_identity";

/** The account of the credentials, as an example asks for it. */
const CALLER_ACCOUNT = reference<string>(`data.${CALLER}.current.account_id`);

type Inputs = Readonly<Record<string, Value<unknown>>>;

/** A value with the account of the credentials wherever an account id stands. */
function ofCaller(value: unknown, accountId: string): unknown {
  if (value === accountId) {
    return CALLER_ACCOUNT;
  }
  if (Array.isArray(value)) {
    return value.map((item) => ofCaller(item, accountId));
  }
  return typeof value === "object" && value !== null && Object.getPrototypeOf(value) === Object.prototype
    ? Object.fromEntries(Object.entries(value).map(([key, item]) => [key, ofCaller(item, accountId)]))
    : value;
}

/**
 * The data source of the credentials' account, and calls in which it takes the place of the account that they name:
 * so that anybody can plan them. ARNs in them stay as they are.
 */
function calledByAnybody<C extends { readonly inputs: Inputs }>(
  calls: readonly C[],
): { readonly data: Body; readonly calls: readonly C[] } {
  const accountId = calls.map(({ inputs }) => inputs.account_id).find((given) => typeof given === "string");
  return accountId === undefined
    ? { data: [], calls }
    : {
        data: [block("data", [CALLER, "current"], [])],
        calls: calls.map((call) => ({ ...call, inputs: ofCaller(call.inputs, accountId) as Inputs })),
      };
}

/** Where a module is from an example: that nested in the published one, or the published one itself. */
function sourceOf(nested?: string): string {
  return nested === undefined ? "../../" : `../../modules/${nested}`;
}

/** What the main file of an example has. */
function mainOf(example: Example, draft: Draft): Body {
  if (isCallExample(example)) {
    const { data, calls } = calledByAnybody([{ inputs: example.inputs as Inputs }]);
    return [
      providerBlock(example.inputs.region ?? EXAMPLE_REGION, {}),
      ...data,
      ...calls.map(({ inputs }) => moduleCall({ label: exampleLabel(draft), source: sourceOf(), inputs })),
    ];
  }
  const { data, calls } = calledByAnybody(example.calls);
  return [
    ...(example.providers ?? [{}]).map((provider) => providerBlock(example.region, provider)),
    ...data,
    ...calls.map(({ nested, ...call }) => moduleCall({ ...call, source: sourceOf(nested) })),
  ];
}

/** The files of an example: a root module that calls the module two folders up, or those nested in it. */
export function exampleFiles(
  example: Example,
  draft: Draft,
  note: string,
  structure?: Structure,
): ReadonlyMap<string, string> {
  const file = (body: Body): string => `${comments(note)}\n${writeHcl(body)}`;
  const outputs = isCallExample(example)
    ? outputsOfCall(exampleLabel(draft), draft.definition.outputs)
    : Object.entries(example.outputs).map(([name, output]) =>
        block("output", [name], [description(output.description), attribute("value", output.value)]),
      );
  return new Map([
    ["main.tf", file(mainOf(example, draft))],
    ["outputs.tf", file(outputs)],
    ["variables.tf", `${comments(note)}\n# The example has no variables.\n`],
    ["versions.tf", file(requirements({ structure }))],
    [
      "README.md",
      `<!-- ${note} -->\n# ${example.title}\n\n${example.description}\n\n    terraform init\n    terraform plan\n`,
    ],
  ]);
}
