import type { PolicyCondition, PolicyDocument, PolicyStatement } from "./evaluator";

/** A policy with one mistake in it. */
export interface Mutant {
  /** The statement, and what is wrong with it. */
  readonly name: string;
  readonly document: PolicyDocument;
}

/** What replaces a statement; null where it is left out. */
type Change = readonly [what: string, statement: PolicyStatement | null];

/**
 * Every policy that differs from a bucket's by one mistake that people make: a statement or a condition left out, a
 * test that is too loose or the wrong way round, a principal, an action or a resource that is too wide or too narrow.
 */
export function mutantsOf(document: PolicyDocument, bucketArn: string): readonly Mutant[] {
  const seen = new Set([JSON.stringify(document)]);
  const mutants: Mutant[] = [];
  document.Statement.forEach((statement, index) => {
    for (const [what, changed] of changesOf(statement, bucketArn)) {
      const mutant: PolicyDocument = {
        ...document,
        Statement: document.Statement.toSpliced(index, 1, ...(changed === null ? [] : [changed])),
      };
      const text = JSON.stringify(mutant);
      if (!seen.has(text)) {
        seen.add(text);
        mutants.push({ name: `${statement.Sid}: ${what}`, document: mutant });
      }
    }
  });
  return mutants;
}

function changesOf(statement: PolicyStatement, bucketArn: string): readonly Change[] {
  return [
    ["left out", null],
    [
      `${statement.Effect} is the contrary`,
      { ...statement, Effect: statement.Effect === "Allow" ? "Deny" : "Allow" } satisfies PolicyStatement,
    ],
    ...changesOfPrincipal(statement),
    ...changesOfAction(statement),
    ...changesOfResource(statement, bucketArn),
    ...changesOfCondition(statement),
  ];
}

function changesOfPrincipal(statement: PolicyStatement): readonly Change[] {
  // "*" and {"AWS": "*"} are the same to IAM.
  return JSON.stringify(statement.Principal) === JSON.stringify({ AWS: "*" })
    ? [["Principal is CloudTrail alone", { ...statement, Principal: { Service: "cloudtrail.amazonaws.com" } }]]
    : [["Principal is everybody", { ...statement, Principal: "*" }]];
}

function changesOfAction(statement: PolicyStatement): readonly Change[] {
  return ["s3:*", "s3:Get*", "s3:Put*", "s3:*Bucket*", "s3:*Object*"]
    .filter((action) => action === "s3:*" || statement.Action === "s3:*")
    .map((action) => [`Action is ${action}`, { ...statement, Action: action }]);
}

function changesOfResource(statement: PolicyStatement, bucketArn: string): readonly Change[] {
  const everything = [bucketArn, `${bucketArn}/*`];
  const changes: Change[] = [
    ["Resource is the bucket and everything in it", { ...statement, Resource: everything }],
    ...everything.map((part): Change => [`Resource is ${part} alone`, { ...statement, Resource: part }]),
  ];
  const path = String(statement.Resource);
  if (path.endsWith("/*") && path !== everything[1]) {
    const withoutSlash = path.replace(/\/\*$/, "*");
    const parent = path.replace(/[^/]*\/\*$/, "*");
    changes.push(
      ["Resource has no slash before its asterisk", { ...statement, Resource: withoutSlash }],
      ["Resource is the folder above", { ...statement, Resource: parent }],
    );
  }
  return changes;
}

function changesOfCondition(statement: PolicyStatement): readonly Change[] {
  const { Condition: condition = {}, ...rest } = statement;
  const changes: Change[] = [["no Condition", rest]];
  const change = (what: string, changed: PolicyCondition) => {
    changes.push([what, Object.keys(changed).length === 0 ? rest : { ...rest, Condition: changed }]);
  };
  for (const [operator, keys] of Object.entries(condition)) {
    const { [operator]: _operator, ...otherOperators } = condition;
    change(`no ${operator}`, otherOperators);
    for (const [key, value] of Object.entries(keys)) {
      const { [key]: _value, ...otherKeys } = keys;
      const without = Object.keys(otherKeys).length === 0 ? otherOperators : { ...condition, [operator]: otherKeys };
      change(`no ${operator} ${key}`, without);
      for (const [wrongOperator, wrongValue] of wrongTests(statement.Effect, operator, String(value))) {
        change(`${wrongOperator} ${key} ${wrongValue}`, {
          ...without,
          [wrongOperator]: { ...without[wrongOperator], [key]: wrongValue },
        });
      }
    }
  }
  return changes;
}

/** Operators and values that a person might write in the place of the right ones. */
function wrongTests(effect: string, operator: string, value: string): readonly (readonly [string, string])[] {
  // In a statement that denies, IfExists denies more: what lacks the key as well.
  const optional: readonly (readonly [string, string])[] = effect === "Allow" ? [[`${operator}IfExists`, value]] : [];
  switch (operator) {
    case "StringEquals":
      return [...optional, ["StringNotEquals", value], ...looserValues(value).map((loose) => ["StringLike", loose] as const)];
    case "Bool":
      return [...optional, ["Bool", value === "true" ? "false" : "true"]];
    case "NumericLessThan":
      return [
        ...optional,
        ["NumericLessThanEquals", value],
        ["NumericGreaterThan", value],
        ...[-0.1, 0.1].map((step) => ["NumericLessThan", (Number(value) + step).toFixed(1)] as const),
      ];
    default:
      throw new Error(`no mistakes are known of the operator ${operator}`);
  }
}

/** An ARN with each of its parts in turn left open: another account's trail of the same name, and so on. */
function looserValues(value: string): readonly string[] {
  if (!value.startsWith("arn:")) {
    return [];
  }
  const parts = value.split(":");
  const openParts = [1, 3, 4].map((index) => parts.with(index, "*").join(":"));
  return [...openParts, value.replace(/\/[^/]*$/, "/*"), `${value}*`];
}
