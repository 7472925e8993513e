import type { Stack } from "../../stacks/stack";

/** Something about a resource that should not be so. */
export interface Finding {
  /** Its address; of something that is missing, the address that it would have, or of what it is missing from. */
  readonly resource: string;
  /** What is wrong, as the end of a sentence that begins with the resource. */
  readonly message: string;
}

/** What has to hold of every stack, and what scanners do not look at. */
export interface Rule {
  readonly id: string;
  /** What holds where there is no finding. */
  readonly title: string;
  readonly findings: (stack: Stack) => readonly Finding[];
}
