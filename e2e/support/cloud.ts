import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ApiServer } from "../servers/api-server";
import { Certificates } from "../servers/certificates";
import { TerraformCloud } from "../servers/terraform-cloud";

/** Long and odd enough that it can be looked for in what is written. */
const TOKEN = "the-token-of-a-person-5f1c8e2a";

/** The stand-in for HCP Terraform with its server, as people reach it. */
export class Cloud {
  readonly token = TOKEN;
  private readonly folder = mkdtempSync(join(tmpdir(), "audit-trail-cloud-"));

  private constructor(
    private readonly certificates: Certificates,
    readonly server: ApiServer,
    readonly terraform: TerraformCloud,
  ) {}

  /** @param runEnvironment the environment in which remote runs reach an account */
  static async start(runEnvironment: Readonly<Record<string, string>>): Promise<Cloud> {
    const certificates = new Certificates();
    const server = new ApiServer(certificates, TOKEN);
    const terraform = new TerraformCloud(server, "acme", runEnvironment);
    await server.start();
    return new Cloud(certificates, server, terraform);
  }

  /** What a configuration says to keep its state in a workspace. */
  stateIn(workspace: string): string {
    const { host } = this.server;
    return `cloud: { hostname: "${host}", organization: "acme", workspace: { name: "${workspace}" } }`;
  }

  /** The environment in which Terraform trusts the server, and has a token for it. */
  environment(token = TOKEN): Readonly<Record<string, string>> {
    const settings = join(this.folder, `${token}.tfrc`);
    writeFileSync(settings, `credentials "${this.server.host}" {\n  token = "${token}"\n}\n`);
    return { ...this.certificates.environment, TF_CLI_CONFIG_FILE: settings };
  }

  async stop(): Promise<void> {
    await this.server.stop();
    this.certificates.remove();
    rmSync(this.folder, { recursive: true, force: true });
  }
}
