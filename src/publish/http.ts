import { setTimeout as sleep } from "node:timers/promises";
import { LARGEST_ARCHIVE } from "./archive";
import { PublishProblem } from "./problem";

/** A request. */
export interface HttpRequest {
  readonly method: "GET" | "POST" | "PUT" | "DELETE";
  readonly url: URL;
  readonly body?: Buffer;
  readonly headers?: Readonly<Record<string, string>>;
  /** Whether whoever knows the address needs no token, so that it must not be told. */
  readonly isSigned?: boolean;
  /**
   * Looks whether a request whose answer was lost went through, for requests that must not be made twice. Without it, the
   * request is made again.
   */
  readonly wentThrough?: () => Promise<boolean>;
}

/** An answer. A request whose answer was lost, and which went through, has none. */
export interface HttpAnswer {
  readonly status: number;
  readonly headers: Headers;
  readonly body: Buffer;
}

/** What a client needs of the world; another one in tests. */
export interface HttpMeans {
  /** Says that something is tried again, and why. */
  tell(line: string): void;
  /** Waits. Unit: milliseconds. */
  wait?(milliseconds: number): Promise<unknown>;
}

const MOST_ATTEMPTS = 6;

/** The wait before the second attempt, which doubles from there on. Unit: milliseconds. */
const FIRST_WAIT = 500;

/** The longest wait that a server may ask for. Unit: milliseconds. */
const LONGEST_WAIT = 60_000;

/** How long a server may take to answer. Unit: milliseconds. */
const PATIENCE = 120_000;

/** Of TLS: what is wrong with a certificate is wrong with it the next time, too. */
const OF_CERTIFICATES = /^(ERR_TLS_|CERT_|UNABLE_TO_|DEPTH_ZERO_|SELF_SIGNED_|HOSTNAME_MISMATCH)/;

/** Speaks HTTPS with a server that may be busy, or away for a while. */
export class HttpClient {
  constructor(private readonly means: HttpMeans) {}

  /**
   * Makes a request, several times where the server is busy or does not answer.
   *
   * @returns the answer; undefined where it was lost, and the request went through
   * @throws PublishProblem where there is none
   */
  async request(request: HttpRequest): Promise<HttpAnswer | undefined> {
    const named = `${request.method} ${toldUrl(request)}`;
    for (let attempt = 1; ; attempt++) {
      const outcome = await this.attempt(request);
      if ("answer" in outcome && !isBusy(outcome.answer.status)) {
        return outcome.answer;
      }
      const reason = "answer" in outcome ? `was answered with ${outcome.answer.status}` : outcome.reason;
      if (attempt === MOST_ATTEMPTS || ("isFinal" in outcome && outcome.isFinal)) {
        throw new PublishProblem(`${named}: ${reason}${attempt === 1 ? "" : `, ${attempt} times`}`);
      }
      // A busy server that says so has done nothing; of any other fault nobody knows.
      const isRefused = "answer" in outcome && outcome.answer.status === 429;
      const pause = "answer" in outcome ? waitAskedFor(outcome.answer.headers) : undefined;
      const milliseconds = pause ?? FIRST_WAIT * 2 ** (attempt - 1) * (0.5 + Math.random() / 2);
      this.means.tell(`${named}: ${reason}; trying again in ${(milliseconds / 1000).toFixed(1)} s`);
      await (this.means.wait ?? sleep)(milliseconds);
      if (!isRefused && request.wentThrough !== undefined && (await request.wentThrough())) {
        this.means.tell(`${named}: went through`);
        return undefined;
      }
    }
  }

  private async attempt(
    request: HttpRequest,
  ): Promise<{ readonly answer: HttpAnswer } | { readonly reason: string; readonly isFinal: boolean }> {
    const { method, url, body, headers = {} } = request;
    if (url.protocol !== "https:") {
      throw new PublishProblem(`${toldUrl(request)}: is no https:// address, and nothing is sent without TLS`);
    }
    try {
      const response = await fetch(url, {
        method,
        headers: { "user-agent": "audit-trail", ...headers },
        redirect: "manual",
        signal: AbortSignal.timeout(PATIENCE),
        ...(body === undefined ? {} : { body: new Uint8Array(body) }),
      });
      return { answer: { status: response.status, headers: response.headers, body: await bodyOf(response, request) } };
    } catch (error) {
      if (error instanceof PublishProblem) {
        throw error;
      }
      const { code = "", message } = causeOf(error);
      return {
        reason: `had no answer: ${code === "" ? message : `${code} ${message}`}`,
        isFinal: OF_CERTIFICATES.test(code),
      };
    }
  }
}

/** What lies behind the error of fetch, which itself says that it failed. */
function causeOf(error: unknown): NodeJS.ErrnoException {
  const { cause } = error as Error;
  return cause instanceof Error ? (cause as NodeJS.ErrnoException) : (error as NodeJS.ErrnoException);
}

async function bodyOf(response: Response, request: HttpRequest): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  const reader = response.body?.getReader();
  for (let next = await reader?.read(); next?.value !== undefined; next = await reader?.read()) {
    const chunk: Uint8Array = next.value;
    length += chunk.length;
    if (length > LARGEST_ARCHIVE) {
      throw new PublishProblem(`${toldUrl(request)}: has more than ${LARGEST_ARCHIVE} bytes, which no module has`);
    }
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

function isBusy(status: number): boolean {
  return status === 429 || status >= 500;
}

/** How long a server wants to be left alone. */
function waitAskedFor(headers: Headers): number | undefined {
  const after = headers.get("retry-after");
  const seconds = after === null ? Number(headers.get("x-ratelimit-reset") ?? "none") : secondsIn(after);
  return Number.isFinite(seconds) ? Math.min(Math.max(seconds * 1000, 0), LONGEST_WAIT) : undefined;
}

/** Retry-After has seconds, or a date. */
function secondsIn(after: string): number {
  return /^[0-9.]+$/.test(after) ? Number(after) : (Date.parse(after) - Date.now()) / 1000;
}

/** An address as it may be told. */
function toldUrl({ url: { protocol, host, pathname }, isSigned = false }: HttpRequest): string {
  return `${protocol}//${host}${isSigned ? "/…" : pathname}`;
}

/**
 * Reads an address that somebody else says.
 *
 * @param base where it is said: the address may be relative to that
 * @throws PublishProblem where it is none; it is not told, as whoever knows it may need no token
 */
export function addressFrom(said: string, base: URL, what: string): URL {
  if (!URL.canParse(said, base)) {
    throw new PublishProblem(`${base.host}: says something that is no address, for ${what}`);
  }
  return new URL(said, base);
}
