/** Thrown where no policy can be derived: the message says what is in the way, and what to do. */
export class DeploymentProblem extends Error {
  constructor(message: string) {
    super(message);
    this.name = "DeploymentProblem";
  }
}
