import { BucketReader } from "../../src/state";
import { type S3Fault, type S3Request, S3Server } from "../support/s3-server";

const target = {
  bucket: "states",
  region: "eu-central-1",
  accountId: "111122223333",
  provider: { profile: null, role_arn: null },
};

type Outcome = Awaited<ReturnType<BucketReader["tryLock"]>>;

/** Tries the lock as often as is said, at once, on a server with a fault. */
async function tried(
  fault: (request: S3Request) => S3Fault | undefined,
  times = 1,
): Promise<{ readonly outcomes: readonly Outcome[]; readonly server: S3Server }> {
  const server = new S3Server(fault);
  await server.start();
  const readers = Array.from({ length: times }, () => new BucketReader(target));
  try {
    return { outcomes: await Promise.all(readers.map((reader) => reader.tryLock())), server };
  } finally {
    for (const reader of readers) {
      reader.close();
    }
    await server.stop();
  }
}

/** Answers with a status to the request of a method that has a number among them, from one. */
function failing(method: string, number: number, fault: S3Fault): (request: S3Request) => S3Fault | undefined {
  let count = 0;
  return (request) => (request.method === method && ++count === number ? fault : undefined);
}

test("a lock is taken once, refused once, and given back", async () => {
  const { outcomes, server } = await tried(() => undefined);
  expect(outcomes).toEqual([{ value: "once" }]);
  expect(server.requests.map(({ method }) => method)).toEqual(["PUT", "PUT", "DELETE"]);
  expect(server.requests.every(({ key }) => key.endsWith(".tflock"))).toBe(true);
  expect(server.objects.size).toBe(0);
});

test("two who try a lock at once do not disturb each other", async () => {
  const { outcomes, server } = await tried(() => undefined, 2);
  expect(outcomes).toEqual([{ value: "once" }, { value: "once" }]);
  expect(server.objects.size).toBe(0);
});

test("a lock that a storage gives to two is found out, and given back", async () => {
  const { outcomes, server } = await tried(({ method }) =>
    method === "PUT" ? { status: 200, isDone: true } : undefined,
  );
  expect(outcomes).toEqual([{ value: "twice" }]);
  expect(server.objects.size).toBe(0);
});

test.each<[string, (request: S3Request) => S3Fault | undefined]>([
  ["as the first answer is lost", failing("PUT", 1, { status: 503, isDone: true })],
  ["as S3 is busy the second time", failing("PUT", 2, { status: 503 })],
])("a lock of which nothing is known, %s, is not left behind", async (_, fault) => {
  const { outcomes, server } = await tried(fault);
  expect(outcomes).toEqual([{ error: expect.any(String) }]);
  expect(server.objects.size).toBe(0);
});

test("a lock that cannot be given back is told", async () => {
  const { outcomes } = await tried(failing("DELETE", 1, { status: 403 }));
  expect(outcomes).toEqual([{ error: expect.any(String) }]);
});
