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
  /** None in the trust policy of a role. */
  readonly Resource?: OneOrMore;
  readonly Condition?: PolicyCondition;
}

/** The values of each condition key, by operator. */
export type PolicyCondition = Readonly<Record<string, Readonly<Record<string, OneOrMore>>>>;

export type OneOrMore = string | readonly string[];

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

/** The evaluator takes no key of an encryption context for what it is, and denies. */
const ENCRYPTION_CONTEXT = "kms:EncryptionContext:";

/** A key that the evaluator knows of every call, in the place of one of an encryption context. */
const STAND_IN = "aws:RequestTag/encryption-context:";

/** The calls of KMS that have an encryption context. */
const WITH_ENCRYPTION_CONTEXT =
  /^kms:(?:Encrypt|Decrypt|ReEncrypt(?:From|To)|GenerateDataKey\w*|CreateGrant|RetireGrant)$/;

/** The evaluator knows claims of a few issuers alone, and of no action. */
const CLAIM = /^[a-z0-9.-]+:(?:aud|sub)$/;

/** The same where it is the key of a test in a policy. */
const CLAIM_IN_POLICY = /"([a-z0-9.-]+:(?:aud|sub))":/g;

/** What is called with a token. */
const WITH_TOKEN: ReadonlySet<string> = new Set(["sts:AssumeRoleWithWebIdentity", "sts:TagSession"]);

/** A key that the evaluator knows of every call, in the place of that of a claim. */
const STAND_IN_CLAIM = "aws:RequestTag/claim:";

/** The evaluator takes no name of a service in China for one. */
const IN_CHINA = ".amazonaws.com.cn";

/** What stands for the end of such a name. */
const STAND_IN_CHINA = ".china.amazonaws.com";

/**
 * Whether IAM lets a call pass, by the policy of the resource and those of the principal alone. S3 Block Public Access
 * is left out on purpose: the policy has to be right without it.
 *
 * @param resourcePolicy the policy of what is called upon; undefined where that has none
 * @throws Error where AWS knows no such call, or none with such a context key: its decision would mean nothing
 */
export async function decide(resourcePolicy: PolicyDocument | undefined, call: ServiceCall): Promise<Decision> {
  const outcome = await runSimulation(
    {
      request: {
        principal: withoutChina(call.principal),
        action: call.action,
        resource: { resource: call.resource, accountId: call.resourceAccountId },
        contextVariables: contextOf(call),
      },
      identityPolicies: call.identityPolicies.map((policy, index) => ({
        name: `identity-${index}`,
        policy: withStandIns(policy),
      })),
      serviceControlPolicies: [],
      resourceControlPolicies: [],
      ...(resourcePolicy === undefined ? {} : { resourcePolicy: withStandIns(resourcePolicy) }),
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

function contextOf({ action, context }: ServiceCall): Record<string, string> {
  const entries = Object.entries(context).map(([key, value]): [string, string] => {
    if (CLAIM.test(key)) {
      if (!WITH_TOKEN.has(action)) {
        throw new Error(`${action} has no token, and no claim ${key}`);
      }
      return [`${STAND_IN_CLAIM}${key}`, value];
    }
    if (!key.startsWith(ENCRYPTION_CONTEXT)) {
      return [key, withoutChina(value)];
    }
    if (!WITH_ENCRYPTION_CONTEXT.test(action)) {
      throw new Error(`${action} has no context key ${key}`);
    }
    return [key.replace(ENCRYPTION_CONTEXT, STAND_IN), value];
  });
  return Object.fromEntries(entries);
}

function withoutChina<P>(value: P): P {
  return (typeof value === "string" ? value.replaceAll(IN_CHINA, STAND_IN_CHINA) : value) as P;
}

function withStandIns(policy: PolicyDocument): PolicyDocument {
  const text = JSON.stringify(policy).replaceAll(CLAIM_IN_POLICY, `"${STAND_IN_CLAIM}$1":`);
  return [STAND_IN_CLAIM, ENCRYPTION_CONTEXT, IN_CHINA].some((each) => text.includes(each))
    ? JSON.parse(withoutChina(text.replaceAll(ENCRYPTION_CONTEXT, STAND_IN)))
    : policy;
}
