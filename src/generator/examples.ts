import type { Literal } from "../values";
import { attribute, type Block, type Body, block, groupedAttribute } from "./block";
import type { Draft } from "./draft";
import { comments, writeHcl } from "./hcl-writer";
import { requirements } from "./requirements";

/** A use of a module that can be planned as it is. */
export interface Example {
  /** The name of its folder. */
  readonly name: string;
  readonly title: string;
  /** What it shows, in Markdown. */
  readonly description: string;
  /** The inputs of the module, by Terraform's names. */
  readonly inputs: Readonly<Record<string, Literal>>;
}

/** The region of an example whose inputs do not say one. */
const EXAMPLE_REGION = "eu-central-1";

/** The name by which examples call a module. */
function exampleLabel({ definition }: Draft): string {
  return definition.name.replace(/-/g, "_");
}

/** The call of a module. */
export function moduleCall(
  label: string,
  source: string,
  inputs: Readonly<Record<string, Literal>>,
  comment?: string,
): Block {
  const given = Object.entries(inputs).map(([name, value], index) =>
    index === 0 ? groupedAttribute(name, value) : attribute(name, value),
  );
  return block("module", [label], [attribute("source", source), ...given], comment);
}

/** The outputs of a module as those of the root module that calls it. */
export function outputsOfCall(
  label: string,
  outputs: Readonly<Record<string, { readonly description?: string }>>,
): Body {
  return Object.entries(outputs).map(([name, { description }]) =>
    block(
      "output",
      [name],
      [attribute("description", description), attribute("value", `module.${label}.${name}`, "type")],
    ),
  );
}

/** The call of a module in HCL, as in READMEs. */
export function exampleCall(example: Example, draft: Draft, source: string): Body {
  return [moduleCall(exampleLabel(draft), source, example.inputs)];
}

/** The files of an example: a root module that calls the module two folders up. */
export function exampleFiles(example: Example, draft: Draft, note: string): ReadonlyMap<string, string> {
  const provider = block("provider", ["aws"], [attribute("region", example.inputs.region ?? EXAMPLE_REGION)]);
  const file = (body: Body): string => `${comments(note)}\n${writeHcl(body)}`;
  return new Map([
    ["main.tf", file([provider, ...exampleCall(example, draft, "../../")])],
    ["outputs.tf", file(outputsOfCall(exampleLabel(draft), draft.definition.outputs))],
    ["variables.tf", `${comments(note)}\n# The example has no variables.\n`],
    ["versions.tf", file(requirements())],
    [
      "README.md",
      `<!-- ${note} -->\n# ${example.title}\n\n${example.description}\n\n    terraform init\n    terraform plan\n`,
    ],
  ]);
}
