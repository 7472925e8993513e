import type { AuditTrailProps } from "../audit-trail/audit-trail";
import { auditTrailDefinition } from "../audit-trail/inputs";
import { STACK_NAME } from "../components/state-bucket/inputs";
import {
  check,
  described,
  type Fields,
  isGiven,
  isPlainObject,
  type Kind,
  type Problem,
  problemText,
  unknownName,
} from "../inputs";
import { partitionOf, roleArn } from "../policy";
import { type ProviderSettings, readState, type State, stateDefinitions } from "../stacks";
import { type Deployer, deploymentRoleClashes, nameClashes, type StateOfStack, stateClashes } from "./clashes";
import type { ConfiguredTrail, DeploymentRoleOption, Placeholder } from "./configuration";
import { type Deployment, shutOutProblems } from "./deployer";
import { type Given, isShared, layered } from "./layers";
import type { Neighbour } from "./neighbour";
import { stackDefinition } from "./stack-options";
import type { PlacedProblem, YamlText } from "./yaml-text";

type Path = readonly (string | number)[];

const ROOT_KEYS = ["state", "defaults", "trails"];

/** Inputs of a trail that may also stand under `defaults`. */
const INPUT_KEYS = [...Object.keys(stackDefinition.fields), ...Object.keys(auditTrailDefinition.fields)];

/** Reads the trails of a configuration, and gathers everything that is wrong in it. */
export class ConfigurationReader {
  readonly problems: PlacedProblem[] = [];
  private readonly states: StateOfStack[] = [];
  private readonly neighbours: Neighbour[] = [];
  private readonly deployers: Deployer[] = [];
  /** Problems of what trails take from `defaults`, with the trails that have them. */
  private readonly shared = new Map<string, { readonly problem: Problem; readonly trails: string[] }>();
  private defaults: Given = {};
  private entries: Readonly<Record<string, Given>> = {};

  constructor(private readonly yaml: YamlText) {}

  trails(): readonly ConfiguredTrail[] {
    const { value } = this.yaml;
    if (!isPlainObject(value)) {
      const got = value === null ? "an empty file" : described(value);
      this.add([{ path: [], requirement: `must be a map with the keys ${ROOT_KEYS.join(", ")}`, got }]);
      return [];
    }
    this.add(
      Object.keys(value)
        .filter((key) => !ROOT_KEYS.includes(key))
        .map((key) =>
          INPUT_KEYS.includes(key)
            ? { path: [key], requirement: `must stand with a trail, as trails.<name>.${key}, or under defaults` }
            : unknownName([], key, ROOT_KEYS),
        ),
    );
    this.defaults = this.readDefaults(value.defaults);
    const { trails, state } = value;
    if (!isPlainObject(trails) || Object.keys(trails).length === 0) {
      const requirement = "must be a map with at least one trail, by the name of its stack";
      this.add([{ path: ["trails"], requirement, ...(trails === undefined ? {} : { got: described(trails) }) }]);
      this.addSharedState(state);
      return [];
    }
    this.entries = Object.fromEntries(
      Object.entries(trails).filter((entry): entry is [string, Given] => isPlainObject(entry[1])),
    );
    this.addSharedState(state);
    const read = Object.entries(trails).flatMap(([name, entry]) => this.trail(name, entry, state));
    this.add(stateClashes(this.states));
    this.add(nameClashes(this.neighbours));
    this.add(deploymentRoleClashes(this.deployers));
    this.addShared();
    return read;
  }

  private readDefaults(given: unknown): Given {
    // All of it may be commented out.
    if (!isGiven(given)) {
      return {};
    }
    if (!isPlainObject(given)) {
      this.add([
        { path: ["defaults"], requirement: "must be a map of inputs that trails share", got: described(given) },
      ]);
      return {};
    }
    const { state, ...defaults } = given;
    if (state !== undefined) {
      this.add([
        { path: ["defaults", "state"], requirement: "must stand beside defaults, not in it, to hold for all" },
      ]);
    }
    return defaults;
  }

  /** What is wrong with the state that holds for all trails without one of their own. */
  private addSharedState(given: unknown): void {
    if (isGiven(given)) {
      this.add(readState(given, "example", ["state"]).problems);
      return;
    }
    const entries = Object.values(this.entries);
    if (entries.length === 0 || entries.some(({ state }) => !isGiven(state))) {
      const requirement = "must be given: where Terraform keeps its state, such as s3 with its bucket and region";
      this.add([{ path: ["state"], requirement }]);
    }
  }

  private trail(name: string, entry: unknown, stateOfAll: unknown): readonly ConfiguredTrail[] {
    const path = ["trails", name];
    const isNamed = new RegExp(STACK_NAME).test(name);
    if (!isNamed) {
      const requirement =
        "must be named by 1 to 63 lower-case letters, digits, underscores or hyphens that do not begin with one of these two, " +
        "as it becomes a folder";
      this.add([{ path, requirement, got: JSON.stringify(name) }]);
    }
    if (!isPlainObject(entry)) {
      this.add([{ path, requirement: "must be a map of inputs", got: described(entry) }]);
      return [];
    }
    const { state: ownState, ...own } = entry;
    const given = layered(this.defaults, own);
    this.add(
      Object.keys(given)
        .filter((key) => !INPUT_KEYS.includes(key))
        .map((key) => unknownName(path, key, ["state", ...INPUT_KEYS])),
    );
    const checkedInputs = check(auditTrailDefinition, pick(given, auditTrailDefinition.fields), path);
    const checkedStack = check(stackDefinition, pick(given, stackDefinition.fields), path);
    this.add([...checkedInputs.problems, ...checkedStack.problems]);
    const state = this.state(name, ownState, stateOfAll);
    const inputs = checkedInputs.inputs as unknown as Neighbour["inputs"] | undefined;
    if (inputs !== undefined) {
      this.neighbours.push({ name, inputs });
    }
    if (inputs === undefined || checkedStack.inputs === undefined) {
      return [];
    }
    const { preventDestroy, regionArgument, alarmRegions, formerAlarmRegions, profile, roleArn } = checkedStack.inputs;
    const { deploymentRole } = checkedStack.inputs;
    this.addForeignRole(inputs, roleArn as string | null, path);
    this.add(shutOutProblems({ ...inputs, roleArn, deploymentRole } as unknown as Deployment, path));
    if (deploymentRole !== null) {
      this.addFurtherCredentials(checkedStack.inputs, path);
      this.deployers.push({
        name,
        accountId: inputs.accountId,
        role: deploymentRole as unknown as DeploymentRoleOption,
      });
    }
    this.addForeignRegions(inputs.region, (alarmRegions ?? []) as readonly string[], path);
    this.addForeignFormerRegions(inputs.region, formerAlarmRegions as readonly string[], path);
    if (state === undefined || !isNamed) {
      return [];
    }
    return [
      {
        name,
        inputs: checkedInputs.inputs as unknown as AuditTrailProps,
        state,
        preventDestroy: preventDestroy as boolean,
        regionArgument: regionArgument as boolean,
        alarmRegions: alarmRegions as readonly string[] | null,
        formerAlarmRegions: formerAlarmRegions as readonly string[],
        provider: { profile, role_arn: roleArn } as ProviderSettings,
        deploymentRole: deploymentRole as unknown as DeploymentRoleOption | null,
        placeholders: this.placeholders(path, given, ownState ?? stateOfAll, isGiven(ownState)),
      },
    ];
  }

  /** The state of a trail: its own, or that of all, of which the problems are told already. */
  private state(name: string, own: unknown, ofAll: unknown): State | undefined {
    const path = isGiven(own) ? ["trails", name, "state"] : ["state"];
    const { state, problems } = readState(isGiven(own) ? own : ofAll, name, path);
    if (isGiven(own)) {
      this.add(problems);
    }
    if (state !== undefined) {
      this.states.push({ name, state, path });
    }
    return state;
  }

  /** The provider would refuse the role's account, but only once Terraform runs. */
  private addForeignRole({ accountId, region }: Neighbour["inputs"], role: string | null, path: Path): void {
    const beginning = roleArn(partitionOf(region), accountId, "/", "") as string;
    if (role !== null && !role.startsWith(beginning)) {
      const requirement = `must be a role in the account of the trail, ${beginning}…: credentials of another are refused`;
      this.add([{ path: [...path, "role_arn"], requirement, got: JSON.stringify(role) }]);
    }
  }

  /** A run has the credentials of its role already, and knows no profile. */
  private addFurtherCredentials(given: { readonly profile: unknown; readonly roleArn: unknown }, path: Path): void {
    const wrong = { profile: given.profile, role_arn: given.roleArn };
    this.add(
      Object.entries(wrong)
        .filter(([, value]) => value !== null)
        .map(([name, value]) => ({
          path: [...path, name],
          requirement: "must be null where deployment_role is given, whose runs have the credentials of that role",
          got: described(value),
        })),
    );
  }

  private addForeignRegions(home: string, regions: readonly string[], path: Path): void {
    const wrong = regions.filter((each, index) => each === home || !isFirstOfPartition(home, regions, index));
    if (wrong.length > 0) {
      const requirement = `must be regions other than the home region ${home}, once each, in the same partition of AWS`;
      this.add([{ path: [...path, "alarm_regions"], requirement, got: JSON.stringify(wrong) }]);
    }
  }

  /** What is now the home region may have been a further one. */
  private addForeignFormerRegions(home: string, regions: readonly string[], path: Path): void {
    const wrong = regions.filter((_, index) => !isFirstOfPartition(home, regions, index));
    if (wrong.length > 0) {
      const requirement = `must be regions, once each, in the partition of AWS of the home region ${home}`;
      this.add([{ path: [...path, "former_alarm_regions"], requirement, got: JSON.stringify(wrong) }]);
    }
  }

  private placeholders(path: Path, given: Given, state: unknown, isOwnState: boolean): readonly Placeholder[] {
    const [backend, settings] = Object.entries(state as object)[0] as [string, unknown];
    const definition = stateDefinitions[backend as keyof typeof stateDefinitions];
    const statePath = [...(isOwnState ? path : []), "state", backend];
    return [
      ...this.placeholdersOf(auditTrailDefinition.fields, given, path),
      ...(definition === undefined ? [] : this.placeholdersOf(definition.fields, (settings ?? {}) as Given, statePath)),
    ];
  }

  private placeholdersOf(fields: Fields, given: Given, at: Path): readonly Placeholder[] {
    return Object.entries(fields).flatMap(([name, { placeholder, kind }]) => {
      const path = this.origin([...at, name]);
      return placeholder !== undefined && given[name] === placeholder
        ? [{ path, value: placeholder, line: this.yaml.position(path).line }]
        : this.placeholdersWithin(kind, given[name], [...at, name]);
    });
  }

  private placeholdersWithin({ shape }: Kind<unknown>, given: unknown, at: Path): readonly Placeholder[] {
    if (!isPlainObject(given)) {
      return [];
    }
    switch (shape.form) {
      case "map":
        return Object.entries(given).flatMap(([key, entry]) =>
          this.placeholdersWithin(shape.value, entry, [...at, key]),
        );
      case "object":
        return this.placeholdersOf(shape.fields, given, at);
      default:
        return [];
    }
  }

  private add(problems: readonly Problem[]): void {
    for (const problem of problems) {
      const origin = this.origin(problem.path);
      if (origin === problem.path) {
        this.addAt(origin, problem);
      } else {
        const key = problemText({ ...problem, path: origin });
        const known = this.shared.get(key) ?? { problem, trails: [] };
        this.shared.set(key, { problem, trails: [...known.trails, String(problem.path[1])] });
      }
    }
  }

  /**
   * A problem of `defaults` is told once, where it is a problem of every trail that takes the value from there. Else it
   * comes of what a trail lays over it, and is told with the trail.
   */
  private addShared(): void {
    for (const { problem, trails } of this.shared.values()) {
      const rest = problem.path.slice(2);
      const users = Object.values(this.entries).filter((own) => isShared(this.defaults, own, rest)).length;
      if (trails.length === users) {
        this.addAt(["defaults", ...rest], problem);
      } else {
        for (const trail of trails) {
          this.addAt(["trails", trail, ...rest], problem);
        }
      }
    }
    this.shared.clear();
  }

  private addAt(path: Path, problem: Problem): void {
    if (!this.yaml.isRead(path)) {
      return;
    }
    const got = problem.got === undefined ? {} : { got: this.asWritten(path, readable(problem.got)) };
    this.problems.push({ ...problem, path, ...got, position: this.yaml.position(path) });
  }

  /** What YAML reads in another way than people do is shown as it was written. */
  private asWritten(path: Path, got: string): string {
    const source = this.yaml.source(path);
    const number = /^(?:the number )?(-?(?:[0-9]|Infinity|NaN).*)$/.exec(got)?.[1];
    const isOther = (number !== undefined && number !== source) || /^(?:y|yes|n|no|on|off)$/i.test(source ?? "");
    return source !== undefined && isOther ? `${source}, which YAML reads as ${got}` : got;
  }

  /** Where in the file the inputs of a trail stand: with the trail, or under `defaults`. */
  private origin(path: Path): Path {
    const [first, name, ...rest] = path;
    const own = first === "trails" && rest.length > 0 ? this.entries[String(name)] : undefined;
    return own !== undefined && isShared(this.defaults, own, rest) ? ["defaults", ...rest] : path;
  }
}

/** Values are given as Terraform's JSON, which escapes more than people want to read. */
function readable(got: string): string {
  try {
    return JSON.stringify(JSON.parse(got));
  } catch {
    return got;
  }
}

/** Whether a region is in the partition of the home region, and none before it is the same. */
function isFirstOfPartition(home: string, regions: readonly string[], index: number): boolean {
  const region = regions[index] as string;
  return partitionOf(region) === partitionOf(home) && regions.indexOf(region) === index;
}

function pick(given: Given, fields: Fields): Given {
  return Object.fromEntries(Object.entries(given).filter(([key]) => Object.hasOwn(fields, key)));
}
