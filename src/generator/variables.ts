import {
  type Definition,
  type Field,
  type InputValues,
  type Kind,
  type Shape,
  validationMessage,
  validations,
} from "../inputs";
import { attribute, type Block, type Body, block } from "./block";
import { variables } from "./draft";

/** The variables of a module: every input with its type, default, description and rules. */
export function describeVariables(definition: Definition): Body {
  const inputs = variables(definition.fields) as InputValues<Definition["fields"]>;
  const rules = validations(definition, inputs);
  return Object.entries(definition.fields).map(([name, field]) =>
    block(
      "variable",
      [name],
      [
        description(fullDescription(field)),
        attribute("type", field.kind.terraformType(2), "type"),
        ...(field.required ? [] : [attribute("default", field.default)]),
        ...(field.nullable ? [] : [attribute("nullable", false)]),
        ...rules
          .filter((rule) => rule.name === name)
          .map(
            (rule): Block =>
              block(
                "validation",
                [],
                [attribute("condition", rule.condition), attribute("error_message", validationMessage(rule))],
              ),
          ),
      ],
    ),
  );
}

/** The description of an input, with those of its attributes. */
export function fullDescription(field: Field<unknown>, indent = ""): string {
  return [field.description, ...attributeDescriptions(field, indent)].join("\n");
}

function attributeDescriptions(field: Field<unknown>, indent: string): readonly string[] {
  const shape = shapeOfEntries(field.kind);
  if (shape.form !== "object") {
    return [];
  }
  return Object.entries(shape.fields).flatMap(([name, part]) => [
    `${indent}- \`${name}\`: ${part.description}`,
    ...attributeDescriptions(part, `${indent}  `),
  ]);
}

/** The shape of a value; of a list or a map, that of its entries. */
function shapeOfEntries({ shape }: Kind<unknown>): Shape {
  switch (shape.form) {
    case "list":
      return shapeOfEntries(shape.item);
    case "map":
      return shapeOfEntries(shape.value);
    default:
      return shape;
  }
}

/** A description: a text in quotes, or a document where that would be too long for a line. Terraform takes no calls there. */
export function description(text: string): Body[number] {
  return text.includes("\n") || text.length > LONGEST_LINE
    ? attribute("description", wrapped(text), "document")
    : attribute("description", text);
}

const LONGEST_LINE = 95;

/** A text with its long lines broken. Lines of a list are continued under their own text. */
export function wrapped(text: string, width = LONGEST_LINE): string {
  return text
    .split("\n")
    .flatMap((line) => wrappedLine(line, width))
    .join("\n");
}

function wrappedLine(line: string, width: number): readonly string[] {
  const margin = /^\s*(?:- )?/.exec(line)?.[0] ?? "";
  const lines: string[] = [];
  let current = margin;
  for (const word of line.slice(margin.length).split(" ")) {
    const next = current.trim() === "" || current === margin ? `${current}${word}` : `${current} ${word}`;
    if (next.length > width && current !== margin) {
      lines.push(current);
      current = `${" ".repeat(margin.length)}${word}`;
    } else {
      current = next;
    }
  }
  return [...lines, current];
}
