/** Thrown where something about the state cannot be done, or must not: what is wrong, and what to do. */
export class StateProblem extends Error {}
