import type { Field } from "../inputs";
import { awsProvider, type Structure, TERRAFORM_VERSION } from "../placement";
import type { Draft } from "./draft";
import { exampleCall } from "./examples";
import { GENERATED_NOTE } from "./generated-note";
import { writeHcl } from "./hcl-writer";
import type { ModuleSource } from "./module";
import { providerUse } from "./requirements";
import { fullDescription } from "./variables";

/** The README of a module, laid out as terraform-docs does. */
export function moduleReadme(heading: string, draft: Draft, structure?: Structure, source?: ModuleSource): string {
  const { definition } = draft;
  return `${[
    `<!-- ${GENERATED_NOTE} -->\n# ${heading}`,
    definition.description,
    ...(source === undefined ? [] : usage(source, draft)),
    `## Requirements\n\n${table(
      ["Name", "Version"],
      [
        ["terraform", cell(TERRAFORM_VERSION)],
        ...(providerUse(draft) === "none" ? [] : [["aws", cell(awsProvider(structure).version)]]),
      ],
    )}`,
    ...section("Modules", ["Name", "Source"], modules(draft)),
    ...section("Resources", ["Name", "Type"], resources(draft)),
    ...section("Inputs", ["Name", "Description", "Type", "Default", "Required"], inputs(draft)),
    ...section("Outputs", ["Name", "Description"], outputs(draft)),
    ...(source?.license === undefined ? [] : [`## License\n\n${source.license.name}. See [LICENSE](LICENSE).`]),
  ].join("\n\n")}\n`;
}

function usage({ examples, address }: ModuleSource, draft: Draft): readonly string[] {
  const call = writeHcl(exampleCall(examples[0], draft, address));
  const list = examples.map(({ name, title }) => `- [${title}](examples/${name})`);
  return [`## Usage\n\n\`\`\`hcl\n${call}\`\`\``, `## Examples\n\n${list.join("\n")}`];
}

function modules({ calls, modules: folder }: Draft): readonly (readonly string[])[] {
  return calls.map(({ definition: { title, name } }) => [
    `[${title}](${folder.replace(/^[.][/]/, "")}/${name})`,
    `${folder}/${name}`,
  ]);
}

function resources({ blocks }: Draft): readonly (readonly string[])[] {
  return blocks.flatMap(({ keyword, labels }) =>
    keyword === "module" ? [] : [[`\`${labels.join(".")}\``, keyword === "data" ? "data source" : "resource"]],
  );
}

function inputs({ definition }: Draft): readonly (readonly string[])[] {
  return Object.entries(definition.fields as Readonly<Record<string, Field<unknown>>>).map(([name, field]) => [
    `\`${name}\``,
    cell(fullDescription(field)),
    typeCell(field.kind.terraformType()),
    field.required ? "n/a" : `\`${JSON.stringify(field.default)}\``,
    field.required ? "yes" : "no",
  ]);
}

function typeCell(type: string): string {
  return type.includes("\n") ? `<pre>${cell(type)}</pre>` : `\`${type}\``;
}

function outputs({ definition }: Draft): readonly (readonly string[])[] {
  return Object.entries(definition.outputs as Readonly<Record<string, { readonly description: string }>>).map(
    ([name, { description }]) => [`\`${name}\``, cell(description)],
  );
}

function section(heading: string, columns: readonly string[], rows: readonly (readonly string[])[]): readonly string[] {
  return rows.length === 0 ? [] : [`## ${heading}\n\n${table(columns, rows)}`];
}

function table(columns: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string => `| ${cells.join(" | ")} |`;
  return [line(columns), line(columns.map(() => "---")), ...rows.map(line)].join("\n");
}

/** Text for a cell of a table: in code, everything stands for itself but what ends the cell. */
function cell(text: string): string {
  return text
    .split(/(`[^`]*`)/)
    .map((part) => (part.startsWith("`") ? part : escapedHtml(part)))
    .join("")
    .replace(/\|/g, "\\|")
    .replace(/\n/g, "<br>");
}

function escapedHtml(text: string): string {
  return text
    .replace(/&/g, "&amp;")
    .replace(/</g, "&lt;")
    .replace(/>(?!=)/g, "&gt;");
}
