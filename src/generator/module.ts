import { InputError } from "../inputs";
import type { AnyComponent, Structure } from "../placement";
import { attribute, type Body, block } from "./block";
import { type Draft, draftModule } from "./draft";
import { type CallExample, type Example, exampleFiles, isCallExample } from "./examples";
import { GENERATED_NOTE } from "./generated-note";
import { comments, writeHcl } from "./hcl-writer";
import { writeJson } from "./json-writer";
import { describeMoved } from "./moved";
import { describeOutputs } from "./outputs";
import { moduleReadme } from "./readme";
import { providerUse, requirements } from "./requirements";
import { moduleNameProblems, sourceProblems } from "./source-problems";
import { type AcceptedInput, describeTests, type MockedData, type RejectedInput, rejectedInputs } from "./tests";
import { describeVariables } from "./variables";

/** Files of a module: contents by path. */
export type Files = ReadonlyMap<string, string>;

/** In which of Terraform's two syntaxes modules are written. */
export type Format = "hcl" | "json";

/** A licence: its name, as in SPDX, and what stands in the file LICENSE. */
export interface License {
  readonly name: string;
  text(): string;
}

/** What a published module is made from. */
export interface ModuleSource {
  readonly component: AnyComponent;
  /** Further components whose modules lie beside those that it calls, for callers to place themselves. */
  readonly beside?: readonly AnyComponent[];
  /** Its name, by the conventions of registries: `terraform-aws-audit-trail`. */
  readonly name: string;
  /** Where registries have it: `NAMESPACE/audit-trail/aws`. */
  readonly address: string;
  /** The first one is shown in the README. */
  readonly examples: readonly [CallExample, ...Example[]];
  /** Inputs that the module must take, for its tests, beside those of the examples. */
  readonly accepted?: readonly AcceptedInput[];
  /** Inputs that the module must refuse, for its tests, beside those that its rules themselves are said to be broken by. */
  readonly rejected?: readonly RejectedInput[];
  /** What data sources answer in its tests, where that matters. Beyond the account, if an input is `account_id`. */
  readonly mockedData?: MockedData;
  readonly structure?: Structure;
  /** The licence that the module is under, where it says so. */
  readonly license?: License;
}

/**
 * A published module, whole: its Terraform files, README, licence, examples and tests, and below `modules/` the same
 * for the components that it calls. Examples and tests are in HCL in both formats.
 *
 * @throws InputError naming all that is wrong with its name, examples and tests
 */
export function moduleFiles(source: ModuleSource, format: Format = "hcl"): Files {
  return filesOfModules([source], format)[0] as Files;
}

/**
 * The files of modules that are written beside each other, module by module.
 *
 * @throws InputError naming all that is wrong with their names, examples and tests
 */
export function filesOfModules(sources: readonly ModuleSource[], format: Format): readonly Files[] {
  const drafts = sources.map((source) => {
    const draft = draftModule(source.component, source.structure);
    return { source, draft, nested: nestedDrafts([...draft.calls, ...(source.beside ?? [])], source.structure) };
  });
  const problems = [
    ...moduleNameProblems(sources),
    ...drafts.flatMap(({ source, nested }) =>
      sourceProblems(source, new Map(nested.map(({ definition }) => [definition.name, definition]))),
    ),
  ];
  if (problems.length > 0) {
    throw new InputError(problems, "The modules cannot be written:");
  }
  return drafts.map(({ source, draft, nested }) => filesOf(source, draft, nested, format));
}

function filesOf(source: ModuleSource, draft: Draft, nested: readonly Draft[], format: Format): Files {
  const files = new Map<string, string>();
  addTerraformFiles(files, "", draft, format, source.structure);
  files.set("README.md", moduleReadme(source.name, draft, source.structure, source));
  if (source.license !== undefined) {
    files.set("LICENSE", source.license.text());
  }
  for (const example of source.examples) {
    for (const [path, content] of exampleFiles(example, draft, GENERATED_NOTE, source.structure)) {
      files.set(`examples/${example.name}/${path}`, content);
    }
  }
  files.set(
    "tests/inputs.tftest.hcl",
    inHcl(
      describeTests(
        source.examples.filter(isCallExample) as [CallExample, ...CallExample[]],
        [...rejectedInputs(draft.definition), ...(source.rejected ?? [])],
        source.accepted ?? [],
        source.mockedData,
      ),
    ),
  );
  for (const each of nested) {
    const folder = `modules/${each.definition.name}/`;
    addTerraformFiles(files, folder, each, format, source.structure);
    files.set(`${folder}README.md`, moduleReadme(each.definition.title, each, source.structure));
  }
  return files;
}

/** The Terraform files alone of a component's module, and of those that it calls. */
export function terraformFiles(component: AnyComponent, format: Format = "hcl", structure: Structure = {}): Files {
  const draft = draftModule(component, structure);
  const files = new Map<string, string>();
  addTerraformFiles(files, "", draft, format, structure);
  for (const each of nestedDrafts(draft.calls, structure)) {
    addTerraformFiles(files, `modules/${each.definition.name}/`, each, format, structure);
  }
  return files;
}

/** The drafts of some modules and of all that these call, directly or not, once each. All lie beside each other. */
function nestedDrafts(components: readonly AnyComponent[], structure: Structure | undefined): readonly Draft[] {
  const found = new Map<string, Draft>();
  const add = (calls: readonly AnyComponent[]): void => {
    for (const component of calls) {
      if (!found.has(component.definition.name)) {
        const nested = draftModule(component, structure, "..");
        found.set(component.definition.name, nested);
        add(nested.calls);
      }
    }
  };
  add(components);
  return [...found.values()];
}

function addTerraformFiles(
  files: Map<string, string>,
  folder: string,
  draft: Draft,
  format: Format,
  structure?: Structure,
): void {
  const moved = describeMoved(draft, structure);
  const parts: Readonly<Record<string, Body>> = {
    main: mainBody(draft),
    variables: describeVariables(draft.definition),
    outputs: describeOutputs(draft),
    versions: requirements({ use: providerUse(draft), structure }),
    ...tableBodies(draft),
    // Last: it is about what was, and nobody reads it to learn what the module does.
    ...(moved.length === 0 ? {} : { moved }),
  };
  for (const [name, body] of Object.entries(parts)) {
    if (format === "json") {
      // Terraform ignores this key, in which JSON has its comments.
      const commented: Body = [attribute("//", GENERATED_NOTE), ...body];
      files.set(`${folder}${name}.tf.json`, writeJson(commented, draft.tokens));
    } else {
      files.set(`${folder}${name}.tf`, inHcl(body, draft));
    }
  }
}

function inHcl(body: Body, draft?: Draft): string {
  return `${comments(GENERATED_NOTE)}\n${writeHcl(body, draft?.tokens)}`;
}

/** The tables of data, each a file of its own. */
function tableBodies({ tables }: Draft): Readonly<Record<string, Body>> {
  return Object.fromEntries(
    Object.entries(tables).map(([name, value]) => [name, [block("locals", [], [attribute(name, value)])]]),
  );
}

function mainBody({ locals, blocks }: Draft): Body {
  const entries = Object.entries(locals).map(([name, value]) => attribute(name, value));
  return entries.length === 0 ? blocks : [block("locals", [], entries), ...blocks];
}
