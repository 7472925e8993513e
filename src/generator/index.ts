export { type ModuleAddress, type ModuleMove, moduleAddresses, movesToModule } from "./addresses";
export type { Example } from "./examples";
export { writeHcl } from "./hcl-writer";
export { licenseText } from "./license";
export {
  type Files,
  type Format,
  GENERATED_NOTE,
  type License,
  type ModuleSource,
  moduleFiles,
  terraformFiles,
} from "./module";
export { type Move, type RootModule, rootModule, rootModuleFiles, type StackJson } from "./root-module";
export type { MockedData, RejectedInput } from "./tests";
