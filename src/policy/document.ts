import { jsonencode, listOf, type OptionalItem, type Value } from "../values";
import type { Statement } from "./statement";

/** A policy document as JSON. Of what it is made is known before the resources exist, so that a plan shows it whole. */
export function policyDocument(...statements: readonly (Statement | OptionalItem<Statement>)[]): Value<string> {
  return jsonencode({
    Version: "2012-10-17",
    Statement: listOf<Statement>(...(statements as readonly Value<Statement>[])),
  } as unknown as Value<unknown>);
}
