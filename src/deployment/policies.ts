import { LONGEST_MANAGED_POLICY, MOST_MANAGED_POLICIES } from "../components/deployment-role/inputs";
import type { Phase } from "../components/deployment-role/trust";
import { keyStatement, stateStatements } from "../components/state-bucket/deployer-policy";
import { bucketArn, partitionOf, regionalServiceName, type Statement } from "../policy";
import { Stack } from "../stacks/stack";
import type { State } from "../stacks/state";
import { grantsOf } from "./permissions";
import { DeploymentProblem } from "./problem";
import { type KnownStatement, oneOrMore, statementsOf } from "./statements";

/** The stack of a trail, and where its state is. */
export interface DeployedStack {
  readonly name: string;
  /** The file `cdk.tf.json` of the stack. */
  readonly json: string;
  readonly state: State;
}

/** A policy document of IAM. */
export interface KnownPolicy {
  readonly Version: "2012-10-17";
  readonly Statement: readonly KnownStatement[];
}

/**
 * The policies that whoever plans or applies a stack needs, by name: what Terraform does with the resources that are in
 * it, and with its state. Each is short enough for a managed policy.
 *
 * @throws DeploymentProblem where the calls for a type of resource are not known, or where it would take more policies
 *   than IAM attaches to a role
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html
 */
export function deploymentPolicies(deployed: DeployedStack, phase: Phase): Readonly<Record<string, KnownPolicy>> {
  const stack = new Stack(deployed.json);
  const ofResources = statementsOf(
    stack.resources.flatMap((resource) => grantsOf(resource, stack)),
    phase,
  );
  const state = accessToState(deployed, phase);
  const documents = inShortPolicies(ofResources);
  const policies = [
    ...(state.length === 0 ? [] : [["state", policyOf(state)] as const]),
    ...documents.map((each, index) => [`resources_${index + 1}`, policyOf(each)] as const),
  ];
  if (policies.length > MOST_MANAGED_POLICIES) {
    throw new DeploymentProblem(
      `${deployed.name}: it takes ${policies.length} policies to ${phase} it, and IAM attaches at most ${MOST_MANAGED_POLICIES} to a role; turn some alarms off`,
    );
  }
  return Object.fromEntries(policies);
}

function policyOf(statements: readonly KnownStatement[]): KnownPolicy {
  return { Version: "2012-10-17", Statement: statements };
}

/** What Terraform does with the state itself, where that is in AWS. A plan reads it, and takes its lock as an apply does. */
function accessToState({ name, state: { backend, settings } }: DeployedStack, phase: Phase): readonly KnownStatement[] {
  if (backend !== "s3") {
    return [];
  }
  const { role_arn: role } = (settings.assume_role ?? {}) as { readonly role_arn?: string };
  if (role !== undefined) {
    return [{ Sid: "AssumeRoleOfState", Effect: "Allow", Action: "sts:AssumeRole", Resource: role }];
  }
  const region = settings.region as string;
  const [find, state, lock] = stateStatements(
    bucketArn(partitionOf(region), settings.bucket as string),
    name,
    { state_key: settings.key as string, role_arn: null },
    {},
    phase === "plan" ? "read" : "write",
  );
  const key = settings.kms_key_id as string | undefined;
  const statements: readonly Statement[] = [
    find,
    state,
    ...(settings.use_lockfile === true ? [lock] : []),
    ...(key === undefined ? [] : [keyStatement(regionalServiceName("s3", region), key)]),
  ];
  // Of what is known, everything is.
  return statements as readonly KnownStatement[];
}

/** Statements in as few policies as they fit in, in their order. */
function inShortPolicies(statements: readonly KnownStatement[]): readonly (readonly KnownStatement[])[] {
  const policies: KnownStatement[][] = [];
  for (const statement of statements.flatMap(shortened)) {
    const last = policies.at(-1);
    if (last !== undefined && isShort([...last, statement])) {
      last.push(statement);
    } else {
      policies.push([statement]);
    }
  }
  return policies;
}

/** A statement, or where it is too long for a policy several: each about a part of the resources. */
function shortened(statement: KnownStatement): readonly KnownStatement[] {
  const parts = shortParts(statement, [statement.Resource].flat());
  return parts.length === 1
    ? [statement]
    : parts.map((part, index) => ({
        ...statement,
        Sid: `${statement.Sid}Part${index + 1}`,
        Resource: oneOrMore(part),
      }));
}

/** Resources in parts with each of which the statement fits in a policy. */
function shortParts(statement: KnownStatement, resources: readonly string[]): readonly (readonly string[])[] {
  // The longest name that a part may get is counted in.
  const named = { ...statement, Sid: `${statement.Sid}Part99`, Resource: resources };
  if (resources.length === 1 || isShort([named])) {
    return [resources];
  }
  const middle = Math.ceil(resources.length / 2);
  return [...shortParts(statement, resources.slice(0, middle)), ...shortParts(statement, resources.slice(middle))];
}

function isShort(statements: readonly KnownStatement[]): boolean {
  return JSON.stringify(policyOf(statements)).length <= LONGEST_MANAGED_POLICY;
}
