export type { AnyComponent } from "./any-component";
export { type Files, type Format, type ModuleSource, moduleFiles } from "./module";
export { AWS_PROVIDER, MODULE_TERRAFORM_VERSION } from "./requirements";
