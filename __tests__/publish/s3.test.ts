import { ArchiveLayout, S3Target, versionNamed } from "../../src/publish";
import type { PackedRelease } from "../../src/publish/release";
import { S3Server } from "../support/s3-server";

test("where S3 knows no If-None-Match, it is looked first, and that is said", async () => {
  const server = new S3Server(({ isConditional }) => (isConditional ? { status: 501 } : undefined));
  const told: string[] = [];
  await server.start();
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
  }
});
