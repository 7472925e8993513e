/** Something wrong with one input. */
export interface Problem {
  /** The way to the input: names of attributes, keys and indexes of lists. */
  readonly path: readonly (string | number)[];
  /** What of it, where it is not its value: ` (the key)`. */
  readonly part?: string;
  /** What the input must meet, and how to mend it. */
  readonly requirement: string;
  /** What was given, as JSON or in words. */
  readonly got?: string;
}

/** How the names of inputs and attributes in a path are written: as in configurations and Terraform, or as in TypeScript. */
export type Naming = "snake_case" | "camelCase";

/** The path of an input: `log_bucket.name`, `trails.main.tags["a b"]`. */
export function pathText(path: readonly (string | number)[]): string {
  return path
    .map((step, index) => {
      if (typeof step === "number") {
        return `[${step}]`;
      }
      if (!/^[A-Za-z_][A-Za-z0-9_-]*$/.test(step)) {
        return `[${JSON.stringify(step)}]`;
      }
      return index === 0 ? step : `.${step}`;
    })
    .join("");
}

/** One line for a problem: path, rule, and what was given. */
export function problemText(problem: Problem): string {
  const place = pathText(problem.path) + (problem.part ?? "");
  const got = problem.got === undefined ? "" : `; got ${problem.got}`;
  return `${place === "" ? "" : `${place}: `}${problem.requirement}${got}`;
}

/** Thrown where the inputs of a construct are wrong: all problems at once, no half-made output. */
export class InputError extends Error {
  declare readonly problems: readonly Problem[];

  constructor(problems: readonly Problem[], heading: string) {
    super(`${heading}\n${problems.map((problem) => `  - ${problemText(problem)}`).join("\n")}`);
    this.name = "InputError";
    // Not enumerable: where the error is not caught, Node would print after the message all that is in it again.
    Object.defineProperty(this, "problems", { value: problems });
  }
}
