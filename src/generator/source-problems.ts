import { check, type Definition, type Problem, unknownName } from "../inputs";
import type { Value } from "../values";
import { type ComposedExample, type Example, isCallExample } from "./examples";
import type { ModuleSource } from "./module";
import { type AcceptedInput, type RejectedInput, rejectedInputs, runName } from "./tests";

type Inputs = Readonly<Record<string, Value<unknown>>>;
type Path = readonly string[];

/** The definitions of the components whose modules lie within a module, by name. */
type Nested = ReadonlyMap<string, Definition>;

/** What a name must be that is one. */
interface NameRule {
  readonly pattern: RegExp;
  readonly requirement: string;
  /** By what two of them are the same. */
  key(name: string): string;
}

const FOLDER: NameRule = {
  pattern: /^[a-z0-9]+(-[a-z0-9]+)*$/,
  requirement: "must be a name for one folder: lower-case letters and digits, with single hyphens between them",
  key: (name) => name,
};

const RUN: NameRule = {
  pattern: /^[A-Za-z0-9_-]+$/,
  requirement: "must be letters, digits, underscores and hyphens",
  key: runName,
};

/** What is wrong with the names of modules that are written beside each other. */
export function moduleNameProblems(sources: readonly ModuleSource[]): readonly Problem[] {
  return nameProblems([], sources, FOLDER);
}

/**
 * What is wrong with the examples and tests that a module is said to have: their names, inputs that the component does
 * not take, and such as it takes though it should not.
 */
export function sourceProblems(source: ModuleSource, nested: Nested): readonly Problem[] {
  const { component, name, accepted = [], rejected = [] } = source;
  const definition: Definition = component.definition;
  const examples: readonly Example[] = source.examples;
  const [first] = examples;
  if (first === undefined || !isCallExample(first)) {
    return [{ path: [name, "examples"], requirement: "must begin with one that has inputs of the module itself" }];
  }
  const base = check(definition, first.inputs).problems.map((problem) => JSON.stringify(problem));
  /** What is wrong with inputs beyond what is wrong with the first example, over which they are laid. */
  const wrong = (of: Definition, inputs: Inputs): readonly Problem[] =>
    check(of, inputs).problems.filter((problem) => !base.includes(JSON.stringify(problem)));

  return [
    ...nameProblems(
      [name, "modules"],
      [...nested.keys()].map((each) => ({ name: each })),
      FOLDER,
    ),
    ...nameProblems([name, "examples"], examples, FOLDER),
    ...nameProblems([name, "accepted"], accepted, RUN, examples.filter(isCallExample)),
    ...nameProblems([name, "rejected"], rejected, RUN, rejectedInputs(definition)),
    ...examples.flatMap((example) => {
      const at = [name, "examples", example.name];
      return isCallExample(example)
        ? check(definition, example.inputs, [...at, "inputs"]).problems
        : callsProblems(example, definition, nested, at);
    }),
    ...accepted.flatMap((each) => {
      const at = [name, "accepted", each.name];
      const of = each.nested === undefined ? definition : nested.get(each.nested);
      return of === undefined
        ? [unknownNested(at, each.nested as string, nested)]
        : below([...at, "inputs"], wrong(of, laidOver(of, first.inputs, each)));
    }),
    ...[...rejectedInputs(definition), ...rejected].flatMap((each) => {
      const at = [name, "rejected", each.name];
      if (!Object.hasOwn(definition.fields, each.at)) {
        return [
          { ...unknownName([], each.at, Object.keys(definition.fields)), path: [...at, "at"], got: json(each.at) },
        ];
      }
      const inputs = laidOver(definition, first.inputs, each);
      const isRefused = check(definition, inputs).problems.some(({ path }) => path[0] === each.at);
      return [
        ...(isRefused
          ? []
          : [{ path: [...at, "inputs"], requirement: `must be refused at ${each.at}, and are taken there` }]),
        ...below(
          [...at, "inputs"],
          wrong(definition, inputs).filter(({ path }) => path[0] !== each.at),
        ),
      ];
    }),
  ];
}

/** The inputs of a test: laid over those of the first example, of which a nested module takes what it knows. */
function laidOver(of: Definition, example: Inputs, { inputs }: AcceptedInput | RejectedInput): Inputs {
  const known = Object.entries(example).filter(([input]) => Object.hasOwn(of.fields, input));
  return { ...Object.fromEntries(known), ...inputs };
}

function callsProblems(
  { calls }: ComposedExample,
  published: Definition,
  nested: Nested,
  at: Path,
): readonly Problem[] {
  return calls.flatMap(({ label, nested: within, inputs }) => {
    const of = within === undefined ? published : nested.get(within);
    const path = [...at, "calls", label];
    return of === undefined
      ? [unknownNested(path, within as string, nested)]
      : check(of, inputs, [...path, "inputs"]).problems;
  });
}

function unknownNested(at: Path, name: string, nested: Nested): Problem {
  return { ...unknownName([], name, [...nested.keys()]), path: [...at, "nested"], got: json(name) };
}

/** What is wrong with names: each keeps a rule, and is there once, also beside those that are taken. */
function nameProblems(
  at: Path,
  named: readonly { readonly name: string }[],
  { pattern, requirement, key }: NameRule,
  taken: readonly { readonly name: string }[] = [],
): readonly Problem[] {
  const seen = new Set(taken.map(({ name }) => key(name)));
  return named.flatMap(({ name }) => {
    const isTwice = seen.has(key(name));
    seen.add(key(name));
    return [
      ...(pattern.test(name) ? [] : [{ path: [...at, name], requirement: `its name ${requirement}` }]),
      ...(isTwice ? [{ path: [...at, name], requirement: "its name must be that of no other" }] : []),
    ];
  });
}

function below(at: Path, problems: readonly Problem[]): readonly Problem[] {
  return problems.map((problem) => ({ ...problem, path: [...at, ...problem.path] }));
}

function json(value: unknown): string {
  return JSON.stringify(value);
}
