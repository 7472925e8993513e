import type { OneOrMore, PolicyCondition, PolicyDocument, PolicyStatement } from "./evaluator";

/** A policy with one mistake in it. */
export interface Mutant {
  /** The statement, and what is wrong with it. */
  readonly name: string;
  readonly document: PolicyDocument;
}

/** What replaces a statement; null where it is left out. */
type Change = readonly [what: string, statement: PolicyStatement | null];

/** A resource that a person might write in the place of the right one. */
export type WrongResource = readonly [what: string, resource: OneOrMore];

/** The bucket, and what is in it: which of them a statement is about is easily mistaken. */
export function resourcesOfBucket(bucketArn: string): readonly WrongResource[] {
  const everythingInIt = `${bucketArn}/*`;
  return [
    ["the bucket and everything in it", [bucketArn, everythingInIt]],
    ["the bucket alone", bucketArn],
    ["what is in the bucket alone", everythingInIt],
  ];
}

/**
 * Every policy that differs from another by one mistake that people make: a statement, a condition or one of several
 * values left out, a test that is too loose or the wrong way round, a principal, an action or a resource that is too
 * wide or too narrow.
 *
 * @param resources resources that statements might be about by mistake
 */
export function mutantsOf(document: PolicyDocument, resources: readonly WrongResource[]): readonly Mutant[] {
  const seen = new Set([JSON.stringify(document)]);
  const mutants: Mutant[] = [];
  document.Statement.forEach((statement, index) => {
    for (const [what, changed] of changesOf(statement, resources)) {
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

function changesOf(statement: PolicyStatement, resources: readonly WrongResource[]): readonly Change[] {
  return [
    ["left out", null],
    [
      `${statement.Effect} is the contrary`,
      { ...statement, Effect: statement.Effect === "Allow" ? "Deny" : "Allow" } satisfies PolicyStatement,
    ],
    ...changesOfPrincipal(statement),
    ...changesOfAction(statement),
    ...changesOfResource(statement, resources),
    ...changesOfCondition(statement),
  ];
}

/** The values of what may be one or a list. */
function valuesOf(value: OneOrMore): readonly string[] {
  return typeof value === "string" ? [value] : value;
}

/** A list without each of its values in turn, where there is more than one. */
function withoutEach(value: OneOrMore): readonly (readonly [left: string, others: readonly string[]])[] {
  const values = valuesOf(value);
  return values.length < 2 ? [] : values.map((each, index) => [each, values.toSpliced(index, 1)] as const);
}

/** A value, or a list of which each value in turn is changed in one of several ways. */
function withEachChanged(
  value: OneOrMore,
  changes: (one: string) => readonly (readonly [what: string, changed: string])[],
): readonly (readonly [what: string, changed: OneOrMore])[] {
  const values = valuesOf(value);
  return values.flatMap((each, index) =>
    changes(each).map(
      ([what, changed]) =>
        [
          values.length === 1 ? what : `${what}, in the place of ${each}`,
          typeof value === "string" ? changed : values.with(index, changed),
        ] as const,
    ),
  );
}

function changesOfPrincipal(statement: PolicyStatement): readonly Change[] {
  const { Principal: right } = statement;
  if (right === undefined) {
    return [];
  }
  // "*" and {"AWS": "*"} are the same to IAM.
  if (JSON.stringify(right) === JSON.stringify({ AWS: "*" })) {
    return [["Principal is CloudTrail alone", { ...statement, Principal: { Service: "cloudtrail.amazonaws.com" } }]];
  }
  const [[kind, named] = ["AWS", []]] = Object.entries(right);
  return [
    ["Principal is everybody", { ...statement, Principal: "*" }],
    ...withoutEach(named).map(
      ([left, others]): Change => [`Principal is without ${left}`, { ...statement, Principal: { [kind]: others } }],
    ),
  ];
}

/** Some of what a service does, in the place of all. */
const NARROWER: Readonly<Record<string, readonly string[]>> = {
  "s3:*": ["s3:Get*", "s3:Put*", "s3:*Bucket*", "s3:*Object*"],
  "kms:*": ["kms:Decrypt", "kms:Describe*", "kms:*Key", "kms:Put*"],
  "kms:GenerateDataKey*": ["kms:GenerateDataKey"],
};

function changesOfAction(statement: PolicyStatement): readonly Change[] {
  const { Action: right } = statement;
  const [first = ""] = valuesOf(right);
  const everything = `${first.split(":")[0]}:*`;
  const others = [...(right === everything ? [] : [everything]), ...(NARROWER[String(right)] ?? [])];
  return [
    ...others.map((action): Change => [`Action is ${action}`, { ...statement, Action: action }]),
    ...withoutEach(right).map(([left, rest]): Change => [`Action is without ${left}`, { ...statement, Action: rest }]),
  ];
}

/** Everything in a bucket: the policy of a bucket cannot be about more. */
const WHOLE_BUCKET = /^arn:[\w-]+:s3:::[^/]+\/\*$/;

function changesOfResource(statement: PolicyStatement, resources: readonly WrongResource[]): readonly Change[] {
  const { Resource: right } = statement;
  if (right === undefined) {
    return [];
  }
  const changes = [
    ...resources,
    ...withoutEach(right)
      .filter(() => !resources.some(([, each]) => JSON.stringify(each) === JSON.stringify(right)))
      .map(([left, others]): WrongResource => [`without ${left}`, others]),
    ...withEachChanged(right, (one) =>
      one.endsWith("/*") && !WHOLE_BUCKET.test(one)
        ? [
            ["without the slash before its asterisk", one.replace(/\/\*$/, "*")],
            ["the folder above", one.replace(/[^/]*\/\*$/, "*")],
          ]
        : [],
    ),
  ];
  return changes.map(([what, resource]): Change => [`Resource is ${what}`, { ...statement, Resource: resource }]);
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
      for (const [what, wrongOperator, wrongValue] of wrongTests(statement.Effect, operator, value)) {
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
type WrongTest = readonly [what: string, operator: string, value: OneOrMore];

/** The end of an operator that a missing key passes. */
const IF_EXISTS = "IfExists";

/** Of each operator for texts its contrary, and the one that knows patterns. */
const OPERATORS_OF_TEXTS: Readonly<Record<string, { readonly contrary: string; readonly open: string }>> = {
  StringEquals: { contrary: "StringNotEquals", open: "StringLike" },
  StringNotEquals: { contrary: "StringEquals", open: "StringNotLike" },
  StringLike: { contrary: "StringNotLike", open: "StringLike" },
  ArnEquals: { contrary: "ArnNotEquals", open: "ArnLike" },
  ArnLike: { contrary: "ArnNotLike", open: "ArnLike" },
};

function wrongTests(effect: string, operator: string, value: OneOrMore): readonly WrongTest[] {
  const wrong: WrongTest[] = [];
  if (operator.endsWith(IF_EXISTS)) {
    wrong.push(["is the right value and not missing", operator.slice(0, -IF_EXISTS.length), value]);
  } else if (effect === "Allow") {
    // In a statement that denies, IfExists denies more: also what lacks the key.
    wrong.push(["is the right value or missing", `${operator}${IF_EXISTS}`, value]);
  }
  const isLenient = operator.endsWith(IF_EXISTS);
  const ofTexts = OPERATORS_OF_TEXTS[isLenient ? operator.slice(0, -IF_EXISTS.length) : operator];
  if (ofTexts !== undefined) {
    const alike = (name: string): string => (isLenient ? `${name}${IF_EXISTS}` : name);
    wrong.push(
      ["is the right value", alike(ofTexts.contrary), value],
      ...withoutEach(value).map(([left, others]): WrongTest => [`is without ${left}`, operator, others]),
      ...withEachChanged(value, openValues).map(([what, open]): WrongTest => [what, alike(ofTexts.open), open]),
    );
    if (operator === "StringLike") {
      wrong.push(["is the right value as it is", "StringEquals", value]);
    }
    return wrong;
  }
  switch (operator) {
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

/** A value with each of its parts in turn left open: a trail of the same name in any account, and so on. */
function openValues(value: string): readonly (readonly [what: string, open: string])[] {
  if (/^o-[a-z0-9]+$/.test(value)) {
    return [["has any organization", "o-*"]];
  }
  if (/^\w+\.[a-z0-9-]+\.amazonaws\.com/.test(value)) {
    const [, region, ...domain] = value.split(".");
    return [
      ["has any service", ["*", region, ...domain].join(".")],
      ["has any region", [value.split(".")[0], "*", ...domain].join(".")],
    ];
  }
  if (!value.startsWith("arn:")) {
    return [];
  }
  const parts = value.split(":");
  const open = (index: number): string => parts.with(index, parts[index] === "" ? "" : "*").join(":");
  const all = [
    ["has any partition", open(1)],
    ["has any region", open(3)],
    ["has any account", open(4)],
    ["has any name", value.replace(/[^/:]*$/, "*")],
    ["has any end", value.endsWith("*") ? value : `${value}*`],
  ] as const;
  return all.filter(([, changed]) => changed !== value);
}
