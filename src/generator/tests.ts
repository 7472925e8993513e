import type { Literal } from "../values";
import { attribute, type Block, type Body, block } from "./block";

/** Inputs that a module must refuse. */
export interface RejectedInput {
  /** What is wrong, as a name: `account_id_of_11_digits`. */
  readonly name: string;
  /** The input at which it must be reported. */
  readonly at: string;
  /** The inputs, laid over those of the first example. */
  readonly inputs: Readonly<Record<string, Literal>>;
}

/** What data sources answer in tests: values of attributes, by the type of the data source. */
export type MockedData = Readonly<Record<string, Readonly<Record<string, Literal>>>>;

/** Tests for `terraform test`: the first example plans, and every wrong input is refused at its variable. */
export function describeTests(
  inputs: Readonly<Record<string, Literal>>,
  rejected: readonly RejectedInput[],
  mockedData: MockedData = {},
): Body {
  return [
    mockProvider(inputs.account_id, mockedData),
    block("variables", [], variablesOf(inputs)),
    block("run", ["accepts_the_first_example"], [attribute("command", "plan", "type")]),
    ...rejected.map(({ name, at, inputs: wrong }) =>
      block(
        "run",
        [`rejects_${name}`],
        [
          attribute("command", "plan", "type"),
          block("variables", [], variablesOf(wrong)),
          { ...attribute("expect_failures", [`var.${at}`], "references"), group: true },
        ],
      ),
    ),
  ];
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

function variablesOf(inputs: Readonly<Record<string, Literal>>): Body {
  return Object.entries(inputs).map(([name, value]) => attribute(name, value));
}
