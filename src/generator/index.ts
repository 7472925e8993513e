export { type ModuleAddress, type ModuleMove, moduleAddresses, movesToModule } from "./addresses";
export { type CallExample, type ComposedCall, type ComposedExample, type Example, isCallExample } from "./examples";
export { GENERATED_NOTE, isGenerated } from "./generated-note";
export { writeHcl } from "./hcl-writer";
export { licenseText } from "./license";
export {
  type Files,
  type Format,
  filesOfModules,
  type License,
  type ModuleSource,
  moduleFiles,
  terraformFiles,
} from "./module";
export { packageFolder } from "./package-folder";
export {
  type Move,
  nestedSource,
  type RootModule,
  rootModule,
  rootModuleFiles,
  type StackJson,
} from "./root-module";
export { type AcceptedInput, type MockedData, type RejectedInput, rejectedInputs } from "./tests";
