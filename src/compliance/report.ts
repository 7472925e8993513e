import { Stack } from "../stacks/stack";
import { type Control, controls, type Proof } from "./controls";
import type { Framework, Numbers } from "./frameworks";
import { findingsIn, type RuleFinding } from "./rules";
import { type Judgement, type Verdict, verdicts } from "./verdict";

/** How it stands with one control of one trail. */
export interface JudgedControl extends Judgement {
  readonly id: string;
  readonly title: string;
  readonly numbers: Numbers;
  /** The type of the resource that satisfies it, or who it is that has to. */
  readonly resource: string;
  /** By what it is satisfied: inputs, as they stand in a configuration, or something else. */
  readonly setting: string;
  /** What that costs, in kind. */
  readonly cost: string;
  /** The test of this project that proves it. */
  readonly provedBy: Proof;
}

/** What an auditor is told of one trail. */
export interface TrailReport {
  readonly name: string;
  readonly accountId: string;
  readonly region: string;
  readonly counts: Readonly<Record<Verdict, number>>;
  readonly controls: readonly JudgedControl[];
  /** What else is wrong with what is made: scanners do not look at it. */
  readonly findings: readonly RuleFinding[];
}

/** A stack: its name, and the file that Terraform reads. */
export interface StackFile {
  readonly name: string;
  readonly json: string;
}

/**
 * What an auditor is told of a trail, by what its stack makes.
 *
 * @param framework whose controls alone are looked at; without one, those of all
 */
export function reportOn({ name, json }: StackFile, framework?: Framework): TrailReport {
  const stack = new Stack(json);
  const judged = controlsOf(framework).map(
    ({ judge, numbers, ...control }): JudgedControl => ({
      ...control,
      numbers: framework === undefined ? numbers : { [framework]: numbers[framework] },
      ...judge(stack),
    }),
  );
  return {
    name,
    accountId: stack.accountId,
    region: stack.region,
    counts: Object.fromEntries(verdicts.map((verdict) => [verdict, ofVerdict(judged, verdict).length])) as Record<
      Verdict,
      number
    >,
    controls: judged,
    findings: findingsIn(stack),
  };
}

/** The controls with a verdict. */
export function ofVerdict(judged: readonly JudgedControl[], verdict: Verdict): readonly JudgedControl[] {
  return judged.filter((each) => each.verdict === verdict);
}

/** The controls of a framework in the order of their numbers; without one, those of all frameworks. */
function controlsOf(framework: Framework | undefined): readonly Control[] {
  return framework === undefined
    ? controls
    : controls
        .filter(({ numbers }) => numbers[framework] !== undefined)
        .sort((left, right) => {
          const [[first], [second]] = [left.numbers[framework] ?? [], right.numbers[framework] ?? []];
          // What has no number comes last.
          return first === undefined || second === undefined
            ? Number(first === undefined) - Number(second === undefined)
            : first.localeCompare(second, "en", { numeric: true });
        });
}
