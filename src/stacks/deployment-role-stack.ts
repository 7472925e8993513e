import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { App, TerraformOutput, TerraformStack } from "cdktf";
import type { Construct } from "constructs";
import { DeploymentRole, type DeploymentRoleProps } from "../components/deployment-role/deployment-role";
import { AWS_PROVIDER, outputValue, TERRAFORM_VERSION } from "../placement";
import { STACK_JSON, stackOfFile } from "./stack-files";
import { type State, terraformForState } from "./state";
import { StateBackend } from "./state-backend";
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
export class DeploymentRoleStack extends TerraformStack {
  constructor(scope: Construct, { trail, inputs, state }: DeploymentRoleStackProps) {
    super(scope, deploymentRoleStackName(trail));
    new StateBackend(this, state);
    new AwsProvider(this, "aws", {
      region: inputs.region as string,
      // Credentials of another account are refused before anything is made.
      allowedAccountIds: [inputs.accountId as string],
    });
    this.addOverride("terraform.required_providers.aws", AWS_PROVIDER);
    this.addOverride("terraform.required_version", terraformForState(state) ?? TERRAFORM_VERSION);

    const role = new DeploymentRole(this, "Default", inputs, { accountCheck: "provider" });
    for (const [name, output] of Object.entries(role.outputs).filter(([, { value }]) => value !== null)) {
      const { description } = DeploymentRole.definition.outputs[name as keyof typeof role.outputs];
      new TerraformOutput(this, name, { value: outputValue(output), description, staticId: true });
    }
  }

  /** There is no other stack to refer to. */
  override prepareStack(): void {}
}

/** The stack of the roles as Terraform reads it. Writes nothing. */
export function deploymentRoleStackJson(props: DeploymentRoleStackProps): string {
  const stack = new DeploymentRoleStack(new App({ outdir: ".", stackTraces: false }), props);
  return `${JSON.stringify(stack.toTerraform(), null, 2)}\n`;
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
