import { randomBytes } from "node:crypto";
import { type ApiAnswer, type ApiRequest, type ApiServer, apiError } from "./api-server";
import { type AskedRun, type Phase, Run, type Variable } from "./terraform-cloud-run";

const API = "/api/v2";

/** Where Terraform runs: with whoever asks, or on the server. */
export type ExecutionMode = "local" | "remote";

/** What a workspace has kept. */
export interface StateVersion {
  readonly id: string;
  readonly serial: number;
  state?: Buffer;
}

interface Workspace {
  readonly id: string;
  readonly name: string;
  executionMode: ExecutionMode;
  terraformVersion: string;
  /** Who holds it: a person, or the id of a run. */
  lockedBy: string | undefined;
  readonly variables: Variable[];
  readonly stateVersions: StateVersion[];
  readonly runs: Run[];
}

interface ConfigurationVersion {
  readonly id: string;
  readonly speculative: boolean;
  archive?: Buffer;
}

/** A document of JSON:API, as it comes. */
interface Document {
  readonly data: {
    readonly attributes?: Readonly<Record<string, unknown>>;
    readonly relationships?: Readonly<Record<string, { readonly data: { readonly id: string } }>>;
  };
}

const found = (data: object, status = 200): ApiAnswer => ({ status, body: { data } });
const notFound = apiError(404, "not found");

/** An id as the API has them: `ws-` and sixteen letters or digits. */
function newId(prefix: string): string {
  return `${prefix}-${randomBytes(8).toString("hex")}`;
}

function documentOf({ body }: ApiRequest): Required<Document["data"]> {
  const { data } = JSON.parse(body.toString()) as Document;
  return { attributes: {}, relationships: {}, ...data };
}

/** The outputs of a state, as the API tells them; sensitive ones without their values. */
function outputsOf({ id, state = Buffer.from("{}") }: StateVersion): readonly object[] {
  const { outputs = {} } = JSON.parse(state.toString()) as {
    readonly outputs?: Readonly<
      Record<string, { readonly value: unknown; readonly type: unknown; readonly sensitive?: boolean }>
    >;
  };
  return Object.entries(outputs).map(([name, { value, type, sensitive = false }]) => ({
    id: `wsout-${id}-${name}`,
    type: "state-version-outputs",
    attributes: { name, value: sensitive ? null : value, sensitive, "detailed-type": type },
  }));
}

/**
 * A stand-in for HCP Terraform and Terraform Enterprise: what Terraform itself, and a client of runs, ask of their API.
 * Written from its documentation; the real Terraform is its client. It keeps everything in memory, also while its
 * server is stopped.
 *
 * What is uploaded is run as it is: a backend in it stays, and takes the state elsewhere. Only a `cloud` block does not
 * count in a run, or whoever runs from the command line could not run at all.
 *
 * @see https://developer.hashicorp.com/terraform/cloud-docs/api-docs
 */
export class TerraformCloud {
  private readonly workspaces: Workspace[] = [];
  private readonly configurations = new Map<string, ConfigurationVersion>();
  /** What is taken at signed addresses, which are asked without the token. */
  private readonly uploads = new Map<string, (content: Buffer) => void>();

  /**
   * @param organization the one that there is
   * @param runEnvironment the environment of remote runs, beside the variables of the workspace
   */
  constructor(
    private readonly server: ApiServer,
    readonly organization: string,
    private readonly runEnvironment: Readonly<Record<string, string>>,
  ) {
    this.routeDiscovery();
    this.routeWorkspaces();
    this.routeState();
    this.routeRuns();
    server.route("PUT", "/uploads/:id", (request) => this.upload(request), { isOpen: true });
  }

  /** Makes a workspace, as an administrator does before anybody runs in it. */
  makeWorkspace(name: string, executionMode: ExecutionMode, variables: readonly Variable[] = []): void {
    const workspace = this.newWorkspace(name);
    workspace.executionMode = executionMode;
    workspace.variables.push(...variables);
  }

  /** The states that a workspace has kept, oldest first. */
  statesOf(name: string): readonly string[] {
    return (this.named(name)?.stateVersions ?? []).flatMap(({ state }) => (state ? [state.toString()] : []));
  }

  /** Who holds a workspace, if anybody does. */
  holderOf(name: string): string | undefined {
    return this.named(name)?.lockedBy;
  }

  /** The status of each run of a workspace, in order. */
  runsOf(name: string): readonly string[] {
    return (this.named(name)?.runs ?? []).map(({ status }) => status);
  }

  /**
   * A commit in the repository of a workspace, which applies by itself: a run on what the commit has in the working
   * directory of the workspace.
   *
   * @param archive those files, as a gzipped tar
   * @returns the run, ended
   */
  async commit(name: string, archive: Buffer): Promise<Run> {
    const workspace = this.named(name);
    if (workspace === undefined) {
      throw new Error(`there is no workspace ${name}`);
    }
    const run = this.queue(workspace, {
      configurationVersion: newId("cv"),
      archive,
      isDestroy: false,
      isSpeculative: false,
      isAutoApplied: true,
    });
    await run.ended;
    return run;
  }

  private named(name: string | undefined): Workspace | undefined {
    return this.workspaces.find((workspace) => workspace.name === name);
  }

  private newWorkspace(name: string): Workspace {
    const workspace: Workspace = {
      id: newId("ws"),
      name,
      executionMode: "remote",
      terraformVersion: "latest",
      lockedBy: undefined,
      variables: [],
      stateVersions: [],
      runs: [],
    };
    this.workspaces.push(workspace);
    return workspace;
  }

  private routeDiscovery(): void {
    const services = { "state.v2": `${API}/`, "tfe.v2": `${API}/`, "tfe.v2.1": `${API}/`, "tfe.v2.2": `${API}/` };
    this.server.discover(services);
    this.server.route("GET", `${API}/ping`, () => ({ status: 204, headers: { "TFP-API-Version": "2.5" } }));
    this.ofOrganization("GET", "", () => ({
      id: this.organization,
      type: "organizations",
      attributes: { name: this.organization },
    }));
    this.ofOrganization("GET", "/entitlement-set", () => ({
      id: this.organization,
      type: "entitlement-sets",
      attributes: { operations: true, "state-storage": true, "private-module-registry": true },
    }));
    this.ofOrganization("GET", "/runs/queue", () => []);
  }

  /** Adds a route of the one organization: its answer, or none where there is no such thing. */
  private ofOrganization(method: string, path: string, data: (request: ApiRequest) => object | undefined): void {
    this.server.route(method, `${API}/organizations/:organization${path}`, (request) => {
      const answer = request.parameters.organization === this.organization ? data(request) : undefined;
      return answer === undefined ? notFound : found(answer);
    });
  }

  /** Adds a route of a workspace, by its id. */
  private ofWorkspace(
    method: string,
    path: string,
    answer: (workspace: Workspace, request: ApiRequest) => ApiAnswer,
  ): void {
    this.server.route(method, `${API}/workspaces/:workspace${path}`, (request) => {
      const workspace = this.workspaces.find(({ id }) => id === request.parameters.workspace);
      return workspace === undefined ? notFound : answer(workspace, request);
    });
  }

  private routeWorkspaces(): void {
    const change = (workspace: Workspace, { attributes }: Required<Document["data"]>): void => {
      workspace.executionMode = (attributes["execution-mode"] as ExecutionMode) ?? workspace.executionMode;
      workspace.terraformVersion = (attributes["terraform-version"] as string) ?? workspace.terraformVersion;
    };
    this.ofOrganization("GET", "/workspaces/:name", ({ parameters }) => {
      const workspace = this.named(parameters.name);
      return workspace && this.describe(workspace);
    });
    this.ofOrganization("GET", "/workspaces", () => this.workspaces.map((workspace) => this.describe(workspace)));
    this.server.route("POST", `${API}/organizations/${this.organization}/workspaces`, (request) => {
      const document = documentOf(request);
      const name = String(document.attributes.name);
      if (this.named(name) !== undefined) {
        return apiError(422, "Name has already been taken");
      }
      const workspace = this.newWorkspace(name);
      change(workspace, document);
      return found(this.describe(workspace), 201);
    });
    this.ofWorkspace("GET", "", (workspace) => found(this.describe(workspace)));
    this.ofWorkspace("PATCH", "", (workspace, request) => {
      change(workspace, documentOf(request));
      return found(this.describe(workspace));
    });
    this.ofWorkspace("POST", "/actions/lock", (workspace) => {
      if (workspace.lockedBy !== undefined) {
        return apiError(409, "workspace already locked");
      }
      workspace.lockedBy = "a person";
      return found(this.describe(workspace));
    });
    for (const action of ["unlock", "force-unlock"]) {
      this.ofWorkspace("POST", `/actions/${action}`, (workspace) => {
        if (workspace.lockedBy === undefined) {
          return apiError(409, "workspace already unlocked");
        }
        workspace.lockedBy = undefined;
        this.startNext(workspace);
        return found(this.describe(workspace));
      });
    }
    this.ofWorkspace("GET", "/vars", ({ variables }) =>
      found(
        variables.map(({ key, value, category, sensitive }) => ({
          id: `var-${key}`,
          type: "vars",
          attributes: { key, value: sensitive ? null : value, category, sensitive, hcl: false },
        })),
      ),
    );
  }

  private describe(workspace: Workspace): object {
    const may = [
      "update",
      "queue-run",
      "queue-apply",
      "queue-destroy",
      "lock",
      "unlock",
      "force-unlock",
      "read-settings",
    ];
    return {
      id: workspace.id,
      type: "workspaces",
      attributes: {
        name: workspace.name,
        "execution-mode": workspace.executionMode,
        operations: workspace.executionMode === "remote",
        "terraform-version": workspace.terraformVersion,
        locked: workspace.lockedBy !== undefined,
        "auto-apply": false,
        "working-directory": "",
        permissions: Object.fromEntries(may.map((permission) => [`can-${permission}`, true])),
      },
      relationships: { organization: { data: { id: this.organization, type: "organizations" } } },
    };
  }

  private routeState(): void {
    const describe = ({ id, serial, state }: StateVersion): object => ({
      id,
      type: "state-versions",
      attributes: {
        serial,
        status: state === undefined ? "pending" : "finalized",
        "resources-processed": true,
        "hosted-state-download-url": `${this.server.url}${API}/state-versions/${id}/download`,
        "hosted-state-upload-url": `${this.server.url}/uploads/${id}`,
        "hosted-json-state-upload-url": `${this.server.url}/uploads/${id}-json`,
      },
      relationships: { outputs: { data: [] } },
    });
    // A version whose upload was cut off is no state.
    const current = ({ stateVersions }: Workspace): StateVersion | undefined =>
      stateVersions.findLast(({ state }) => state !== undefined);
    this.ofWorkspace("GET", "/current-state-version", (workspace) => {
      const version = current(workspace);
      return version === undefined ? notFound : found(describe(version));
    });
    this.ofWorkspace("GET", "/current-state-version-outputs", (workspace) => {
      const version = current(workspace);
      return version === undefined ? notFound : found(outputsOf(version));
    });
    this.ofWorkspace("POST", "/state-versions", (workspace, request) => {
      if (workspace.lockedBy === undefined) {
        return apiError(409, "workspace must be locked");
      }
      const { attributes } = documentOf(request);
      const version: StateVersion = { id: newId("sv"), serial: Number(attributes.serial) };
      if (typeof attributes.state === "string") {
        version.state = Buffer.from(attributes.state, "base64");
      }
      workspace.stateVersions.push(version);
      this.uploads.set(version.id, (content) => {
        version.state = content;
      });
      this.uploads.set(`${version.id}-json`, () => undefined);
      return found(describe(version), 201);
    });
    const ofVersion = (path: string, answer: (version: StateVersion) => ApiAnswer): void =>
      this.server.route("GET", `${API}/state-versions/:version${path}`, ({ parameters }) => {
        const version = this.workspaces
          .flatMap(({ stateVersions }) => stateVersions)
          .find(({ id }) => id === parameters.version);
        return version === undefined ? notFound : answer(version);
      });
    ofVersion("", (version) => found(describe(version)));
    ofVersion("/download", ({ state }) => (state === undefined ? notFound : { status: 200, body: state }));
  }

  private upload({ parameters, body }: ApiRequest): ApiAnswer {
    const take = this.uploads.get(`${parameters.id}`);
    if (take === undefined) {
      return notFound;
    }
    take(body);
    return { status: 200 };
  }

  private routeRuns(): void {
    const describe = ({ id, archive, speculative }: ConfigurationVersion): object => ({
      id,
      type: "configuration-versions",
      attributes: {
        status: archive === undefined ? "pending" : "uploaded",
        speculative,
        "upload-url": `${this.server.url}/uploads/${id}`,
      },
    });
    this.ofWorkspace("POST", "/configuration-versions", (_workspace, request) => {
      const version: ConfigurationVersion = {
        id: newId("cv"),
        speculative: documentOf(request).attributes.speculative === true,
      };
      this.configurations.set(version.id, version);
      this.uploads.set(version.id, (content) => {
        version.archive = content;
      });
      return found(describe(version), 201);
    });
    this.server.route("GET", `${API}/configuration-versions/:id`, ({ parameters }) => {
      const version = this.configurations.get(`${parameters.id}`);
      return version === undefined ? notFound : found(describe(version));
    });
    this.server.route("POST", `${API}/runs`, (request) => this.newRun(request));
    this.ofRun("GET", "run", "", (run, workspace) => found(run.describe(workspace.id)));
    this.ofRun("GET", "run", "/run-events", () => found([]));
    this.ofWorkspace("GET", "/runs", (workspace) => ({
      status: 200,
      body: {
        data: workspace.runs.toReversed().map((run) => run.describe(workspace.id)),
        meta: { pagination: { "current-page": 1, "total-pages": 1 } },
      },
    }));
    for (const phase of ["plan", "apply"] as const) {
      this.ofRun("GET", phase, "", (run) =>
        found(run.describePhase(phase, `${this.server.url}/logs/${run.id}/${phase}`)),
      );
    }
    this.server.route(
      "GET",
      "/logs/:run/:phase",
      ({ parameters, query }) => {
        const run = this.workspaces.flatMap(({ runs }) => runs).find(({ id }) => id === parameters.run);
        const from = Number(query.get("offset") ?? 0);
        const log = run?.log(parameters.phase as Phase) ?? Buffer.alloc(0);
        return { status: 200, body: log.subarray(from, from + Number(query.get("limit") ?? log.length)) };
      },
      { isOpen: true },
    );
    this.action("apply", (run, workspace) => this.proceed(workspace, () => run.apply()));
    this.action("discard", (run, workspace) => this.proceed(workspace, async () => run.discard()));
  }

  private newRun(request: ApiRequest): ApiAnswer {
    const { attributes, relationships } = documentOf(request);
    const workspace = this.workspaces.find(({ id }) => id === relationships.workspace?.data.id);
    const configuration = this.configurations.get(`${relationships["configuration-version"]?.data.id}`);
    if (workspace === undefined || configuration?.archive === undefined) {
      return apiError(422, "workspace or uploaded configuration version missing");
    }
    const run = this.queue(workspace, {
      configurationVersion: configuration.id,
      archive: configuration.archive,
      isDestroy: attributes["is-destroy"] === true,
      isSpeculative: attributes["plan-only"] === true || configuration.speculative,
      isAutoApplied: attributes["auto-apply"] === true,
    });
    return found(run.describe(workspace.id), 201);
  }

  private queue(workspace: Workspace, asked: AskedRun): Run {
    const run = new Run({
      ...asked,
      id: newId("run"),
      environment: this.runEnvironment,
      variables: workspace.variables,
      state: () => workspace.stateVersions.findLast(({ state }) => state !== undefined)?.state,
      keepState: (state) => {
        const { serial } = JSON.parse(state.toString()) as { readonly serial: number };
        workspace.stateVersions.push({ id: newId("sv"), serial, state });
      },
    });
    workspace.runs.push(run);
    setImmediate(() => this.startNext(workspace));
    return run;
  }

  /** Starts the run that waits longest, where nobody holds the workspace. */
  private startNext(workspace: Workspace): void {
    const run = workspace.runs.find(({ status }) => status === "pending");
    if (workspace.lockedBy === undefined && run !== undefined) {
      workspace.lockedBy = run.id;
      void this.proceed(workspace, () => run.plan());
    }
  }

  /** Lets a run go on; where it has come to its end, the next one may begin. */
  private async proceed(workspace: Workspace, step: () => Promise<void>): Promise<void> {
    await step();
    const run = workspace.runs.find(({ id }) => id === workspace.lockedBy);
    if (run?.hasEnded) {
      workspace.lockedBy = undefined;
      this.startNext(workspace);
    }
  }

  /** Adds a route of a run, or of its plan or apply: their ids are those of the run with another beginning. */
  private ofRun(
    method: string,
    kind: "run" | Phase,
    path: string,
    answer: (run: Run, workspace: Workspace) => ApiAnswer,
  ): void {
    const folder = { run: "runs", plan: "plans", apply: "applies" }[kind];
    this.server.route(method, `${API}/${folder}/:id${path}`, ({ parameters }) => {
      const wanted = `${parameters.id}`.replace(kind, "run");
      for (const workspace of this.workspaces) {
        const run = workspace.runs.find(({ id }) => id === wanted);
        if (run !== undefined) {
          return answer(run, workspace);
        }
      }
      return notFound;
    });
  }

  private action(name: string, act: (run: Run, workspace: Workspace) => Promise<void>): void {
    this.ofRun("POST", "run", `/actions/${name}`, (run, workspace) => {
      if (run.status !== "planned") {
        return apiError(409, "transition not allowed");
      }
      void act(run, workspace);
      return { status: 202 };
    });
  }
}
