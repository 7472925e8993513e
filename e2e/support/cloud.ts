import { join } from "node:path";
import type { Workspace } from "../../__tests__/terraform/support/workspace";
import { ApiServer } from "../servers/api-server";
import { Certificates } from "../servers/certificates";
import { TerraformCloud } from "../servers/terraform-cloud";

/** Long and odd enough that it can be looked for in what is written. */
const TOKEN = "the-token-of-a-person-5f1c8e2a";

/** The stand-in for HCP Terraform with its server, as a test reaches it. */
export class Cloud {
  readonly certificates = new Certificates();
  readonly server = new ApiServer(this.certificates, TOKEN);
  readonly token = TOKEN;
  readonly terraform: TerraformCloud;

  /** @param runEnvironment the environment in which remote runs reach an account */
  constructor(runEnvironment: Readonly<Record<string, string>>) {
    this.terraform = new TerraformCloud(this.server, "acme", runEnvironment);
  }

  /** The state of a configuration that is kept in a workspace. */
  stateIn(workspace: string): string {
    return `{ cloud: { hostname: "${this.server.host}", organization: acme, workspace: { name: ${workspace} } } }`;
  }

  /** What Terraform has to know in a folder: whom to trust, and the token. */
  environmentIn(path: string): Readonly<Record<string, string>> {
    return { ...this.certificates.environment, TF_CLI_CONFIG_FILE: join(path, "terraformrc") };
  }

  /** Writes a token for the server where Terraform in a folder looks for it. */
  writeToken(workspace: Workspace, token = TOKEN): void {
    workspace.write({ terraformrc: `credentials "${this.server.host}" {\n  token = "${token}"\n}\n` });
  }

  async stop(): Promise<void> {
    await this.server.stop();
    this.certificates.remove();
  }
}
