/** A statement of a policy, as it was read. */
export interface ReadStatement {
  readonly Sid?: unknown;
  readonly Effect?: string;
  readonly Principal?: unknown;
  readonly NotPrincipal?: unknown;
  readonly Action?: unknown;
  readonly NotAction?: unknown;
  readonly Resource?: unknown;
  readonly Condition?: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
}

/** The statements of a policy document. None where it cannot be read. */
export function readStatements(policy: string): readonly ReadStatement[] {
  try {
    const { Statement } = JSON.parse(policy) as { readonly Statement?: unknown };
    return oneOrMore(Statement).map((each) => Object(each) as ReadStatement);
  } catch {
    return [];
  }
}

/** The principals of a statement that are named in a way: `AWS`, `Service`. */
export function principalsOf({ Principal }: ReadStatement, kind: string): readonly unknown[] {
  if (typeof Principal === "string") {
    return kind === "AWS" ? [Principal] : [];
  }
  return oneOrMore((Principal as Readonly<Record<string, unknown>> | undefined)?.[kind]);
}

/** Whether a statement is about everybody. */
export function isAboutEverybody(statement: ReadStatement): boolean {
  return principalsOf(statement, "AWS").includes("*");
}

/** Whether a statement allows something. */
export function allows({ Effect }: ReadStatement): boolean {
  return Effect === "Allow";
}

/** Whether a statement allows everybody something, be it everybody but a few. */
export function allowsEverybody(statement: ReadStatement): boolean {
  return allows(statement) && (isAboutEverybody(statement) || statement.NotPrincipal !== undefined);
}

/** Whether a statement denies everybody an action on all resources that are named, where TLS is not used. */
export function deniesWithoutTls(statement: ReadStatement, action: string, resources: readonly string[]): boolean {
  const { Sid, Effect, Principal, Action, Resource, Condition = {}, ...others } = statement;
  const patterns = oneOrMore(Resource);
  return (
    Effect === "Deny" &&
    isAboutEverybody(statement) &&
    // NotPrincipal, NotAction and NotResource let some through.
    Object.keys(others).length === 0 &&
    oneOrMore(Action).some((each) => each === action || each === "*") &&
    resources.every((resource) => patterns.some((each) => isCovered(resource, String(each)))) &&
    isWithoutTls(Condition)
  );
}

/** Whether a condition holds wherever TLS is not used: one more test would have to hold as well, and let some through. */
function isWithoutTls(condition: NonNullable<ReadStatement["Condition"]>): boolean {
  const tests = Object.entries(condition).flatMap(([operator, keys]) =>
    Object.entries(keys).map(([key, value]) => `${operator} ${key.toLowerCase()} ${oneOrMore(value).join()}`),
  );
  return tests.length === 1 && /^Bool(IfExists)? aws:securetransport false$/.test(tests[0] as string);
}

/** Whether a pattern, which may end with any rest, stands for a resource. */
function isCovered(resource: string, pattern: string): boolean {
  return pattern === resource || (pattern.endsWith("*") && resource.startsWith(pattern.slice(0, -1)));
}

function oneOrMore(value: unknown): readonly unknown[] {
  return [value ?? []].flat();
}
