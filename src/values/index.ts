import "./hcl";

export * from "./expression";
export { type HclOptions, hcl, quoted, quotedTemplate } from "./hcl";
export * from "./operators";
export { withoutEscapes } from "./template-source";
