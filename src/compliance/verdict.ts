import type { Finding } from "./rules";

/** How it stands with a control. */
export type Verdict = "satisfied" | "not satisfied" | "manual" | "not applicable";

/** The verdicts, in the order in which they are told. */
export const verdicts: readonly Verdict[] = ["not satisfied", "manual", "not applicable", "satisfied"];

/** How it stands with a control, and by what that is known. */
export interface Judgement {
  readonly verdict: Verdict;
  /** A sentence. */
  readonly why: string;
  /** Where somebody has to look, or to do it: by which command. */
  readonly command?: string;
}

/** It holds. */
export function satisfied(why: string): Judgement {
  return { verdict: "satisfied", why };
}

/** It does not hold. */
export function notSatisfied(why: string): Judgement {
  return { verdict: "not satisfied", why };
}

/** Somebody has to look, or to do it by hand. */
export function manual(why: string, command: string): Judgement {
  return { verdict: "manual", why, command };
}

/** It is about something that is not there. */
export function notApplicable(why: string): Judgement {
  return { verdict: "not applicable", why };
}

/** It holds where nothing was found. */
export function judged(findings: readonly Finding[], why: string): Judgement {
  const [first] = findings;
  return first === undefined
    ? satisfied(why)
    : notSatisfied(`${findings.map(({ resource, message }) => `${resource} ${message}`).join("; ")}.`);
}
