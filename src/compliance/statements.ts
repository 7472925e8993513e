import { CLOUDTRAIL } from "../policy";
import { listed, type Resource } from "../stacks/stack";
import { withoutEscapes } from "../values";

/** A statement of a policy, as it was read. */
export interface ReadStatement {
  readonly Effect?: string;
  readonly Principal?: unknown;
  readonly Action?: unknown;
  readonly Resource?: unknown;
  readonly Condition?: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
}

/** The statements of a policy in an argument of a resource. None where there is no policy, or none that can be read. */
export function statementsOf(resource: Resource | undefined, argument = "policy"): readonly ReadStatement[] {
  const policy = resource?.arguments[argument];
  if (typeof policy !== "string") {
    return [];
  }
  try {
    const { Statement } = JSON.parse(withoutEscapes(policy)) as { readonly Statement?: unknown };
    return listed(Statement) as readonly ReadStatement[];
  } catch {
    return [];
  }
}

/** The principals of a statement that are named in a way: `AWS`, `Service`. */
export function principalsOf({ Principal }: ReadStatement, kind: string): readonly unknown[] {
  if (typeof Principal === "string") {
    return kind === "AWS" ? [Principal] : [];
  }
  return listed((Principal as Readonly<Record<string, unknown>> | undefined)?.[kind]);
}

/** Whether a statement is about everybody. */
export function isAboutEverybody(statement: ReadStatement): boolean {
  return principalsOf(statement, "AWS").includes("*");
}

/** Whether a statement allows something. */
export function allows({ Effect }: ReadStatement): boolean {
  return Effect === "Allow";
}

/** Whether a statement denies everybody an action on all resources that are named, where TLS is not used. */
export function deniesWithoutTls(statement: ReadStatement, action: string, resources: readonly string[]): boolean {
  const about = listed(statement.Resource);
  return (
    statement.Effect === "Deny" &&
    isAboutEverybody(statement) &&
    listed(statement.Action).some((each) => each === action || each === "*") &&
    resources.every((each) => about.includes(each)) &&
    // A second test would have to hold as well, and let some in.
    JSON.stringify(statement.Condition) === JSON.stringify({ Bool: { "aws:SecureTransport": "false" } })
  );
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
