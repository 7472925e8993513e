import { once } from "node:events";
import type { IncomingMessage, ServerResponse } from "node:http";
import { createServer, type Server } from "node:https";
import type { AddressInfo } from "node:net";
import type { Certificates } from "./certificates";

/** A request to a route of an API. */
export interface ApiRequest {
  readonly method: string;
  /** The path, without the query. */
  readonly path: string;
  /** What stood in the path where the route has `:name`. */
  readonly parameters: Readonly<Record<string, string>>;
  readonly query: URLSearchParams;
  readonly headers: Readonly<IncomingMessage["headers"]>;
  readonly body: Buffer;
}

/** An answer: bytes as they are, anything else as JSON. */
export interface ApiAnswer {
  readonly status: number;
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

/**
 * What goes wrong with a request: an answer in the place of the right one; or none, as the connection is dropped
 * before the body is read, which cuts an upload off, or after all was done.
 */
export type Fault = ApiAnswer | "connection dropped" | "connection dropped after it was done";

interface Route {
  readonly method: string;
  readonly path: RegExp;
  readonly isOpen: boolean;
  readonly answer: (request: ApiRequest) => ApiAnswer | Promise<ApiAnswer>;
}

/** An error as JSON:API wants it. */
export function apiError(status: number, title: string): ApiAnswer {
  return { status, body: { errors: [{ status: String(status), title }] } };
}

/** An HTTPS server on this machine, with routes, a token, and faults on demand. */
export class ApiServer {
  private readonly routes: Route[] = [];
  private readonly services: Record<string, string> = {};
  private readonly faults: { readonly method: string; readonly path: RegExp; readonly fault: Fault }[] = [];
  private server: Server | undefined;
  private port = 0;
  /** The requests so far, as `GET /path`, in order. */
  readonly requests: string[] = [];

  /**
   * @param token what a request has to bring as `Authorization: Bearer …`, but to open routes; another one from when
   *   it is replaced
   */
  constructor(
    private readonly certificates: Certificates,
    public token: string,
  ) {
    const json = { "content-type": "application/json" };
    this.route("GET", "/.well-known/terraform.json", () => ({ status: 200, body: this.services, headers: json }), {
      isOpen: true,
    });
  }

  /** Where it listens: `https://localhost:PORT`. */
  get url(): string {
    return `https://${this.host}`;
  }

  /** Its name and port, as Terraform writes a host. */
  get host(): string {
    return `localhost:${this.port}`;
  }

  /**
   * Adds a route.
   *
   * @param method the methods, with `|` between them
   * @param path the path, with `:name` for what may be anything but `/`
   * @param isOpen whether it is answered without the token, as signed addresses are
   */
  route(method: string, path: string, answer: Route["answer"], { isOpen = false } = {}): void {
    const pattern = path.replace(/:(\w+)/g, "(?<$1>[^/]+)");
    for (const each of method.split("|")) {
      this.routes.push({ method: each, path: new RegExp(`^${pattern}$`), isOpen, answer });
    }
  }

  /**
   * Adds services to what the host tells of itself.
   *
   * @see https://developer.hashicorp.com/terraform/internals/remote-service-discovery
   */
  discover(services: Readonly<Record<string, string>>): void {
    Object.assign(this.services, services);
  }

  /** Lets the next request that matches go wrong. */
  failNext(method: string, path: RegExp, fault: Fault): void {
    this.faults.push({ method, path, fault });
  }

  /** Listens: on a port of its own, and on the same one again after a stop. */
  async start(port = this.port): Promise<void> {
    const { key, certificate } = this.certificates;
    this.server = createServer({ key, cert: certificate }, (request, response) => {
      this.handle(request, response).catch((error: unknown) => {
        response.destroy(error instanceof Error ? error : undefined);
      });
    });
    this.server.listen(port, "127.0.0.1");
    await once(this.server, "listening");
    this.port = (this.server.address() as AddressInfo).port;
  }

  /** Stops at once: whoever waits for an answer gets none. What routes have kept stays. */
  async stop(): Promise<void> {
    const { server } = this;
    if (server !== undefined) {
      this.server = undefined;
      server.closeAllConnections();
      server.close();
      await once(server, "close");
    }
  }

  private async handle(message: IncomingMessage, response: ServerResponse): Promise<void> {
    const { pathname, searchParams } = new URL(message.url ?? "/", this.url);
    const method = message.method ?? "";
    this.requests.push(`${method} ${pathname}`);
    const index = this.faults.findIndex((each) => each.method === method && each.path.test(pathname));
    const [failing] = index < 0 ? [] : this.faults.splice(index, 1);
    if (failing?.fault === "connection dropped") {
      message.socket.destroy();
      return;
    }
    const chunks: Buffer[] = [];
    for await (const chunk of message) {
      chunks.push(chunk as Buffer);
    }
    if (typeof failing?.fault === "object") {
      send(response, method, failing.fault);
      return;
    }
    const { headers } = message;
    const body = Buffer.concat(chunks);
    const answer = await this.answerTo({ method, path: pathname, parameters: {}, query: searchParams, headers, body });
    if (failing !== undefined) {
      message.socket.destroy();
      return;
    }
    send(response, method, answer);
  }

  private async answerTo(request: ApiRequest): Promise<ApiAnswer> {
    for (const { method, path, isOpen, answer } of this.routes) {
      const found = method === request.method ? path.exec(request.path) : null;
      if (found !== null) {
        if (!isOpen && request.headers.authorization !== `Bearer ${this.token}`) {
          return apiError(401, "unauthorized");
        }
        const parameters = Object.entries(found.groups ?? {}).map(([name, text]) => [name, decodeURIComponent(text)]);
        return answer({ ...request, parameters: Object.fromEntries(parameters) });
      }
    }
    return apiError(404, "not found");
  }
}

function send(response: ServerResponse, method: string, { status, body, headers = {} }: ApiAnswer): void {
  const bytes = body === undefined || Buffer.isBuffer(body) ? body : Buffer.from(JSON.stringify(body));
  response.writeHead(status, {
    "content-type": Buffer.isBuffer(body) ? "application/octet-stream" : "application/vnd.api+json",
    ...(bytes !== undefined && { "content-length": String(bytes.length) }),
    ...headers,
  });
  response.end(method === "HEAD" ? undefined : bytes);
}
