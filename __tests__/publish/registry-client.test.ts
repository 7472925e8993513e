import { HttpClient, PublishProblem, RegistryClient } from "../../src/publish";

interface Answer {
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: object;
}

/** A client of a registry that answers so to the paths that begin so. */
function client(
  answers: Readonly<Record<string, Answer>>,
  services?: Readonly<Record<string, string>>,
): RegistryClient {
  jest.spyOn(globalThis, "fetch").mockImplementation(async (url) => {
    const { pathname } = new URL(String(url));
    const found = Object.entries(answers).find(([path]) => pathname.startsWith(path))?.[1];
    const { status = 200, headers = {}, body = {} } = found ?? {};
    return new Response(JSON.stringify(body), { status, headers });
  });
  return new RegistryClient(
    new HttpClient({ tell: () => undefined }),
    "a.test",
    "acme",
    { name: "audit-trail", provider: "aws" },
    { value: "secret", from: "here" },
    services,
  );
}

afterEach(() => {
  jest.restoreAllMocks();
});

const SERVICES = { "tfe.v2": "/api/v2/", "modules.v1": "/modules/" };
const SAYS_SO = { "/.well-known/terraform.json": { body: SERVICES } };
const NO_ADDRESS = "https://[t0ken";

test.each<[string, () => Promise<unknown>, string]>([
  [
    "the host says of its services",
    () => client({ "/.well-known": { body: { ...SERVICES, "tfe.v2": NO_ADDRESS } } }).versions(),
    "a.test: says something that is no address, for tfe.v2",
  ],
  [
    "the CLI configuration says of services",
    () => client({}, { ...SERVICES, "modules.v1": NO_ADDRESS }).versions(),
    "a.test: says something that is no address, for modules.v1",
  ],
  [
    "the registry says of an upload",
    () =>
      client({ ...SAYS_SO, "/api/v2/": { body: { data: { links: { upload: NO_ADDRESS } } } } }).makeVersion(
        "1.0.0",
        undefined,
      ),
    "a.test: says something that is no address, for the archive of 1.0.0",
  ],
  [
    "the registry says of a download",
    () => client({ ...SAYS_SO, "/modules/": { headers: { "x-terraform-get": NO_ADDRESS } } }).download("1.0.0"),
    "a.test: says something that is no address, for the archive of 1.0.0",
  ],
  [
    "an archive is redirected to",
    () =>
      client({
        ...SAYS_SO,
        "/modules/": { headers: { "x-terraform-get": "/archive" } },
        "/archive": { status: 302, headers: { location: NO_ADDRESS } },
      }).download("1.0.0"),
    "a.test: says something that is no address, for the archive of 1.0.0",
  ],
])("what is no address is told, and not what it is, where %s", async (_, ask, message) => {
  const error: Error = await ask().then(
    () => new Error("nothing is told"),
    (told) => told,
  );
  expect(error).toBeInstanceOf(PublishProblem);
  expect(error.message).toBe(message);
});
