export {
  accessLogPath,
  accessLogPrefix,
  accessLogTarget,
  accountId,
  accountName,
  bucketName,
  functionArn,
  furtherTrail,
  keyAlias,
  keyArn,
  keyPrefix,
  logGroupArn,
  logGroupName,
  logRetention,
  MOST_TAGS,
  manyTags,
  objectPrefix,
  organization,
  organizationId,
  organizationOf,
  PARTITIONS,
  policyArn,
  policyJson,
  principalArn,
  principalPattern,
  readWriteType,
  region,
  roleArn,
  roleName,
  rolePath,
  tagMap,
  tags,
  tagValue,
  trailName,
  transitions,
} from "./aws-kinds";
export { type Checked, check, described, nearest, summary, textProblem, unknownName } from "./check";
export { withoutDefaults } from "./defaults";
export {
  type Definition,
  define,
  type InputRule,
  inputsByName,
  type OutputField,
  type OutputFields,
  objectOfOptions,
  textOutput,
  textsOutput,
  type Validation,
  validationMessage,
  validations,
} from "./definition";
export {
  type Camel,
  camelCase,
  defaulting,
  type Field,
  type Fields,
  type InputValues,
  type ObjectOf,
  optional,
  required,
  switchedOn,
} from "./field";
export { fieldSchema, fieldsSchema, type JsonSchema } from "./json-schema";
export {
  boolean,
  Kind,
  listOf,
  mapOf,
  object,
  oneOf,
  type Rule,
  type Shape,
  text,
  textLike,
  wholeNumber,
} from "./kind";
export { type Moved, movedResource, withoutIndexes } from "./moved";
export { InputError, type Naming, type Problem, pathText, problemText } from "./problem";
export { fromProps, isGiven, isPlainObject, type Prop, type Props } from "./props";
export { hasPassword } from "./secret";
export { entryName, separatedBySlashes, someText } from "./text-kinds";
