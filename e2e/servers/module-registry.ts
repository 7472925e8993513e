import { randomBytes } from "node:crypto";
import { gunzipSync } from "node:zlib";
import { type ApiAnswer, type ApiRequest, type ApiServer, apiError } from "./api-server";

const API = "/api/v2";
const MODULES = "/api/registry/v1/modules";

/** A version of a module, from when it is made. */
interface Version {
  readonly version: string;
  readonly id: string;
  status: "pending" | "reg_ingressing" | "reg_ingress_failed" | "ok";
  archive?: Buffer;
}

const notFound = apiError(404, "not found");
const found = (data: object, status = 200): ApiAnswer => ({ status, body: { data } });

/**
 * A stand-in for the private module registry of HCP Terraform and Terraform Enterprise: what publishes by its API, and
 * what Terraform asks where it installs a module. Written from the documentation of both. It keeps everything in memory,
 * also while its server is stopped, and can be on the host of other stand-ins.
 *
 * @see https://developer.hashicorp.com/terraform/cloud-docs/api-docs/private-registry/modules
 * @see https://developer.hashicorp.com/terraform/internals/module-registry-protocol
 */
export class ModuleRegistry {
  /** The versions by module: `audit-trail/aws`. */
  private readonly modules = new Map<string, Version[]>();
  /** The archives as they are downloaded. */
  readonly downloads: string[] = [];

  /** @param organization the one that there is */
  constructor(
    private readonly server: ApiServer,
    readonly organization: string,
  ) {
    server.discover({ "tfe.v2": `${API}/`, "tfe.v2.1": `${API}/`, "tfe.v2.2": `${API}/`, "modules.v1": `${MODULES}/` });
    this.routePublishing();
    this.routeInstalling();
  }

  /** The versions of a module with their status, in the order in which they were made. */
  versionsOf(module: string): Readonly<Record<string, string>> {
    return Object.fromEntries((this.modules.get(module) ?? []).map(({ version, status }) => [version, status]));
  }

  /** The archive of a version that everybody gets. */
  archiveOf(module: string, version: string): Buffer | undefined {
    return this.visible(module).find((each) => each.version === version)?.archive;
  }

  /** Makes a version as somebody else does: finished, or, without an archive, not yet. */
  make(module: string, version: string, archive?: Buffer): void {
    const made = newVersion(version);
    const whole: Version = archive === undefined ? made : { ...made, status: "ok", archive };
    this.modules.set(module, [...(this.modules.get(module) ?? []), whole]);
  }

  /** Forgets all modules. */
  empty(): void {
    this.modules.clear();
  }

  private visible(module: string): readonly Version[] {
    return (this.modules.get(module) ?? []).filter(({ status }) => status === "ok");
  }

  private routePublishing(): void {
    const { server } = this;
    const organization = `${API}/organizations/:organization`;
    const module = `${organization}/registry-modules/private/:namespace/:name/:provider`;
    this.ofOrganization("GET", organization, () => found({ id: this.organization, type: "organizations" }));
    this.ofOrganization("POST", `${organization}/registry-modules`, ({ body }) => {
      const { name, provider } = attributesOf(body);
      const key = `${name}/${provider}`;
      if (this.modules.has(key)) {
        return apiError(422, "Name has already been taken");
      }
      this.modules.set(key, []);
      return found(this.describe(key), 201);
    });
    this.ofModule("GET", module, (key) => {
      const answer = found(this.describe(key));
      // Whoever looks again finds that the registry went on.
      for (const version of this.modules.get(key) ?? []) {
        version.status = version.status === "reg_ingressing" ? "ok" : version.status;
      }
      return answer;
    });
    this.ofModule("POST", `${module}/versions`, (key, { body }) => {
      const versions = this.modules.get(key) as Version[];
      const version = newVersion(String(attributesOf(body).version));
      if (versions.some((each) => each.version === version.version)) {
        return apiError(422, "Version has already been taken");
      }
      versions.push(version);
      return {
        status: 201,
        body: {
          data: {
            id: version.id,
            type: "registry-module-versions",
            attributes: { version: version.version, status: version.status },
            links: { upload: `${server.url}/registry/uploads/${version.id}` },
          },
        },
      };
    });
    this.ofModule("DELETE", `${module}/:version`, (key, { parameters }) => {
      const versions = this.modules.get(key) as Version[];
      const left = versions.filter(({ version }) => version !== parameters.version);
      if (left.length === versions.length) {
        return notFound;
      }
      this.modules.set(key, left);
      if (left.length === 0) {
        this.modules.delete(key);
      }
      return { status: 204 };
    });
    server.route("PUT", "/registry/uploads/:id", (request) => this.upload(request), { isOpen: true });
  }

  private upload({ parameters, body }: ApiRequest): ApiAnswer {
    const version = [...this.modules.values()].flat().find(({ id }) => id === parameters.id);
    if (version === undefined) {
      return notFound;
    }
    version.archive = body;
    version.status = isGzip(body) ? "reg_ingressing" : "reg_ingress_failed";
    return { status: 200 };
  }

  private routeInstalling(): void {
    const { server } = this;
    const module = `${MODULES}/:namespace/:name/:provider`;
    server.route("GET", `${module}/versions`, ({ parameters }) => {
      const versions = this.visible(`${parameters.name}/${parameters.provider}`);
      return parameters.namespace !== this.organization || versions.length === 0
        ? notFound
        : { status: 200, body: { modules: [{ versions: versions.map(({ version }) => ({ version })) }] } };
    });
    server.route("GET", `${module}/:version/download`, ({ parameters }) => {
      const version = this.visible(`${parameters.name}/${parameters.provider}`).find(
        (each) => each.version === parameters.version,
      );
      return version === undefined
        ? notFound
        : { status: 204, headers: { "x-terraform-get": `/registry/archives/${version.id}?archive=tar.gz` } };
    });
    server.route(
      "GET|HEAD",
      "/registry/archives/:id",
      ({ method, parameters }) => {
        const version = [...this.modules.values()].flat().find(({ id }) => id === parameters.id);
        if (version?.archive === undefined) {
          return notFound;
        }
        if (method === "GET") {
          this.downloads.push(version.version);
        }
        return { status: 200, body: version.archive };
      },
      { isOpen: true },
    );
  }

  private describe(key: string): object {
    const [name, provider] = key.split("/");
    const statuses = (this.modules.get(key) ?? []).map(({ version, status }) => ({ version, status }));
    return {
      id: `mod-${key.replace("/", "-")}`,
      type: "registry-modules",
      attributes: { name, provider, namespace: this.organization, "version-statuses": statuses },
    };
  }

  private ofOrganization(method: string, path: string, answer: (request: ApiRequest) => ApiAnswer): void {
    this.server.route(method, path, (request) =>
      request.parameters.organization === this.organization ? answer(request) : notFound,
    );
  }

  private ofModule(method: string, path: string, answer: (key: string, request: ApiRequest) => ApiAnswer): void {
    this.ofOrganization(method, path, (request) => {
      const { name, provider, namespace } = request.parameters;
      const key = `${name}/${provider}`;
      return namespace === this.organization && this.modules.has(key) ? answer(key, request) : notFound;
    });
  }
}

function newVersion(version: string): Version {
  return { version, id: randomBytes(8).toString("hex"), status: "pending" };
}

function attributesOf(body: Buffer): Readonly<Record<string, unknown>> {
  return (JSON.parse(body.toString()) as { readonly data: { readonly attributes: Record<string, unknown> } }).data
    .attributes;
}

function isGzip(bytes: Buffer): boolean {
  try {
    gunzipSync(bytes);
    return true;
  } catch {
    return false;
  }
}
