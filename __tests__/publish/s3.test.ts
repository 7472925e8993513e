import { once } from "node:events";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { ArchiveLayout, S3Target, versionNamed } from "../../src/publish";
import type { PackedRelease } from "../../src/publish/release";

/** A server of S3 that knows no If-None-Match. */
class OldServer {
  readonly objects = new Map<string, Buffer>();
  private readonly server: Server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) {
      chunks.push(chunk as Buffer);
    }
    const key = new URL(request.url ?? "/", "http://localhost").pathname;
    const isConditional = request.headers["if-none-match"] !== undefined;
    if (request.method === "PUT" && !isConditional) {
      this.objects.set(key, Buffer.concat(chunks));
    }
    const status = request.method === "PUT" ? (isConditional ? 501 : 200) : this.objects.has(key) ? 200 : 404;
    response.writeHead(status).end();
  });

  async start(): Promise<string> {
    this.server.listen(0, "127.0.0.1");
    await once(this.server, "listening");
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    this.server.close();
    await once(this.server, "close");
  }
}

test("where S3 knows no If-None-Match, it is looked first, and that is said", async () => {
  const before = { ...process.env };
  const server = new OldServer();
  const told: string[] = [];
  Object.assign(process.env, {
    AWS_ENDPOINT_URL: await server.start(),
    AWS_ACCESS_KEY_ID: "nobody",
    AWS_SECRET_ACCESS_KEY: "nobody",
    AWS_MAX_ATTEMPTS: "1",
  });
  const layout = new ArchiveLayout("acme", { name: "audit-trail", provider: "aws" });
  const target = new S3Target({
    bucket: "acme-modules",
    region: "eu-central-1",
    prefix: "",
    layout,
    tell: (line) => told.push(line),
  });
  try {
    const release = { version: versionNamed("1.0.0"), archive: Buffer.from("content") } as PackedRelease;
    await target.put(release);
    expect([...server.objects.keys()]).toEqual([`/acme-modules/${layout.pathOf("1.0.0")}`]);
    expect(told).toEqual([expect.stringContaining("this server knows no If-None-Match")]);
    await expect(target.put(release)).rejects.toThrow(
      "was published by somebody else at the same time; that one stays",
    );
  } finally {
    target.close();
    await server.stop();
    process.env = before;
  }
});
