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
  const { Action: right } = statement;
  const listed = typeof right === "string" ? [] : right;
  return [
    ...["s3:*", "s3:Get*", "s3:Put*", "s3:*Bucket*", "s3:*Object*"]
      .filter((action) => action === "s3:*" || right === "s3:*")
      .map((action): Change => [`Action is ${action}`, { ...statement, Action: action }]),
    ...listed.map(
      (action): Change => [
        `Action is without ${action}`,
        { ...statement, Action: listed.filter((other) => other !== action) },
      ],
    ),
  ];
}

function changesOfResource(statement: PolicyStatement, bucketArn: string): readonly Change[] {
  const everythingInIt = `${bucketArn}/*`;
  const resource = (what: string, changed: PolicyStatement["Resource"]): Change => [
    `Resource is ${what}`,
    { ...statement, Resource: changed },
  ];
  const changes = [
    resource("the bucket and everything in it", [bucketArn, everythingInIt]),
    resource("the bucket alone", bucketArn),
    resource("what is in the bucket alone", everythingInIt),
  ];
  if (typeof statement.Resource === "string" && statement.Resource.endsWith("/*")) {
    changes.push(
      resource("without the slash before its asterisk", statement.Resource.replace(/\/\*$/, "*")),
      resource("the folder above", statement.Resource.replace(/[^/]*\/\*$/, "*")),
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
      for (const [what, wrongOperator, wrongValue] of wrongTests(statement.Effect, operator, String(value))) {
        change(`${wrongOperator} ${key} ${what}`, {
          ...without,
          [wrongOperator]: { ...without[wrongOperator], [key]: wrongValue },
        });
      }
    }
  }
  return changes;
}

/** A test that a person might write in the place of the right one. */
type WrongTest = readonly [what: string, operator: string, value: string];

/** The end of an operator that a missing key passes. */
const IF_EXISTS = "IfExists";

function wrongTests(effect: string, operator: string, value: string): readonly WrongTest[] {
  const wrong: WrongTest[] = [];
  if (operator.endsWith(IF_EXISTS)) {
    wrong.push(["is the right value and not missing", operator.slice(0, -IF_EXISTS.length), value]);
  } else if (effect === "Allow") {
    // In a statement that denies, IfExists denies more: also what lacks the key.
    wrong.push(["is the right value or missing", `${operator}${IF_EXISTS}`, value]);
  }
  switch (operator) {
    case "StringEquals":
      wrong.push(["is the right value", "StringNotEquals", value], ...openTests(value));
      break;
    case "Bool":
    case "BoolIfExists":
      wrong.push(["is the contrary", operator, value === "true" ? "false" : "true"]);
      break;
    case "NumericLessThan":
      wrong.push(
        ["is the right value", "NumericLessThanEquals", value],
        ["is the right value", "NumericGreaterThan", value],
        ["is a lower value", "NumericLessThan", (Number(value) - 0.1).toFixed(1)],
        ["is a higher value", "NumericLessThan", (Number(value) + 0.1).toFixed(1)],
      );
      break;
    default:
      throw new Error(`no mistakes are known of the operator ${operator}`);
  }
  return wrong;
}

/** An ARN with each of its parts in turn left open: a trail of the same name in any account, and so on. */
function openTests(value: string): readonly WrongTest[] {
  if (!value.startsWith("arn:")) {
    return [];
  }
  const parts = value.split(":");
  return [
    ["has any partition", "StringLike", parts.with(1, "*").join(":")],
    ["has any region", "StringLike", parts.with(3, "*").join(":")],
    ["has any account", "StringLike", parts.with(4, "*").join(":")],
    ["has any name", "StringLike", value.replace(/[^/]*$/, "*")],
    ["has any end", "StringLike", `${value}*`],
  ];
}
