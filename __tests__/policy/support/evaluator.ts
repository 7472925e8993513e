import { runSimulation, type SimulationRequestPrincipal } from "@cloud-copilot/iam-simulate";

/** A policy as parsed JSON. */
export interface PolicyDocument {
  readonly Version: string;
  readonly Statement: readonly PolicyStatement[];
}

/** A statement of a policy as parsed JSON. */
export interface PolicyStatement {
  readonly Sid?: string;
  readonly Effect: "Allow" | "Deny";
  readonly Principal?: "*" | Readonly<Record<string, OneOrMore>>;
  readonly Action: OneOrMore;
  readonly Resource: OneOrMore;
  readonly Condition?: PolicyCondition;
}

/** The values of each condition key, by operator. */
export type PolicyCondition = Readonly<Record<string, Readonly<Record<string, OneOrMore>>>>;

type OneOrMore = string | readonly string[];

/** A call of a service, with everything that the decision depends on. */
export interface ServiceCall {
  readonly principal: SimulationRequestPrincipal;
  /** What is attached to the principal. Services and callers without credentials have none. */
  readonly identityPolicies: readonly PolicyDocument[];
  readonly action: string;
  /** The ARN of what is called upon. */
  readonly resource: string;
  /** The account that owns it: an ARN of S3 does not say. */
  readonly resourceAccountId: string;
  readonly context: Readonly<Record<string, string>>;
}

export type Decision = "allowed" | "denied";

/**
 * Whether IAM lets a call pass, by the policy of the resource and those of the principal alone. S3 Block Public Access
 * is left out on purpose: the policy has to be right without it.
 *
 * @throws Error where AWS knows no such call, or none with such a context key: its decision would mean nothing
 */
export async function decide(resourcePolicy: PolicyDocument, call: ServiceCall): Promise<Decision> {
  const outcome = await runSimulation(
    {
      request: {
        principal: call.principal,
        action: call.action,
        resource: { resource: call.resource, accountId: call.resourceAccountId },
        contextVariables: { ...call.context },
      },
      identityPolicies: call.identityPolicies.map((policy, index) => ({ name: `identity-${index}`, policy })),
      serviceControlPolicies: [],
      resourceControlPolicies: [],
      resourcePolicy,
    },
    { simulationMode: "Strict" },
  );
  if (outcome.resultType === "error") {
    throw new Error(`${call.action} on ${call.resource} cannot be decided: ${JSON.stringify(outcome.errors)}`);
  }
  if (outcome.resultType === "wildcard") {
    throw new Error(`${call.resource} stands for many resources: a call has one`);
  }
  const { ignoredContextKeys = [] } = outcome.result;
  if (ignoredContextKeys.length > 0) {
    throw new Error(`${call.action} has no context key ${ignoredContextKeys.join(", ")}`);
  }
  return outcome.overallResult === "Allowed" ? "allowed" : "denied";
}
