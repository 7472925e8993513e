/** Thrown where a module cannot be compared or published, or must not be: what is wrong, and what to do. */
export class PublishProblem extends Error {}
