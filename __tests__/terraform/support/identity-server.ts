import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";

/** The account that the server says every credential belongs to. */
export const ACCOUNT_ID = "111122223333";

const ASSUMED_ROLE = `<AssumeRoleResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><AssumeRoleResult>
  <Credentials><AccessKeyId>test</AccessKeyId><SecretAccessKey>test</SecretAccessKey><SessionToken>test</SessionToken>
  <Expiration>2100-01-01T00:00:00Z</Expiration></Credentials></AssumeRoleResult></AssumeRoleResponse>`;

/** Answers STS GetCallerIdentity and AssumeRole, the only calls that a plan of new resources makes. */
export class IdentityServer {
  private constructor(private readonly server: Server) {}

  static async start(): Promise<IdentityServer> {
    const server = createServer((request, response) => {
      const chunks: Buffer[] = [];
      request
        .on("data", (chunk: Buffer) => chunks.push(chunk))
        .on("end", () => {
          if (Buffer.concat(chunks).includes("Action=AssumeRole")) {
            response.setHeader("content-type", "text/xml").end(ASSUMED_ROLE);
            return;
          }
          response.setHeader("content-type", "text/xml").end(
            `<GetCallerIdentityResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><GetCallerIdentityResult>
            <Arn>arn:aws:iam::${ACCOUNT_ID}:user/test</Arn><UserId>TEST</UserId><Account>${ACCOUNT_ID}</Account>
          </GetCallerIdentityResult></GetCallerIdentityResponse>`,
          );
        });
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    return new IdentityServer(server);
  }

  /** The environment in which the AWS provider asks this server. */
  get environment(): Readonly<Record<string, string>> {
    const { port } = this.server.address() as AddressInfo;
    return {
      AWS_ENDPOINT_URL_STS: `http://127.0.0.1:${port}`,
      AWS_ACCESS_KEY_ID: "test",
      AWS_SECRET_ACCESS_KEY: "test",
      AWS_EC2_METADATA_DISABLED: "true",
    };
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }
}
