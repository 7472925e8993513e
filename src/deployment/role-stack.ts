import { withOwnerTag } from "../audit-trail/owner-tag";
import type { DeploymentRoleProps } from "../components/deployment-role/deployment-role";
import type { Phase } from "../components/deployment-role/trust";
import type { ConfiguredTrail } from "../configuration";
import { deploymentRoleStackJson, deploymentRoleStackName, placeOfState, stateBeside } from "../stacks";
import { deploymentPolicies } from "./policies";
import { DeploymentProblem } from "./problem";

/**
 * The stack of the roles that deploy a trail, as Terraform reads it: who may assume them by the configuration, and what
 * they may do by the stack of the trail.
 *
 * @param json the file `cdk.tf.json` of the stack of the trail
 * @param others all trails of the configuration
 * @throws DeploymentProblem where there are none in the configuration, or its state has no place beside that of the trail
 */
export function roleStackJson(trail: ConfiguredTrail, json: string, others: readonly ConfiguredTrail[]): string {
  const { name, inputs, deploymentRole } = trail;
  if (deploymentRole === null) {
    throw new DeploymentProblem(`the trail ${name} has no deployment_role: say there who deploys it`);
  }
  const { tags = {}, owner } = inputs as { readonly tags?: Readonly<Record<string, string>>; readonly owner: string };
  const policies = (phase: Phase): Readonly<Record<string, string>> =>
    Object.fromEntries(
      Object.entries(deploymentPolicies({ name, json, state: trail.state }, phase)).map(([policy, document]) => [
        policy,
        JSON.stringify(document),
      ]),
    );
  return deploymentRoleStackJson({
    trail: name,
    state: stateOfRoles(trail, others),
    inputs: {
      accountId: inputs.accountId,
      region: inputs.region,
      ...deploymentRole,
      planPolicies: policies("plan"),
      applyPolicies: policies("apply"),
      tags: withOwnerTag(tags, owner),
    } as unknown as DeploymentRoleProps,
  });
}

function stateOfRoles({ name, state }: ConfiguredTrail, others: readonly ConfiguredTrail[]) {
  const stack = deploymentRoleStackName(name);
  const beside = stateBeside(state, stack);
  if (beside === undefined) {
    throw new DeploymentProblem(
      `the trail ${name}: of its state, ${state.backend}, no place for a further one is known; call the module terraform-aws-deployment-role instead, with what audit-trail deployment-policy prints`,
    );
  }
  const place = placeOfState(beside, stack);
  const rival = others.find((other) => placeOfState(other.state, other.name) === place);
  if (rival !== undefined) {
    throw new DeploymentProblem(
      `the trail ${rival.name} must not have the state of the roles that deploy ${name}, or each destroys the other`,
    );
  }
  return beside;
}
