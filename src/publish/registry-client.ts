import type { ArchivedFiles } from "./archive";
import { unpack } from "./archive";
import type { Token } from "./cli-configuration";
import { addressFrom, type HttpAnswer, type HttpClient, type HttpRequest } from "./http";
import { PublishProblem } from "./problem";
import type { ModuleName } from "./release";

/** A version as the registry has it. */
export interface RegistryVersion {
  readonly version: string;
  /** `ok` once everybody gets it; `pending` before its archive is there. */
  readonly status: string;
  readonly error: string;
}

/** Where the services of a host are. */
interface Services {
  readonly api: URL;
  readonly modules: URL;
}

const JSON_API = "application/vnd.api+json";

/** Redirects, from the address of an archive to where it is. */
const MOST_REDIRECTS = 5;

/**
 * Speaks with the private registry of HCP Terraform or Terraform Enterprise: to publish by its API, to read as Terraform
 * does.
 *
 * @see https://developer.hashicorp.com/terraform/cloud-docs/api-docs/private-registry/modules
 * @see https://developer.hashicorp.com/terraform/internals/module-registry-protocol
 */
export class RegistryClient {
  private discovered: Promise<Services> | undefined;

  constructor(
    private readonly http: HttpClient,
    private readonly host: string,
    private readonly organization: string,
    private readonly module: ModuleName,
    private readonly token: Token,
    /** Services of the host, in place of what it says itself. */
    private readonly services: Readonly<Record<string, string>> | undefined,
  ) {}

  /** The versions of the module; undefined where there is no such module. */
  async versions(): Promise<readonly RegistryVersion[] | undefined> {
    const answer = await this.api("GET", this.modulePath());
    if (answer?.status === 404) {
      return undefined;
    }
    const { attributes } = dataOf(this.accepted(answer, "the module"));
    const statuses = attributes?.["version-statuses"];
    return (Array.isArray(statuses) ? statuses : []).map((each) => {
      const { version, status, error } = Object(each) as Partial<RegistryVersion>;
      return { version: `${version}`, status: `${status}`, error: error ?? "" };
    });
  }

  /** Refuses an organization that there is not, or that the token may not see. */
  async checkOrganization(): Promise<void> {
    this.accepted(await this.api("GET", `organizations/${this.organization}`), "the organization");
  }

  /** Makes the module, without a version. It may be there already. */
  async makeModule(): Promise<void> {
    const { name, provider } = this.module;
    const isThere = async (): Promise<boolean> => (await this.versions()) !== undefined;
    const answer = await this.api(
      "POST",
      `organizations/${this.organization}/registry-modules`,
      { type: "registry-modules", attributes: { name, provider, "registry-name": "private" } },
      isThere,
    );
    // Somebody else may have made it meanwhile.
    if (answer !== undefined && !(answer.status === 422 && (await isThere()))) {
      this.accepted(answer, "to make the module");
    }
  }

  /**
   * Makes a version, without its archive.
   *
   * @returns where the archive goes; undefined where the answer was lost, and the version is there
   */
  async makeVersion(version: string, commit: string | undefined): Promise<URL | undefined> {
    const answer = await this.api(
      "POST",
      `${this.modulePath()}/versions`,
      {
        type: "registry-module-versions",
        attributes: { version, ...(commit === undefined ? {} : { "commit-sha": commit }) },
      },
      async () => (await this.versions())?.some((each) => each.version === version) === true,
    );
    if (answer === undefined) {
      return undefined;
    }
    const { upload } = Object(dataOf(this.accepted(answer, `to make the version ${version}`)).links) as {
      upload?: unknown;
    };
    if (typeof upload !== "string") {
      throw new PublishProblem(`${this.host}: did not say where the archive of ${version} goes`);
    }
    return addressFrom(upload, (await this.where()).api, `the archive of ${version}`);
  }

  /** Removes a version. A registry removes a module with its last version. */
  async removeVersion(version: string): Promise<void> {
    const answer = await this.api("DELETE", `${this.modulePath()}/${version}`);
    if (answer?.status !== 404) {
      this.accepted(answer, `to remove the version ${version}`);
    }
  }

  /** Sends an archive to where it goes. Done twice, it is the same. */
  async upload(url: URL, archive: Buffer, isTaken: () => Promise<boolean>): Promise<void> {
    const answer = await this.http.request({
      method: "PUT",
      url,
      body: archive,
      headers: { "content-type": "application/octet-stream" },
      isSigned: true,
      wentThrough: isTaken,
    });
    if (answer !== undefined && answer.status >= 300) {
      throw new PublishProblem(`${this.host}: did not take the archive: ${answer.status}`);
    }
  }

  /** Downloads a version as Terraform does: the registry says where it is, and there no token is needed. */
  async download(version: string): Promise<Buffer> {
    const { modules } = await this.where();
    const { name, provider } = this.module;
    const at = new URL(`${this.organization}/${name}/${provider}/${version}/download`, modules);
    const answer = this.accepted(await this.authorized({ method: "GET", url: at }), `the version ${version}`);
    const location = answer.headers.get("x-terraform-get");
    if (location === null) {
      throw new PublishProblem(`${this.host}: does not say where ${version} can be downloaded`);
    }
    return this.archiveAt(addressFrom(location, at, `the archive of ${version}`), version);
  }

  /** The files of a version. */
  async files(version: string): Promise<ArchivedFiles> {
    return unpack(await this.download(version), `${this.host}: ${this.module.name} ${version}`);
  }

  private async archiveAt(location: URL, version: string): Promise<Buffer> {
    // Terraform takes an address for an archive that says so.
    location.searchParams.delete("archive");
    let url = location;
    for (let count = 0; count <= MOST_REDIRECTS; count++) {
      const answer = (await this.http.request({ method: "GET", url, isSigned: true })) as HttpAnswer;
      const next = answer.headers.get("location");
      if (answer.status >= 300 && answer.status < 400 && next !== null) {
        url = addressFrom(next, url, `the archive of ${version}`);
      } else if (answer.status === 200) {
        return answer.body;
      } else {
        throw new PublishProblem(`${this.host}: the archive of ${version} cannot be downloaded: ${answer.status}`);
      }
    }
    throw new PublishProblem(`${this.host}: the archive of ${version} is behind more than ${MOST_REDIRECTS} redirects`);
  }

  private modulePath(): string {
    const { organization, module } = this;
    return `organizations/${organization}/registry-modules/private/${organization}/${module.name}/${module.provider}`;
  }

  private async api(
    method: HttpRequest["method"],
    path: string,
    data?: object,
    wentThrough?: () => Promise<boolean>,
  ): Promise<HttpAnswer | undefined> {
    const { api } = await this.where();
    return this.authorized({
      method,
      url: new URL(path, api),
      headers: { accept: JSON_API, "content-type": JSON_API },
      ...(data === undefined ? {} : { body: Buffer.from(JSON.stringify({ data })) }),
      ...(wentThrough === undefined ? {} : { wentThrough }),
    });
  }

  private authorized(request: HttpRequest): Promise<HttpAnswer | undefined> {
    return this.http.request({
      ...request,
      headers: { ...request.headers, authorization: `Bearer ${this.token.value}` },
    });
  }

  /** An answer that says yes. Everything else is told, in the words of the registry. */
  private accepted(answer: HttpAnswer | undefined, what: string): HttpAnswer {
    if (answer !== undefined && answer.status < 300) {
      return answer;
    }
    const said = answer === undefined ? "" : errorsIn(answer.body);
    const reasons: Readonly<Record<number, string>> = {
      401: `refuses the token of ${this.token.from}: ${what}`,
      403: `does not let the token of ${this.token.from} do that: ${what}`,
      404: `has no organization ${this.organization}, or the token of ${this.token.from} may not see it: ${what}`,
    };
    throw new PublishProblem(
      `${this.host}: ${reasons[answer?.status ?? 0] ?? `answered ${answer?.status}: ${what}`}${said === "" ? "" : ` (${said})`}`,
    );
  }

  private where(): Promise<Services> {
    this.discovered ??= this.discover();
    return this.discovered;
  }

  /** @see https://developer.hashicorp.com/terraform/internals/remote-service-discovery */
  private async discover(): Promise<Services> {
    const root = new URL(`https://${this.host}/.well-known/terraform.json`);
    const services = this.services ?? (await this.said(root));
    const find = (...names: readonly string[]): URL => {
      const name = names.find((each) => typeof services[each] === "string");
      if (name === undefined) {
        throw new PublishProblem(
          `${this.host}: has no ${names.at(-1)}, as a registry to which modules can be published has; see ${root}`,
        );
      }
      const found = `${services[name]}`;
      return addressFrom(found.endsWith("/") ? found : `${found}/`, root, name);
    };
    return { api: find("tfe.v2.2", "tfe.v2.1", "tfe.v2"), modules: find("modules.v1") };
  }

  private async said(url: URL): Promise<Readonly<Record<string, string>>> {
    const { status, body } = (await this.http.request({ method: "GET", url })) as HttpAnswer;
    try {
      if (status === 200) {
        return Object(JSON.parse(body.toString())) as Record<string, string>;
      }
    } catch {
      // Told below.
    }
    throw new PublishProblem(`${this.host}: is no host of Terraform services; see ${url}`);
  }
}

/** What stands in a document of JSON:API. */
function dataOf({ body }: HttpAnswer): {
  readonly attributes?: Readonly<Record<string, unknown>>;
  readonly links?: unknown;
} {
  try {
    return Object((JSON.parse(body.toString()) as { readonly data?: unknown }).data);
  } catch {
    return {};
  }
}

function errorsIn(body: Buffer): string {
  try {
    const { errors = [] } = Object(JSON.parse(body.toString())) as { readonly errors?: readonly unknown[] };
    return errors
      .map((each) =>
        typeof each === "string" ? each : [Object(each).title, Object(each).detail].filter(Boolean).join(": "),
      )
      .join("; ")
      .slice(0, 500);
  } catch {
    return "";
  }
}
