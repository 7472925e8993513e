import {
  createServer,
  request as httpRequest,
  type IncomingMessage,
  type Server,
  type ServerResponse,
} from "node:http";
import type { AddressInfo } from "node:net";

/** A call of the API of AWS, as it was sent. */
export interface RecordedCall {
  /** The service that it was signed for: `s3`, `monitoring`. */
  readonly service: string;
  readonly region: string;
  readonly method: string;
  /** The path, decoded, without what comes after a question mark. */
  readonly path: string;
  readonly query: URLSearchParams;
  /** The operation, of services that do not tell it by method and path: `CreateTrail`. */
  readonly operation: string | undefined;
  /** What was sent, of services that are sent JSON or forms. */
  readonly input: Readonly<Record<string, unknown>>;
  /** The same as it was sent, of all services. */
  readonly body: string;
  /** What was answered. */
  readonly status: number;
  readonly answer: string;
}

/** Stands between Terraform and an emulator, passes everything on, and records it. */
export class RecordingProxy {
  private recorded: RecordedCall[] = [];

  private constructor(
    private readonly server: Server,
    private readonly target: URL,
  ) {
    server.on("request", (request, response) => this.pass(request, response));
  }

  /** Starts one on a port of its own. */
  static async start(target: string): Promise<RecordingProxy> {
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    return new RecordingProxy(server, new URL(target));
  }

  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  /** What was recorded since the last time. */
  take(): readonly RecordedCall[] {
    const taken = this.recorded;
    this.recorded = [];
    return taken;
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }

  private pass(incoming: IncomingMessage, response: ServerResponse): void {
    const sent: Buffer[] = [];
    incoming.on("data", (chunk: Buffer) => sent.push(chunk));
    incoming.on("end", () => {
      const body = Buffer.concat(sent);
      const { hostname, port } = this.target;
      const { method, url: path, headers } = incoming;
      const outgoing = httpRequest({ hostname, port, method, path, headers }, (answer) => {
        const received: Buffer[] = [];
        answer.on("data", (chunk: Buffer) => received.push(chunk));
        answer.on("end", () => {
          const content = Buffer.concat(received);
          const status = answer.statusCode ?? 0;
          this.recorded.push({ ...callOf(incoming, body), status, answer: content.toString("utf8") });
          response.writeHead(status, answer.headers).end(content);
        });
      });
      // Whoever calls sees the connection break, as it would without the proxy.
      outgoing.on("error", () => response.destroy());
      outgoing.end(body);
    });
  }
}

/** The part of a signature that says for which service and region it is. */
const SCOPE = /Credential=[^/]+\/\d+\/([^/]+)\/([^/]+)\/aws4_request/;

function callOf(
  { method = "GET", url = "/", headers }: IncomingMessage,
  body: Buffer,
): Omit<RecordedCall, "status" | "answer"> {
  const [, region = "", service = ""] = SCOPE.exec(headers.authorization ?? "") ?? [];
  const { pathname, searchParams: query } = new URL(url, "http://127.0.0.1");
  const target = headers["x-amz-target"];
  const input = inputOf(`${headers["content-type"]}`, body);
  const operation = typeof target === "string" ? target.split(".").at(-1) : (input.Action as string | undefined);
  return { service, region, method, path: decodeURIComponent(pathname), query, operation, input, body: `${body}` };
}

function inputOf(type: string, body: Buffer): Readonly<Record<string, unknown>> {
  if (type.startsWith("application/x-amz-json")) {
    return JSON.parse(body.toString("utf8") || "{}") as Readonly<Record<string, unknown>>;
  }
  return type.startsWith("application/x-www-form-urlencoded")
    ? Object.fromEntries(new URLSearchParams(body.toString("utf8")))
    : {};
}
