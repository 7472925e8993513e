import type { assumedByFields, roleFields } from "../components/deployment-role/inputs";
import { type ObjectOf, problemText } from "../inputs";
import type { AuditTrailStackProps } from "../stacks";
import { ConfigurationReader } from "./reader";
import { type PlacedProblem, readYaml } from "./yaml-text";

/** What a configuration says of the roles that deploy a trail. */
export type DeploymentRoleOption = ObjectOf<typeof assumedByFields & typeof roleFields>;

/** One audit trail of a configuration, ready to be a stack. */
export interface ConfiguredTrail extends AuditTrailStackProps {
  /** The name of the stack. */
  readonly name: string;
  /** The roles that deploy it, as inputs of `DeploymentRole` by Terraform's names. Null where there are none. */
  readonly deploymentRole: DeploymentRoleOption | null;
  /** Values that stand in the file for the reader's own, by their paths in it. */
  readonly placeholders: readonly Placeholder[];
}

/** A value of a template that was not replaced yet. */
export interface Placeholder {
  readonly path: readonly (string | number)[];
  readonly value: string;
  readonly line: number;
}

/** A configuration: one stack an entry. */
export interface Configuration {
  readonly trails: readonly ConfiguredTrail[];
}

/** Thrown where a configuration is wrong: every problem at once, in the order of the file. */
export class ConfigurationError extends Error {
  declare readonly file: string;
  declare readonly problems: readonly PlacedProblem[];

  constructor(file: string, problems: readonly PlacedProblem[]) {
    super(problems.map((problem) => placedProblemText(file, problem)).join("\n"));
    this.name = "ConfigurationError";
    // Not enumerable: Node would print them after the message, which has them.
    Object.defineProperties(this, { file: { value: file }, problems: { value: problems } });
  }
}

/** One line for a problem, as compilers write them: `audit-trail.yaml:12:5: account_id: must be …; got …`. */
export function placedProblemText(file: string, problem: PlacedProblem): string {
  const { line, column } = problem.position;
  return `${file}:${line}:${column}: ${problemText(problem)}`;
}

/**
 * Reads a configuration.
 *
 * @param file its name, for messages
 * @throws ConfigurationError with all problems at once
 */
export function readConfiguration(file: string, bytes: Uint8Array): Configuration {
  const { text, problems } = readYaml(bytes);
  const reader = text === undefined ? undefined : new ConfigurationReader(text);
  const trails = reader?.trails() ?? [];
  const all = inOrder([...problems, ...(reader?.problems ?? [])]);
  if (all.length > 0) {
    throw new ConfigurationError(file, all);
  }
  return { trails };
}

function inOrder(problems: readonly PlacedProblem[]): readonly PlacedProblem[] {
  return [...problems].sort(
    ({ position: left }, { position: right }) => left.line - right.line || left.column - right.column,
  );
}
