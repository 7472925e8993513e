import { CLOUDTRAIL, principalsOf, type ReadStatement, readStatements } from "../policy";
import { listed, type Resource } from "../stacks/stack";
import { withoutEscapes } from "../values";

/** The statements of a policy in an argument of a resource. None where there is no policy, or none that can be read. */
export function statementsOf(resource: Resource | undefined, argument = "policy"): readonly ReadStatement[] {
  const policy = resource?.arguments[argument];
  return typeof policy === "string" ? readStatements(withoutEscapes(policy)) : [];
}

/** Operators that let in only what a condition names. */
const NAMING = ["ArnEquals", "ArnLike", "StringEquals", "StringLike"];

/** The service whose deliveries anybody could order for a bucket or key of somebody else's. */
export const CLOUDTRAIL_SERVICE = String((CLOUDTRAIL as { readonly Service: unknown }).Service);

/** Keys of a condition by which a service acts on behalf of somebody who is named. */
const SOURCES = ["aws:SourceArn", "aws:SourceAccount", "aws:SourceOrgID"];

/** The services that a statement lets in on behalf of anybody. */
export function servicesWithoutSource(statement: ReadStatement): readonly string[] {
  return principalsOf(statement, "Service")
    .map(String)
    .filter((service) => {
      const keys = service === CLOUDTRAIL_SERVICE ? ["aws:SourceArn"] : SOURCES;
      const wanted = keys.flatMap((key) => wantedOf(statement, key));
      return wanted.length === 0 || wanted.some((each) => String(each).startsWith("*"));
    });
}

/** What a statement wants of a key of its condition. Nothing where it does not name it. */
function wantedOf({ Condition = {} }: ReadStatement, key: string): readonly unknown[] {
  return NAMING.flatMap((operator) => listed(Condition[operator]?.[key]));
}
