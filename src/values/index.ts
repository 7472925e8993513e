import "./hcl";

export * from "./expression";
export { hcl, quoted, quotedTemplate } from "./hcl";
export * from "./operators";
export { withoutEscapes } from "./template-source";
