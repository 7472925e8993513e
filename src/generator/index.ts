export { type ModuleAddress, moduleAddresses } from "./addresses";
export type { Example } from "./examples";
export { licenseText } from "./license";
export { type Files, type Format, GENERATED_NOTE, type ModuleSource, moduleFiles, terraformFiles } from "./module";
export type { RejectedInput } from "./tests";
