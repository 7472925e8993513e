import "./hcl";

export * from "./expression";
export { type HclOptions, hcl, quoted } from "./hcl";
export * from "./operators";
export { withoutEscapes } from "./template-source";
