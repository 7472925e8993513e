import { camelCase, type Definition, type Field, type Fields, type Kind } from "../inputs";
import { GENERATED_NOTE } from "./generated-note";

/** What an interface of inputs is made of. */
type Defined = Pick<Definition, "name" | "title" | "fields" | "outputs">;

/** A file of interfaces for the inputs of components. */
export interface PropsFile {
  /** Where it is. */
  readonly path: string;
  readonly definitions: readonly Defined[];
  /** Where it imports those nested interfaces from that another file has, which comes before it. */
  readonly imports?: string;
}

/**
 * The inputs of components as TypeScript interfaces, which editors can explain: each input and attribute with its
 * description, rules and default. Objects have interfaces of their own, shared where they are the same.
 *
 * @param files in the order in which they may import from each other
 * @returns the texts of the files, by path
 * @throws Error naming an interface that two objects would have
 */
export function propsFiles(files: readonly PropsFile[]): Readonly<Record<string, string>> {
  const definitions = files.flatMap((file) => file.definitions);
  const interfaces = new Interfaces([...files].reverse().flatMap((file) => file.definitions));
  const texts = new Names(definitions);
  const written = new Set<string>();
  return Object.fromEntries(
    files.map(({ path, definitions: own, imports }) => [path, fileText(own, imports, { interfaces, texts, written })]),
  );
}

interface Writing {
  readonly interfaces: Interfaces;
  readonly texts: Names;
  /** The names of the interfaces that are in a file already. */
  readonly written: Set<string>;
}

function fileText(definitions: readonly Defined[], imports: string | undefined, writing: Writing): string {
  const { interfaces, texts, written } = writing;
  const before = new Set(written);
  const imported = new Set<string>();
  const add = (name: string, description: string, fields: Fields): readonly string[] => {
    if (written.has(name)) {
      if (before.has(name)) imported.add(name);
      return [];
    }
    written.add(name);
    const members = Object.entries(fields).map(([key, field]) => member(key, field, interfaces, texts));
    return [
      `${comment([texts.camel(description)], "")}\nexport interface ${name} {\n${members.join("\n")}\n}`,
      ...nested(fields).flatMap((part) => add(interfaces.nameOf(part.fields), describedObject(part), part.fields)),
    ];
  };
  const parts = definitions.flatMap((definition) =>
    add(
      `${pascalCase(definition.name)}Props`,
      `${definition.title}: the inputs, the same as those of its Terraform module.`,
      definition.fields,
    ),
  );
  const body = parts.join("\n\n");
  const needsTokens = body.includes(TOKEN);
  return [
    `// ${GENERATED_NOTE}`,
    ...(needsTokens ? [`import type { ${TOKEN} } from "cdktf";`] : []),
    ...(imported.size > 0 && imports !== undefined ? [importFrom(imports, [...imported].sort())] : []),
    "",
    `${body}\n`,
  ].join("\n");
}

function importFrom(path: string, names: readonly string[]): string {
  const line = `import type { ${names.join(", ")} } from ${JSON.stringify(path)};`;
  return line.length <= WIDTH
    ? line
    : `import type {\n${names.map((name) => `  ${name},\n`).join("")}} from "${path}";`;
}

/** The width of lines that the formatter keeps. */
const WIDTH = 120;

/** The type of tokens. */
const TOKEN = "IResolvable";

/** An object among fields: the value of one, or an entry of its list or map. */
interface Part {
  readonly name: string;
  readonly field: Field<unknown>;
  readonly fields: Fields;
  readonly isEntry: boolean;
}

/** The objects right among fields. */
function nested(fields: Fields): readonly Part[] {
  return Object.entries(fields).flatMap(([name, field]) => {
    let { shape } = field.kind;
    const isEntry = shape.form === "list" || shape.form === "map";
    while (shape.form === "list" || shape.form === "map") {
      shape = (shape.form === "list" ? shape.item : shape.value).shape;
    }
    return shape.form === "object" ? [{ name, field, fields: shape.fields, isEntry }] : [];
  });
}

function describedObject({ name, field, isEntry }: Part): string {
  const summary = /^.*?[.](?=\s|$)/s.exec(field.description)?.[0] ?? field.description;
  return isEntry ? `One of \`${name}\`: ${summary}` : summary;
}

/**
 * The names of the interfaces of objects: `AccessLogsOptions` of `access_logs`, `TransitionOptions` of an entry of
 * `transitions`. Of two that are not the same, the one of the composition, which comes last, or else the one that is less
 * deep has the short name; the other has the names of what it is in before it.
 */
class Interfaces {
  private readonly names = new Map<string, string>();

  constructor(definitions: readonly Defined[]) {
    const taken = new Set<string>();
    for (const definition of definitions) {
      const queue = nested(definition.fields).map((part) => ({ part, owners: [pascalCase(definition.name)] }));
      for (const { part, owners } of queue) {
        const own = pascalCase(part.isEntry ? part.name.replace(/s$/, "") : part.name);
        const key = bodyOf(part.fields);
        if (!this.names.has(key)) {
          const candidates = [...owners.keys(), owners.length].map(
            (count) => `${owners.slice(0, count).reverse().join("")}${own}Options`,
          );
          const name = candidates.find((each) => !taken.has(each));
          if (name === undefined) {
            throw new Error(
              `two objects would have the interface ${candidates.at(-1)}: rename one of their attributes`,
            );
          }
          taken.add(name);
          this.names.set(key, name);
        }
        queue.push(...nested(part.fields).map((each) => ({ part: each, owners: [own, ...owners] })));
      }
    }
  }

  nameOf(fields: Fields): string {
    return this.names.get(bodyOf(fields)) as string;
  }
}

/** All that the interface of an object is made of, to see whether two are the same. */
function bodyOf(fields: Fields): string {
  return JSON.stringify(
    Object.entries(fields).map(([name, { kind, description, required, nullable, default: value }]) => [
      ...[name, description, required, nullable, value, rulesOf(kind), choicesOf(kind), kind.terraformType()],
      ...nested({ [name]: { kind, description, required, nullable, default: value } }).map((part) =>
        bodyOf(part.fields),
      ),
    ]),
  );
}

function member(name: string, field: Field<unknown>, interfaces: Interfaces, texts: Names): string {
  const rules = rulesOf(field.kind);
  const paragraphs = [
    texts.camel(field.description),
    ...(rules === "" ? [] : [texts.camel(rules)]),
    ...(field.required ? [] : [`@default ${JSON.stringify(field.default)}`]),
  ];
  const alternatives = [
    ...alternativesOf(field.kind, interfaces),
    ...(field.nullable ? ["null"] : []),
    ...(field.required ? [] : ["undefined"]),
  ];
  const head = `  readonly ${camelCase(name)}${field.required ? "" : "?"}:`;
  const line = `${head} ${alternatives.join(" | ")};`;
  const type = line.length <= WIDTH ? line : `${head}\n${alternatives.map((each) => `    | ${each}`).join("\n")};`;
  return `${comment(paragraphs, "  ")}\n${type}`;
}

/**
 * What a value may be. Texts and numbers hold tokens as they are, and so do lists of texts; an object is none as a
 * whole, as of `Prop`.
 */
function alternativesOf(kind: Kind<unknown>, interfaces: Interfaces): readonly string[] {
  const { shape } = kind;
  switch (shape.form) {
    case "text": {
      const choices = choicesOf(kind);
      return choices === undefined ? ["string"] : [...choices.map((choice) => JSON.stringify(choice)), TOKEN];
    }
    case "boolean":
      return ["boolean", TOKEN];
    case "number":
      return ["number"];
    case "list": {
      const items = alternativesOf(shape.item, interfaces);
      return items.length > 1
        ? [`readonly (${items.join(" | ")})[]`, TOKEN]
        : [`readonly ${items.join()}[]`, ...(items[0] === "string" ? [] : [TOKEN])];
    }
    case "map":
      return [`Readonly<Record<string, ${alternativesOf(shape.value, interfaces).join(" | ")}>>`, TOKEN];
    case "object":
      return [interfaces.nameOf(shape.fields)];
  }
}

/** The texts that a kind is one of. */
function choicesOf({ shape, rules }: Kind<unknown>): readonly string[] | undefined {
  return shape.form === "text"
    ? (rules.find(({ jsonSchema }) => jsonSchema?.enum !== undefined)?.jsonSchema?.enum as
        | readonly string[]
        | undefined)
    : undefined;
}

/** The rules that no type says, as sentences. Those between the attributes of an object name one each, and are left to the check. */
function rulesOf(kind: Kind<unknown>): string {
  const own = kind.rules
    .filter(({ at }) => at === undefined && choicesOf(kind) === undefined)
    .map(({ requirement }) => `${requirement.charAt(0).toUpperCase()}${requirement.slice(1)}.`);
  const { shape } = kind;
  const items = shape.form === "list" && shape.item.shape.form !== "object" ? rulesOf(shape.item) : "";
  return [...own, ...(items === "" ? [] : [`Each: ${items.charAt(0).toLowerCase()}${items.slice(1)}`])].join(" ");
}

/** A comment of paragraphs, in lines that are not too long. */
function comment(paragraphs: readonly string[], indent: string): string {
  const [first = "", ...others] = paragraphs.map((text) => text.replaceAll("*/", "*\\/").replaceAll(/\s+/g, " "));
  const line = `${indent}/** ${first} */`;
  if (others.length === 0 && line.length <= WIDTH) {
    return line;
  }
  const lines = [first, ...others].flatMap((text, index) => [
    ...(index === 0 ? [] : [""]),
    ...wrapped(text, WIDTH - indent.length - " * ".length),
  ]);
  return [`${indent}/**`, ...lines.map((each) => `${indent} *${each === "" ? "" : ` ${each}`}`), `${indent} */`].join(
    "\n",
  );
}

/** Lines of at most so many characters. None but the first begins with `@`, which would begin a tag. */
function wrapped(text: string, width: number): readonly string[] {
  const lines: string[] = [];
  let line = "";
  for (const word of text.split(/ (?!@)/)) {
    if (line !== "" && line.length + 1 + word.length > width) {
      lines.push(line);
      line = "";
    }
    line = line === "" ? word : `${line} ${word}`;
  }
  return [...lines, line];
}

/** The names of inputs and outputs as they stand in texts: between backquotes. */
class Names {
  private readonly known = new Set<string>();

  constructor(definitions: readonly Defined[]) {
    for (const { fields, outputs } of definitions) {
      this.add(fields);
      for (const name of Object.keys(outputs)) {
        this.known.add(name);
      }
    }
  }

  private add(fields: Fields): void {
    for (const name of Object.keys(fields)) {
      this.known.add(name);
    }
    for (const part of nested(fields)) {
      this.add(part.fields);
    }
  }

  /** A text with these names as they are in TypeScript. */
  camel(text: string): string {
    return text.replaceAll(/`[^`]*`/g, (code) =>
      code.replaceAll(/[a-z][a-z0-9_]*/g, (name) => (this.known.has(name) ? camelCase(name) : name)),
    );
  }
}

/** `log-bucket` and `log_bucket` as `LogBucket`. */
function pascalCase(name: string): string {
  const camel = camelCase(name.replaceAll("-", "_"));
  return `${camel.charAt(0).toUpperCase()}${camel.slice(1)}`;
}
