import { TerraformBackend, type TerraformRemoteState } from "cdktf";
import type { Construct } from "constructs";
import type { State } from "./state";

/**
 * The backend of a stack, from the settings of its configuration.
 *
 * cdktf's own classes know neither the lock file of S3 nor tags as a map. Without a backend, cdktf would add a local
 * one with an absolute path.
 */
export class StateBackend extends TerraformBackend {
  constructor(
    scope: Construct,
    private readonly state: State,
  ) {
    super(scope, "backend", state.backend);
  }

  /** The settings as they are: in JSON, Terraform takes those of a backend literally, and would keep an escape. */
  override toTerraform(): object {
    const { backend, settings } = this.state;
    return { terraform: backend === "cloud" ? { cloud: settings } : { backend: { [backend]: settings } } };
  }

  /** cdktf would leave out the settings, and with them the place of the state. */
  override toHclTerraform(): object {
    throw new Error(
      "the stacks of audit trails are written as JSON: run cdktf without --hcl; the modules that `audit-trail generate` writes are HCL",
    );
  }

  /** What the cdktf command reads to know where a stack runs. */
  override toMetadata(): object {
    const { backend } = this.state;
    return backend === "cloud" ? { backend, cloud: backend } : { backend };
  }

  override getRemoteStateDataSource(): TerraformRemoteState {
    throw new Error("stacks of audit trails do not refer to each other");
  }
}
