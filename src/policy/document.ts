import {
  attempt,
  concat,
  flatten,
  get,
  isExpression,
  jsondecode,
  jsonencode,
  listOf,
  type OptionalItem,
  type Value,
} from "../values";
import type { Statement } from "./statement";

type Statements = readonly (Statement | OptionalItem<Statement>)[];

/** A policy document as JSON. Of what it is made is known before the resources exist, so that a plan shows it whole. */
export function policyDocument(...statements: Statements): Value<string> {
  return document(statementsOf(statements));
}

/** A policy document with statements of which there is one or more for each of something, after its own. */
export function policyDocumentForEach(each: Value<readonly Statement[]>, statements: Statements): Value<string> {
  return document(concat<unknown>(statementsOf(statements), each as Value<readonly unknown[]>) as Value<Statement[]>);
}

/** A policy document with the statements of another one, which was given as JSON, after its own. */
export function policyDocumentWith(additional: Value<string | null>, statements: Statements): Value<string> {
  return document(concat<unknown>(statementsOf(statements), decodedStatements(additional)) as Value<Statement[]>);
}

function statementsOf(statements: Statements): Value<readonly Statement[]> {
  return listOf<Statement>(...(statements as readonly Value<Statement>[]));
}

/** The statements of a document. A single one need not be in a list. */
function decodedStatements(document: Value<string | null>): Value<readonly unknown[]> {
  if (document === null) {
    return [];
  }
  const decode = (): Value<readonly unknown[]> =>
    flatten([get(jsondecode(document as Value<string>) as Value<{ Statement: never }>, "Statement")]);
  // Null is no JSON. A conditional would want lists of one type, which statements are not.
  return isExpression(document) ? attempt(decode(), []) : decode();
}

function document(statements: Value<readonly Statement[]>): Value<string> {
  return jsonencode({ Version: "2012-10-17", Statement: statements } as unknown as Value<unknown>);
}
