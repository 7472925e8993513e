export { type DeployedStack, deploymentPolicies, type KnownPolicy } from "./policies";
export { DeploymentProblem } from "./problem";
export { roleStackJson } from "./role-stack";
