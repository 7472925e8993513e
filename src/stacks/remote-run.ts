import { REMOTE_RUN_JSON, STACK_JSON, stackFile, stackOfFile } from "./stack-files";
import { describesAuditTrail } from "./written-stacks";

interface StackJson {
  readonly terraform: { readonly backend?: unknown; readonly cloud?: unknown };
  readonly [part: string]: unknown;
}

/**
 * Synthesized stacks as a run in HCP Terraform or Terraform Enterprise wants them: a folder each, without backend and
 * cloud block. The workspace has the state; a run whose configuration says another place for it may end as applied
 * and keep no state.
 *
 * @see https://developer.hashicorp.com/terraform/cloud-docs/run/remote-operations
 */
export function remoteRunFiles(synthesized: ReadonlyMap<string, string>): ReadonlyMap<string, string> {
  return new Map(
    [...synthesized].flatMap(([path, content]): (readonly [string, string])[] => {
      const stack = stackOfFile(path, STACK_JSON);
      if (stack === undefined) {
        return [];
      }
      const { terraform, "//": _metadata, ...parts } = JSON.parse(content) as StackJson;
      const { backend: _backend, cloud: _cloud, ...settings } = terraform;
      // By this the file is known for ours. The rest of what cdktf says of a stack is about the state, too.
      const json = { "//": { metadata: { stackName: stack } }, terraform: settings, ...parts };
      return [[stackFile(stack, REMOTE_RUN_JSON), `${JSON.stringify(json, null, 2)}\n`]];
    }),
  );
}

/** Whether a file was written for a remote run of an audit trail: then it may be replaced or removed. */
export function isOfRemoteRun(content: string, path: string): boolean {
  const stack = stackOfFile(path, REMOTE_RUN_JSON);
  return stack !== undefined && describesAuditTrail(stack, content);
}
