export type { Example } from "./examples";
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
export type { MockedData, RejectedInput } from "./tests";
