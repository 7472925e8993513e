import type { Construct } from "constructs";
import { DeploymentRole, type DeploymentRoleProps } from "../components/deployment-role/deployment-role";
import { inTemporaryApp } from "../placement";
import { AccountStack } from "./account-stack";
import { STACK_JSON, stackOfFile } from "./stack-files";
import type { State } from "./state";
import { describesStack } from "./written-stacks";

/** What the stack of the roles that deploy a trail is made of. */
export interface DeploymentRoleStackProps {
  /** The name of the trail. */
  readonly trail: string;
  readonly inputs: DeploymentRoleProps;
  readonly state: State;
}

/** The name of the stack with the roles that deploy a trail. */
export function deploymentRoleStackName(trail: string): string {
  return `${trail}-deployment-role`;
}

/**
 * The roles that deploy a trail, in a Terraform stack of their own: an administrator applies it, and no role may change
 * what it may do itself.
 */
export class DeploymentRoleStack extends AccountStack {
  constructor(scope: Construct, { trail, inputs, state }: DeploymentRoleStackProps) {
    super(scope, deploymentRoleStackName(trail), {
      accountId: inputs.accountId,
      region: inputs.region,
      state,
    });
    this.giveOutputs(new DeploymentRole(this, "Default", inputs, { accountCheck: "provider" }));
  }
}

/** The stack of the roles as Terraform reads it. Writes nothing. */
export function deploymentRoleStackJson(props: DeploymentRoleStackProps): string {
  const terraform = inTemporaryApp((app) => new DeploymentRoleStack(app, props).toTerraform());
  return `${JSON.stringify(terraform, null, 2)}\n`;
}

/** Whether a file was written for the roles that deploy a trail: then it may be replaced or removed. */
export function isOfDeploymentRole(content: string, path: string): boolean {
  const trail = stackOfFile(path, STACK_JSON);
  return (
    trail !== undefined &&
    describesStack(deploymentRoleStackName(trail), content, ({ resource }) => {
      const { plan, apply } = resource?.aws_iam_role ?? {};
      return plan !== undefined && apply !== undefined;
    })
  );
}
