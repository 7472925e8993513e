/**
 * For components of your own: constructs that can be placed in a stack, and that Terraform modules are generated from.
 *
 * @example
 * import { Component, define, kinds, required, resource, writeModules } from "cdktf-audit-trail/component";
 */
export type {
  AcceptedInput,
  Example,
  Files,
  Format,
  License,
  MockedData,
  ModuleSource,
  RejectedInput,
} from "../generator";
export { moduleFiles } from "../generator";
export {
  type Definition,
  defaulting,
  define,
  type Field,
  type Fields,
  InputError,
  type InputRule,
  type InputValues,
  type Kind,
  type ObjectOf,
  type OutputField,
  type OutputFields,
  optional,
  type Problem,
  type Props,
  required,
  switchedOn,
  textOutput,
  textsOutput,
} from "../inputs";
export { type Difference, ForeignFileError } from "../output/generated-files";
export {
  type Blocks,
  blockForEach,
  blockForEachEntry,
  blockWhen,
  blockWhenSet,
  Component,
  ifPlaced,
  local,
  type Output,
  type OutputValues,
  outputToken,
  type PlacedElement,
  type PlaceOptions,
  place,
  type ResourceOptions,
  resource,
  type Structure,
} from "../placement";
export {
  and,
  atLeast,
  atMost,
  choose,
  concat,
  contains,
  type Expression,
  equals,
  every,
  flatten,
  forEach,
  forEachEntry,
  get,
  ifSet,
  isNull,
  jsonencode,
  keys,
  type Literal,
  length,
  listOf,
  mapValues,
  matches,
  merge,
  not,
  onlyIf,
  onlyIfSet,
  or,
  some,
  startsWith,
  text,
  type Value,
  withDefault,
} from "../values";
export * as kinds from "./kinds";
export { type WriteOptions, type Written, writeModules } from "./write-modules";
