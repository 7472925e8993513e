import { resolve } from "node:path";
import type { AuditTrailProps } from "../audit-trail/audit-trail";
import { auditTrailDefinition } from "../audit-trail/inputs";
import {
  boolean,
  check,
  defaulting,
  define,
  type Fields,
  isPlainObject,
  optional,
  type Problem,
  problemText,
  text,
  textLike,
  unknownName,
} from "../inputs";
import { type AuditTrailStackProps, type ProviderSettings, readState, type State, stateDefinitions } from "../stacks";
import { equals, not } from "../values";
import { type PlacedProblem, readYaml, type YamlText } from "./yaml-text";

/** One audit trail of a configuration, ready to be a stack. */
export interface ConfiguredTrail extends AuditTrailStackProps {
  /** The name of the stack. */
  readonly name: string;
  /** Values that stand in the file for the reader's own, by their paths in it. */
  readonly placeholders: readonly Placeholder[];
}

/** A value of a template that was not replaced yet. */
export interface Placeholder {
  readonly path: readonly (string | number)[];
  readonly value: string;
  readonly line: number | undefined;
}

/** A configuration: one stack an entry. */
export interface Configuration {
  readonly trails: readonly ConfiguredTrail[];
}

/** Thrown where a configuration is wrong: every problem at once, in the order of the file. */
export class ConfigurationError extends Error {
  constructor(
    readonly file: string,
    readonly problems: readonly PlacedProblem[],
  ) {
    super(problems.map((problem) => placedProblemText(file, problem)).join("\n"));
    this.name = "ConfigurationError";
  }
}

/** One line for a problem, as compilers write them: `audit-trail.yaml:12:5: account_id: must be …; got …`. */
export function placedProblemText(file: string, problem: PlacedProblem): string {
  const place = problem.position === undefined ? file : `${file}:${problem.position.line}:${problem.position.column}`;
  return `${place}: ${problemText(problem)}`;
}

const someText = text().where("must not be empty", (value) => not(equals(value, "")));

/** What a trail of a configuration has beside its inputs and its state. */
export const stackDefinition = define({
  name: "stack",
  title: "Stack",
  description: "What holds for the stack of an audit trail.",
  fields: {
    prevent_destroy: defaulting(
      boolean(),
      false,
      "Whether Terraform refuses to destroy the log bucket, until this is false again.",
    ),
    profile: optional(
      someText,
      "The profile of the AWS configuration with the credentials. Null leaves it to the environment.",
    ),
    role_arn: optional(
      textLike("^arn:(aws|aws-cn|aws-us-gov):iam::[0-9]{12}:role/", "must be the ARN of an IAM role"),
      "The ARN of a role to assume, as for a trail in another account.",
    ),
  },
  outputs: {},
});

/** The names that a trail may have in a configuration: they become folders, and parts of the keys of states. */
export const STACK_NAME = "^[a-z0-9][a-z0-9_-]{0,62}$";

const ROOT_KEYS = ["state", "defaults", "trails"] as const;

/**
 * Reads a configuration.
 *
 * @param file its name, for messages
 * @throws ConfigurationError with all problems at once
 */
export function readConfiguration(file: string, bytes: Uint8Array): Configuration {
  const read = readYaml(bytes);
  if (read.text === undefined) {
    throw new ConfigurationError(file, read.problems);
  }
  const { text: yaml } = read;
  const reader = new ConfigurationReader(yaml);
  const trails = reader.trails(yaml.value);
  if (reader.problems.length > 0) {
    throw new ConfigurationError(file, inOrder(reader.problems));
  }
  return { trails };
}

function inOrder(problems: readonly PlacedProblem[]): readonly PlacedProblem[] {
  const place = ({ position }: PlacedProblem): number =>
    position === undefined ? 0 : position.line * 1_000_000 + position.column;
  return [...problems].sort((left, right) => place(left) - place(right));
}

class ConfigurationReader {
  readonly problems: PlacedProblem[] = [];
  private readonly seen = new Set<string>();

  constructor(private readonly yaml: YamlText) {}

  trails(value: unknown): readonly ConfiguredTrail[] {
    if (!isPlainObject(value)) {
      this.add([{ path: [], requirement: `must be a map with the keys ${ROOT_KEYS.join(", ")}` }]);
      return [];
    }
    this.add(
      Object.keys(value)
        .filter((key) => !(ROOT_KEYS as readonly string[]).includes(key))
        .map((key) => unknownName([], key, ROOT_KEYS)),
    );
    const { trails, defaults = {}, state } = value;
    if (!isPlainObject(defaults)) {
      this.add([{ path: ["defaults"], requirement: "must be a map of inputs that all trails share" }]);
      return [];
    }
    if (!isPlainObject(trails) || Object.keys(trails).length === 0) {
      this.add([{ path: ["trails"], requirement: "must be a map with at least one trail, by the name of its stack" }]);
      return [];
    }
    return Object.entries(trails).flatMap(([name, entry]) => this.trail(name, entry, defaults, state));
  }

  private trail(
    name: string,
    entry: unknown,
    defaults: Readonly<Record<string, unknown>>,
    sharedState: unknown,
  ): readonly ConfiguredTrail[] {
    const path = ["trails", name];
    if (!new RegExp(STACK_NAME).test(name)) {
      const requirement =
        "must be named by 1 to 63 lower-case letters, digits, underscores or hyphens, as it becomes a folder";
      this.add([{ path, requirement, got: JSON.stringify(name) }]);
      return [];
    }
    if (!isPlainObject(entry)) {
      this.add([{ path, requirement: "must be a map of inputs" }]);
      return [];
    }
    const { state: ownState, ...given } = layered(defaults, entry);
    const stackFields = stackDefinition.fields as Fields;
    const inputs = pick(given, (key) => !(key in stackFields));
    const checkedInputs = check(auditTrailDefinition, inputs, path);
    const checkedStack = check(
      stackDefinition,
      pick(given, (key) => key in stackFields),
      path,
    );
    const statePath = ownState === undefined ? ["state"] : [...path, "state"];
    const state = readState(ownState ?? sharedState, name, statePath);
    this.add(this.withStackKeys([...checkedInputs.problems, ...checkedStack.problems]));
    // The problems of a state that trails share are told once.
    if (ownState !== undefined || !this.seen.has("state")) {
      this.add(state.problems);
    }
    if (ownState === undefined) {
      this.seen.add("state");
    }
    if (checkedInputs.inputs === undefined || checkedStack.inputs === undefined || state.state === undefined) {
      return [];
    }
    this.addSharedPlace(placeOf(state.state, name), statePath, name);
    const { preventDestroy, profile, roleArn } = checkedStack.inputs;
    return [
      {
        name,
        inputs: checkedInputs.inputs as unknown as AuditTrailProps,
        state: state.state,
        preventDestroy: preventDestroy as boolean,
        provider: { profile, role_arn: roleArn } as ProviderSettings,
        placeholders: this.placeholders(path, inputs, statePath, ownState ?? sharedState),
      },
    ];
  }

  /** Two stacks with one state would destroy each other's resources. */
  private addSharedPlace(place: string, path: readonly string[], name: string): void {
    if (this.seen.has(place)) {
      this.add([
        {
          path,
          requirement: `must give every stack a state of its own, and ${name} has that of another; leave out the key, which then is derived from the name of the stack`,
        },
      ]);
    }
    this.seen.add(place);
  }

  /** The keys of a trail that are no inputs are known, too. */
  private withStackKeys(problems: readonly Problem[]): readonly Problem[] {
    const known = ["state", ...Object.keys(stackDefinition.fields), ...Object.keys(auditTrailDefinition.fields)];
    return problems.map((problem) =>
      problem.path.length === 3 && problem.requirement.startsWith("is not a known name")
        ? unknownName(problem.path.slice(0, 2), String(problem.path[2]), known)
        : problem,
    );
  }

  private placeholders(
    path: readonly string[],
    inputs: Readonly<Record<string, unknown>>,
    statePath: readonly string[],
    state: unknown,
  ): readonly Placeholder[] {
    const [backend, settings] = Object.entries(state as object)[0] as [string, unknown];
    const definition = stateDefinitions[backend as keyof typeof stateDefinitions];
    return [
      ...this.placeholdersOf(auditTrailDefinition.fields, inputs, path),
      ...(definition === undefined
        ? []
        : this.placeholdersOf(definition.fields, (settings ?? {}) as Record<string, unknown>, [...statePath, backend])),
    ];
  }

  private placeholdersOf(
    fields: Fields,
    given: Readonly<Record<string, unknown>>,
    at: readonly string[],
  ): readonly Placeholder[] {
    return Object.entries(fields).flatMap(([name, { placeholder }]) =>
      placeholder !== undefined && given[name] === placeholder
        ? [{ path: [...at, name], value: placeholder, line: this.positionOf([...at, name])?.line }]
        : [],
    );
  }

  private add(problems: readonly Problem[]): void {
    for (const problem of problems) {
      const position = this.positionOf(problem.path);
      const source = this.yaml.source(problem.path);
      const read = problem.got?.startsWith("the number ") === true && source !== undefined;
      this.problems.push({
        ...problem,
        ...(read ? { got: `${source}, which YAML reads as ${problem.got}` } : {}),
        ...(position === undefined ? {} : { position }),
      });
    }
  }

  /** What is not in the trail itself may come from the defaults. */
  private positionOf(path: readonly (string | number)[]): ReturnType<YamlText["position"]> {
    const [first, , key] = path;
    const inTrail = first === "trails" && key !== undefined;
    const ownEntry = (this.yaml.value as { trails?: Record<string, unknown> } | null)?.trails?.[String(path[1])];
    if (inTrail && isPlainObject(ownEntry) && !(String(key) in ownEntry)) {
      const inDefaults = this.yaml.position(["defaults", ...path.slice(2)]);
      const defaults = (this.yaml.value as { defaults?: unknown }).defaults;
      if (inDefaults !== undefined && isPlainObject(defaults) && String(key) in defaults) {
        return inDefaults;
      }
    }
    return this.yaml.position(path);
  }
}

/** What tells the place of a state from all others. The path of a file begins in the folder of the stack. */
function placeOf({ backend, settings }: State, stack: string): string {
  return backend === "local"
    ? resolve("cdktf.out", "stacks", stack, String(settings.path))
    : `${backend} ${JSON.stringify(settings)}`;
}

/** The inputs of a trail over the defaults. Maps are laid over each other, everything else is replaced. */
function layered(
  defaults: Readonly<Record<string, unknown>>,
  own: Readonly<Record<string, unknown>>,
): Readonly<Record<string, unknown>> {
  const merged: Record<string, unknown> = { ...defaults };
  for (const [key, value] of Object.entries(own)) {
    const shared = merged[key];
    merged[key] = isPlainObject(shared) && isPlainObject(value) && key !== "state" ? { ...shared, ...value } : value;
  }
  return merged;
}

function pick(
  given: Readonly<Record<string, unknown>>,
  chosen: (key: string) => boolean,
): Readonly<Record<string, unknown>> {
  return Object.fromEntries(Object.entries(given).filter(([key]) => chosen(key)));
}
