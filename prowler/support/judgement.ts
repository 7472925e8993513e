import type { Exception } from "../exceptions";
import type { Finding, Result } from "./prowler";

/** What stands for what Prowler looked at where that is nothing that Terraform made. */
export const ELSEWHERE = "the account";

/** What stands for what a check looked at that said nothing at all. */
export const NOTHING = "nothing";

/** How a check ended for one resource. */
export interface Outcome {
  readonly check: string;
  /** The address of the resource in the stack; or what stands for one that is not in it, or for none. */
  readonly resource: string;
  readonly result: Result | "SILENT";
}

/** From what is best to what is worst. */
const ORDER: readonly Outcome["result"][] = ["PASS", "SILENT", "MUTED", "MANUAL", "FAIL"];

/**
 * How every check ended: the worst that it says of each resource.
 *
 * @param addresses the addresses of the resources that there are, by ARN
 */
export function outcomesOf(
  checks: readonly string[],
  findings: readonly Finding[],
  addresses: ReadonlyMap<string, string>,
): readonly Outcome[] {
  return checks.flatMap((check): readonly Outcome[] => {
    const worst = new Map<string, Outcome["result"]>();
    for (const { arn, result } of findings.filter((each) => each.check === check)) {
      const resource = addresses.get(arn) ?? ELSEWHERE;
      const known = worst.get(resource) ?? "PASS";
      worst.set(resource, ORDER.indexOf(result) > ORDER.indexOf(known) ? result : known);
    }
    return worst.size === 0
      ? [{ check, resource: NOTHING, result: "SILENT" }]
      : [...worst].sort().map(([resource, result]) => ({ check, resource, result }));
  });
}

/** What is wrong with a scan. Everything is empty where nothing is. */
export interface Judgement {
  /** Resources that no check looked at. */
  readonly unseen: readonly string[];
  /** What did not pass, and is not excepted. */
  readonly unlisted: readonly Outcome[];
  /** Exceptions of what passed. */
  readonly unneeded: readonly Exception[];
}

/** The judgement of a scan that found nothing but what is excepted. */
export const IN_ORDER: Judgement = { unseen: [], unlisted: [], unneeded: [] };

/** Judges how the checks ended for resources with these addresses. A scan that saw nothing is no success. */
export function judge(
  outcomes: readonly Outcome[],
  addresses: Iterable<string>,
  exceptions: readonly Exception[],
): Judgement {
  const seen = new Set(outcomes.map(({ resource }) => resource));
  const notPassed = outcomes.filter(({ result }) => result !== "PASS");
  return {
    unseen: [...addresses].filter((address) => !seen.has(address)),
    unlisted: notPassed.filter((outcome) => exceptionOf(outcome, exceptions) === undefined),
    unneeded: exceptions.filter((exception) => !notPassed.some((outcome) => isOf(exception, outcome))),
  };
}

/** The exception of what did not pass. */
export function exceptionOf(outcome: Outcome, exceptions: readonly Exception[]): Exception | undefined {
  return exceptions.find((exception) => isOf(exception, outcome));
}

function isOf(exception: Exception, { check, resource }: Outcome): boolean {
  return exception.check === check && exception.resource === resource;
}
