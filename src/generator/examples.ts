import type { Literal } from "../values";
import { attribute, type Body, block, groupedAttribute } from "./block";
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

/** The call of a module in HCL, as in READMEs. */
export function exampleCall(example: Example, draft: Draft, source: string): Body {
  const inputs = Object.entries(example.inputs).map(([name, value], index) =>
    index === 0 ? groupedAttribute(name, value) : attribute(name, value),
  );
  return [block("module", [exampleLabel(draft)], [attribute("source", source), ...inputs])];
}

/** The files of an example: a root module that calls the module two folders up. */
export function exampleFiles(example: Example, draft: Draft, note: string): ReadonlyMap<string, string> {
  const outputs = Object.entries(draft.definition.outputs).map(([name, { description }]) =>
    block(
      "output",
      [name],
      [attribute("description", description), attribute("value", `module.${exampleLabel(draft)}.${name}`, "type")],
    ),
  );
  const provider = block("provider", ["aws"], [attribute("region", example.inputs.region ?? EXAMPLE_REGION)]);
  const file = (body: Body): string => `${comments(note)}\n${writeHcl(body)}`;
  return new Map([
    ["main.tf", file([provider, ...exampleCall(example, draft, "../../")])],
    ["outputs.tf", file(outputs)],
    ["variables.tf", `${comments(note)}\n# The example has no variables.\n`],
    ["versions.tf", file(requirements())],
    [
      "README.md",
      `<!-- ${note} -->\n# ${example.title}\n\n${example.description}\n\n    terraform init\n    terraform plan\n`,
    ],
  ]);
}
