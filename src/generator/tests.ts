import { type Definition, type Fields, type InputValues, validations } from "../inputs";
import { type Literal, raw } from "../values";
import { attribute, type Block, type Body, block } from "./block";
import { variables } from "./draft";
import type { CallExample } from "./examples";
import { wrapped } from "./variables";

/** The longest line of a comment. */
const COMMENT_WIDTH = 100;

/** Inputs that a module must refuse. */
export interface RejectedInput {
  /** What is wrong, as a name: `account_id_of_11_digits`. */
  readonly name: string;
  /** The input at which it must be reported. */
  readonly at: string;
  /** The inputs, laid over those of the first example. */
  readonly inputs: Readonly<Record<string, Literal>>;
  /** The rule that they break, for readers. */
  readonly requirement?: string;
}

/** Inputs that a module must take, beside those of its examples. */
export interface AcceptedInput {
  /** What they are about, as a name: `further_trails`. */
  readonly name: string;
  /** The nested module that is planned by itself, where the published one has no output that shows it. */
  readonly nested?: string;
  /** The inputs, laid over those of the first example. */
  readonly inputs: Readonly<Record<string, Literal>>;
  /** What holds of the plan: conditions in Terraform's language, by what should be. */
  readonly expected: Readonly<Record<string, string>>;
}

/**
 * Inputs that break the rules of a component, one rule each: as its kinds and rules say them. What a rule says of a part
 * of an input that is required is broken in the whole of it.
 */
export function rejectedInputs<F extends Fields>(definition: Definition<F>): readonly RejectedInput[] {
  const inputs = variables(definition.fields) as unknown as InputValues<F>;
  const count = new Map<string, number>();
  /** What is wrong where two rules begin with the same words is told apart by numbers. */
  const unique = (wanted: string): string => {
    const number = (count.get(wanted) ?? 0) + 1;
    count.set(wanted, number);
    return number === 1 ? wanted : `${wanted}_${number}`;
  };
  return validations(definition, inputs).flatMap(({ name, part, requirement, brokenBy }) => {
    if (brokenBy === undefined) {
      return [];
    }
    const place = `${name}${part}`.replace(/[^a-z0-9]+/g, "_").replace(/_$/, "");
    return [
      {
        name: unique(`${place}_${inName(requirement)}`),
        at: name,
        inputs: brokenBy as Readonly<Record<string, Literal>>,
        requirement: `${name}${part}: ${requirement}`,
      },
    ];
  });
}

/** So many characters of a requirement are in the name of a run. */
const LONGEST_REQUIREMENT = 48;

/** Words with which no name ends: what they are about was cut off. */
const OPEN_WORDS: ReadonlySet<string> = new Set(
  "a an and as at be before for have in is must no nor of on or such than that the to where which with".split(" "),
);

/** The first words of a requirement, as a part of a name: `must_not_look_like_an_ip_address`. */
function inName(requirement: string): string {
  const words: string[] = [];
  for (const word of requirement.toLowerCase().match(/[a-z0-9]+/g) ?? []) {
    if ([...words, word].join("_").length > LONGEST_REQUIREMENT) {
      break;
    }
    words.push(word);
  }
  while (OPEN_WORDS.has(words.at(-1) ?? "")) {
    words.pop();
  }
  return words.join("_");
}

/** What data sources answer in tests: values of attributes, by the type of the data source. */
export type MockedData = Readonly<Record<string, Readonly<Record<string, Literal>>>>;

/** Tests for `terraform test`: every example, and what else is accepted, plans as it should, and every wrong input is refused at its variable. */
export function describeTests(
  examples: readonly [CallExample, ...CallExample[]],
  rejected: readonly RejectedInput[],
  accepted: readonly AcceptedInput[],
  mockedData: MockedData = {},
): Body {
  const [{ inputs }] = examples;
  return [
    mockProvider(inputs.account_id, mockedData),
    block("variables", [], variablesOf(inputs)),
    ...examples.map((example) => acceptance(example, inputs)),
    ...accepted.map((each) => acceptance(each, inputs)),
    ...rejected.map(({ name, at, inputs: wrong, requirement }) =>
      block(
        "run",
        [`rejects_${runName(name)}`],
        [
          attribute("command", "plan", "type"),
          block("variables", [], variablesOf(wrong)),
          { ...attribute("expect_failures", [`var.${at}`], "references"), group: true },
        ],
        requirement === undefined ? undefined : wrapped(requirement, COMMENT_WIDTH),
      ),
    ),
  ];
}

/** What a test is about, as a part of the name of its run. */
export function runName(name: string): string {
  return name.replaceAll("-", "_");
}

/** The run of an example: its inputs as far as they are others than those of the first, and what holds of its plan. */
function acceptance(
  { name, nested, inputs, expected = {} }: Omit<AcceptedInput, "expected"> & Pick<CallExample, "expected">,
  common: Readonly<Record<string, Literal>>,
): Block {
  const own = Object.entries(inputs).filter(
    ([input, value]) => JSON.stringify(value) !== JSON.stringify(common[input]),
  );
  return block(
    "run",
    [`accepts_${runName(name)}`],
    [
      attribute("command", "plan", "type"),
      ...(nested === undefined ? [] : [block("module", [], [attribute("source", `./modules/${nested}`)])]),
      ...(own.length === 0 ? [] : [block("variables", [], variablesOf(Object.fromEntries(own)))]),
      ...Object.entries(expected).map(([message, condition]) =>
        block("assert", [], [attribute("condition", raw(condition)), attribute("error_message", message)]),
      ),
    ],
  );
}

function mockProvider(accountId: Literal | undefined, mockedData: MockedData): Block {
  const isAccountKnown = accountId !== undefined;
  const mocked = { ...(isAccountKnown ? { aws_caller_identity: { account_id: accountId } } : {}), ...mockedData };
  return block(
    "mock_provider",
    ["aws"],
    Object.entries(mocked).map(([type, defaults]) => block("mock_data", [type], [attribute("defaults", defaults)])),
    isAccountKnown
      ? "No account is needed: a provider that answers by itself, as the account that the inputs name."
      : "No account is needed: a provider that answers by itself.",
  );
}

/** So many repetitions are told rather than written out. */
const MANY = 20;

/** A value that is the same again and again, as the loop that a person would write. */
function shortened(value: Literal): unknown {
  if (typeof value === "string") {
    const [first] = value;
    return first !== undefined && value.length > LONGEST_TEXT && value === first.repeat(value.length)
      ? raw(`join("", [for index in range(${value.length}) : ${JSON.stringify(first)}])`)
      : value;
  }
  if (Array.isArray(value)) {
    const [first] = value as readonly Literal[];
    return value.length > MANY && value.every((item) => item === first)
      ? raw(`[for index in range(${value.length}) : ${JSON.stringify(first)}]`)
      : value.map(shortened);
  }
  if (typeof value !== "object" || value === null) {
    return value;
  }
  const entries = Object.entries(value);
  const [first] = entries;
  const isNumbered = entries.every(([key, item], index) => key === `Tag${index}` && item === first?.[1]);
  return entries.length > MANY && isNumbered
    ? raw(`{ for index in range(${entries.length}) : "Tag\${index}" => ${JSON.stringify(first?.[1])} }`)
    : Object.fromEntries(entries.map(([key, item]) => [key, shortened(item)]));
}

/** A text up to which repeated letters are written out. */
const LONGEST_TEXT = 40;

function variablesOf(inputs: Readonly<Record<string, Literal>>): Body {
  return Object.entries(inputs).map(([name, value]) => attribute(name, shortened(value)));
}
