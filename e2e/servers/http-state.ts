import type { ApiRequest, ApiServer } from "./api-server";

const USER = "terraform";
/** Long and odd enough that it can be looked for in what is written. */
const PASSWORD = "password-of-the-http-backend-9a3c";

/**
 * A server of states by Terraform's `http` backend, with locks and a password.
 *
 * @see https://developer.hashicorp.com/terraform/language/backend/http
 */
export class HttpState {
  readonly password = PASSWORD;
  /** The environment in which Terraform has the password. */
  readonly environment = { TF_HTTP_USERNAME: USER, TF_HTTP_PASSWORD: PASSWORD };
  private readonly states = new Map<string, string>();
  private readonly locks = new Map<string, string>();

  constructor(private readonly server: ApiServer) {
    const isAllowed = ({ headers }: ApiRequest): boolean =>
      headers.authorization === `Basic ${Buffer.from(`${USER}:${PASSWORD}`).toString("base64")}`;
    server.route(
      "GET|POST|DELETE|LOCK|UNLOCK",
      "/states/:name",
      (request) => {
        if (!isAllowed(request)) {
          return { status: 401 };
        }
        const name = `${request.parameters.name}`;
        const text = request.body.toString();
        const holder = this.locks.get(name);
        switch (request.method) {
          case "GET": {
            const state = this.states.get(name);
            return state === undefined ? { status: 404 } : { status: 200, body: Buffer.from(state) };
          }
          case "LOCK":
            if (holder !== undefined) {
              return { status: 423, body: Buffer.from(holder) };
            }
            this.locks.set(name, text);
            return { status: 200 };
          case "UNLOCK":
            this.locks.delete(name);
            return { status: 200 };
          case "POST":
            if (holder !== undefined && JSON.parse(holder).ID !== request.query.get("ID")) {
              return { status: 409 };
            }
            this.states.set(name, text);
            return { status: 200 };
          default:
            this.states.delete(name);
            return { status: 200 };
        }
      },
      { isOpen: true },
    );
  }

  /** What a configuration says to keep its state there. */
  stateIn(name: string): string {
    const address = `${this.server.url}/states/${name}`;
    return `http: { address: "${address}", lock_address: "${address}", unlock_address: "${address}" }`;
  }

  /** A state as it was kept last. */
  read(name: string): string | undefined {
    return this.states.get(name);
  }
}
