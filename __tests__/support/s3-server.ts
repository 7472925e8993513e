import { once } from "node:events";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";

/** What a server is asked. */
export interface S3Request {
  readonly method: string;
  /** With the bucket before it. */
  readonly key: string;
  /** Whether an object is to be put only where there is none. */
  readonly isConditional: boolean;
  /** The region for which it is signed. */
  readonly region: string | undefined;
}

/** What it answers with, in place of what S3 would. */
export interface S3Fault {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  /** Whether it is done all the same, as where an answer is lost. */
  readonly isDone?: boolean;
}

/** A server on this machine that keeps objects as S3 does, and has the faults of a test. The environment leads there. */
export class S3Server {
  readonly objects = new Map<string, Buffer>();
  readonly requests: S3Request[] = [];
  private readonly environment = { ...process.env };
  private readonly server: Server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) {
      chunks.push(chunk as Buffer);
    }
    const asked: S3Request = {
      method: request.method ?? "",
      key: new URL(request.url ?? "/", "http://localhost").pathname,
      isConditional: request.headers["if-none-match"] !== undefined,
      region: /Credential=[^/]+\/[^/]+\/([^/]+)/.exec(request.headers.authorization ?? "")?.[1],
    };
    this.requests.push(asked);
    const fault = this.fault(asked);
    const done = fault === undefined || fault.isDone === true ? this.done(asked, Buffer.concat(chunks)) : 0;
    response.writeHead(fault?.status ?? done, fault?.headers ?? {}).end();
  });

  constructor(private readonly fault: (request: S3Request) => S3Fault | undefined = () => undefined) {}

  async start(): Promise<void> {
    this.server.listen(0, "127.0.0.1");
    await once(this.server, "listening");
    Object.assign(process.env, {
      AWS_ENDPOINT_URL: `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`,
      AWS_ACCESS_KEY_ID: "nobody",
      AWS_SECRET_ACCESS_KEY: "nobody",
      AWS_MAX_ATTEMPTS: "1",
    });
  }

  async stop(): Promise<void> {
    process.env = { ...this.environment };
    this.server.closeAllConnections();
    this.server.close();
    await once(this.server, "close");
  }

  /** Does what is asked, and says how it ended. */
  private done({ method, key, isConditional }: S3Request, body: Buffer): number {
    switch (method) {
      case "PUT":
        if (isConditional && this.objects.has(key)) {
          return 412;
        }
        this.objects.set(key, body);
        return 200;
      case "DELETE":
        this.objects.delete(key);
        return 204;
      default:
        return this.objects.has(key) ? 200 : 404;
    }
  }
}
