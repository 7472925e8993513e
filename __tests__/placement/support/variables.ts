import { readFileSync } from "node:fs";
import { join } from "node:path";
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

/** A file of the module of the audit trail as it is committed. */
export function committedFile(path: string): string {
  return readFileSync(join(__dirname, "../../../modules/terraform-aws-audit-trail", path), "utf8");
}
