import { camelCase } from "./field";

/** Something wrong with one input. */
export interface Problem {
  /** The way to the input: names of attributes and keys, indexes of lists. */
  readonly path: readonly (string | number)[];
  /** Where in the input it is, beyond the path: `[*]`. */
  readonly part?: string;
  /** What the input must meet, and how to mend it. */
  readonly requirement: string;
  /** What was given, as JSON or in words. */
  readonly got?: string;
}

/** How the names in a path are written: as in configurations and Terraform, or as in TypeScript. */
export type Naming = "snake_case" | "camelCase";

/** The path of an input: `log_bucket.name`, `trails.main.tags["a b"]`. */
export function pathText(path: readonly (string | number)[], naming: Naming = "snake_case"): string {
  return path
    .map((step, index) => {
      if (typeof step === "number") {
        return `[${step}]`;
      }
      if (!/^[A-Za-z_][A-Za-z0-9_-]*$/.test(step)) {
        return `[${JSON.stringify(step)}]`;
      }
      const name = naming === "camelCase" ? camelCase(step) : step;
      return index === 0 ? name : `.${name}`;
    })
    .join("");
}

/** One line for a problem: path, rule, and what was given. */
export function problemText(problem: Problem, naming: Naming = "snake_case"): string {
  const place = pathText(problem.path, naming) + (problem.part ?? "");
  const got = problem.got === undefined ? "" : `; got ${problem.got}`;
  return `${place === "" ? "" : `${place}: `}${problem.requirement}${got}`;
}

/** Thrown where the inputs of a construct are wrong: all problems at once, no half-made output. */
export class InputError extends Error {
  constructor(
    readonly problems: readonly Problem[],
    heading: string,
    naming: Naming,
  ) {
    super(`${heading}\n${problems.map((problem) => `  - ${problemText(problem, naming)}`).join("\n")}`);
    this.name = "InputError";
  }
}
