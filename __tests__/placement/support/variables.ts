import { camelCase, type Fields } from "../../../src/inputs";
import { reference, type Value } from "../../../src/values";

/** The inputs of a component as the variables of its module. */
export function variablesOf<Props>(fields: Fields): Props {
  const entries = Object.keys(fields).map((name): [string, Value<unknown>] => [
    camelCase(name),
    reference(`var.${name}`),
  ]);
  return Object.fromEntries(entries) as Props;
}
