import type { Framework } from "../frameworks";
import type { JudgedControl, TrailReport } from "../report";
import { type Verdict, verdicts } from "../verdict";

/** The reports for programs: names that stay as they are. */
export function reportJson(trails: readonly TrailReport[], framework: Framework | undefined): object {
  return {
    framework: framework ?? null,
    trails: trails.map(({ name, accountId, region, counts, controls, findings }) => ({
      name,
      account_id: accountId,
      region,
      counts: Object.fromEntries(verdicts.map((verdict) => [inJson(verdict), counts[verdict]])),
      controls: controls.map(controlJson),
      findings,
    })),
  };
}

function controlJson({ id, title, numbers, verdict, why, command, resource, setting, cost }: JudgedControl): object {
  return {
    id,
    title,
    numbers,
    verdict: inJson(verdict),
    why,
    command: command ?? null,
    resource,
    setting,
    cost,
  };
}

/** A verdict as programs name it. */
function inJson(verdict: Verdict): string {
  return verdict.replaceAll(" ", "_");
}
