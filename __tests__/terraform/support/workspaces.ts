import { IdentityServer } from "./identity-server";
import { Workspace } from "./workspace";

/** The folders in which the tests of a file run Terraform, and the server that its provider asks who it is. */
export class Workspaces {
  private server: IdentityServer | undefined;
  private readonly made: Workspace[] = [];

  async start(): Promise<void> {
    this.server = await IdentityServer.start();
  }

  /** Another folder; it is removed with all others. */
  empty(): Workspace {
    const workspace = new Workspace(this.server?.environment);
    this.made.push(workspace);
    return workspace;
  }

  /** Another folder with some files. */
  with(files: Parameters<Workspace["write"]>[0]): Workspace {
    const workspace = this.empty();
    workspace.write(files);
    return workspace;
  }

  /** The same, initialized without a backend. */
  async initializedWith(files: Parameters<Workspace["write"]>[0]): Promise<Workspace> {
    const workspace = this.with(files);
    await workspace.init();
    return workspace;
  }

  async remove(): Promise<void> {
    for (const workspace of this.made) {
      workspace.remove();
    }
    await this.server?.stop();
  }
}

/** Workspaces that are there while the tests of a block run, and are removed after them. */
export function workspacesOfTests(): Workspaces {
  const workspaces = new Workspaces();
  beforeAll(() => workspaces.start());
  afterAll(() => workspaces.remove());
  return workspaces;
}
