import { HttpClient } from "../../src/publish";

interface Try {
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  /** What the connection fails with, in the place of an answer. */
  readonly code?: string;
}

/** A client, and what it does where the server answers one after the other. */
function client(...answers: readonly Try[]): {
  readonly http: HttpClient;
  readonly told: string[];
  readonly waits: number[];
  readonly asked: string[];
} {
  const told: string[] = [];
  const waits: number[] = [];
  const asked: string[] = [];
  const left = [...answers];
  jest.spyOn(globalThis, "fetch").mockImplementation(async (url) => {
    asked.push(String(url));
    const { status = 200, headers = {}, code } = left.shift() ?? {};
    if (code !== undefined) {
      throw Object.assign(new TypeError("fetch failed"), { cause: Object.assign(new Error("the reason"), { code }) });
    }
    return new Response("body", { status, headers });
  });
  const http = new HttpClient({
    tell: (line) => told.push(line),
    wait: async (milliseconds) => waits.push(milliseconds),
  });
  return { http, told, waits, asked };
}

const GET = { method: "GET", url: new URL("https://a.test/versions?token=x") } as const;

afterEach(() => {
  jest.restoreAllMocks();
});

describe("a request", () => {
  test("is made once where it is answered", async () => {
    const { http, told, asked } = client({ status: 404 });
    expect(await http.request(GET)).toMatchObject({ status: 404, body: Buffer.from("body") });
    expect(told).toEqual([]);
    expect(asked).toHaveLength(1);
  });

  test.each<[string, Try, string]>([
    ["is busy", { status: 429 }, "was answered with 429"],
    ["has a fault", { status: 503 }, "was answered with 503"],
    ["drops the connection", { code: "ECONNRESET" }, "had no answer: ECONNRESET the reason"],
    ["is not there", { code: "ECONNREFUSED" }, "had no answer: ECONNREFUSED the reason"],
  ])("is made again where the server %s", async (_, fault, reason) => {
    const { http, told } = client(fault, fault);
    expect(await http.request(GET)).toMatchObject({ status: 200 });
    expect(told).toEqual([
      expect.stringMatching(/; trying again in 0\.[2-5] s$/),
      expect.stringMatching(/; trying again in (0\.[5-9]|1\.0) s$/),
    ]);
    expect(told[0]).toContain(`GET https://a.test/versions: ${reason}`);
  });

  test.each<[string, Readonly<Record<string, string>>, number]>([
    ["in seconds", { "retry-after": "7" }, 7000],
    ["by a limit of the rate", { "x-ratelimit-reset": "0.4" }, 400],
    ["for too long", { "retry-after": "86400" }, 60_000],
    ["in the past", { "retry-after": "Wed, 21 Oct 2015 07:28:00 GMT" }, 0],
  ])("waits as the server says %s", async (_, headers, expected) => {
    const { http, waits } = client({ status: 429, headers });
    await http.request(GET);
    expect(waits).toEqual([expected]);
  });

  test("waits longer each time, and then gives up", async () => {
    const { http, waits, asked } = client(...Array.from({ length: 9 }, () => ({ status: 500 })));
    await expect(http.request(GET)).rejects.toThrow("GET https://a.test/versions: was answered with 500, 6 times");
    expect(asked).toHaveLength(6);
    for (const [index, milliseconds] of waits.entries()) {
      expect(milliseconds).toBeGreaterThanOrEqual(250 * 2 ** index);
      expect(milliseconds).toBeLessThanOrEqual(500 * 2 ** index);
    }
  });

  test("is not made again where the certificate is wrong", async () => {
    const { http, asked } = client({ code: "SELF_SIGNED_CERT_IN_CHAIN" });
    await expect(http.request(GET)).rejects.toThrow("SELF_SIGNED_CERT_IN_CHAIN");
    expect(asked).toHaveLength(1);
  });

  test("that must not be made twice is looked after first", async () => {
    const { http, told, asked } = client({ code: "ECONNRESET" });
    const answer = await http.request({
      method: "POST",
      url: new URL("https://a.test/x"),
      wentThrough: async () => true,
    });
    expect(answer).toBeUndefined();
    expect(asked).toHaveLength(1);
    expect(told.at(-1)).toBe("POST https://a.test/x: went through");
  });

  test("that a busy server refused is made again without a look", async () => {
    const { http } = client({ status: 429 });
    const wentThrough = jest.fn(async () => true);
    expect(await http.request({ method: "POST", url: new URL("https://a.test/x"), wentThrough })).toMatchObject({
      status: 200,
    });
    expect(wentThrough).not.toHaveBeenCalled();
  });

  test("to a signed address tells the host alone", async () => {
    const { http, told } = client({ status: 500 });
    await http.request({
      method: "PUT",
      url: new URL("https://a.test/v1/object/secret?signature=secret"),
      isSigned: true,
    });
    expect(told[0]).toContain("PUT https://a.test/…: ");
    expect(told.join()).not.toContain("secret");
  });

  test("without TLS is not made", async () => {
    const { http, asked } = client();
    await expect(http.request({ method: "GET", url: new URL("http://a.test/x") })).rejects.toThrow(
      "http://a.test/x: is no https:// address, and nothing is sent without TLS",
    );
    expect(asked).toEqual([]);
  });
});
