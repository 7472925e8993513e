import { TerraformBackend, type TerraformRemoteState } from "cdktf";
import type { Construct } from "constructs";
import { forCdktf } from "../placement";
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

  override toTerraform(): object {
    const { backend } = this.state;
    const settings = forCdktf(this.state.settings);
    return { terraform: backend === "cloud" ? { cloud: settings } : { backend: { [backend]: settings } } };
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
