import { ArchiveLayout, parseVersion, S3Target } from "../../src/publish";
import type { PackedRelease } from "../../src/publish/release";
import { S3Server } from "../support/s3-server";

const layout = new ArchiveLayout("acme", { name: "audit-trail", provider: "aws" });
const release = { version: parseVersion("1.0.0"), archive: Buffer.from("content") } as PackedRelease;

/** Publishes to a bucket on a server. */
async function publishing(
  server: S3Server,
  run: (target: S3Target, told: readonly string[]) => Promise<void>,
): Promise<void> {
  await server.start();
  const told: string[] = [];
  const tell = (line: string): number => told.push(line);
  const target = new S3Target({ bucket: "acme-modules", region: "eu-central-1", prefix: "", layout, tell });
  try {
    await run(target, told);
  } finally {
    target.close();
    await server.stop();
  }
}

test("where S3 knows no If-None-Match, it is looked first, and that is said", async () => {
  const server = new S3Server(({ isConditional }) => (isConditional ? { status: 501 } : undefined));
  await publishing(server, async (target, told) => {
    await target.put(release);
    expect([...server.objects.keys()]).toEqual([`/acme-modules/${layout.pathOf("1.0.0")}`]);
    expect(told).toEqual([expect.stringContaining("this server knows no If-None-Match")]);
    await expect(target.put(release)).rejects.toThrow(
      "was published by somebody else at the same time; that one stays",
    );
  });
});

test("a bucket in another region is refused, with the region that it is in", async () => {
  const server = new S3Server(({ region }) =>
    region === "eu-west-1" ? undefined : { status: 301, headers: { "x-amz-bucket-region": "eu-west-1" } },
  );
  await publishing(server, async (target) => {
    await expect(target.look()).rejects.toThrow("s3://acme-modules: is not in eu-central-1: say --region eu-west-1");
    await expect(target.put(release)).rejects.toThrow("say --region eu-west-1");
    expect(server.objects.size).toBe(0);
  });
});
