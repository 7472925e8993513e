export {
  type Configuration,
  ConfigurationError,
  type ConfiguredTrail,
  type Placeholder,
  placedProblemText,
  readConfiguration,
} from "./configuration";
export { configurationSchema } from "./schema";
export { type Answers, configurationTemplate } from "./template";
export type { PlacedProblem, Position } from "./yaml-text";
