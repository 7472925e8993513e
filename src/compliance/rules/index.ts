import type { Stack } from "../../stacks/stack";
import { alarmsAreComplete, patternsAreThose } from "./alarms";
import { bucketServicesHaveSources, bucketsDenyHttp, bucketsHavePolicies, bucketsKeepLogs, logsLast } from "./buckets";
import { keysAreClosed, keysNameTrails } from "./keys";
import { rolesTrustServices } from "./roles";
import type { Finding, Rule } from "./rule";
import { topicsAreClosed, topicsAreHeard, topicsDenyHttp } from "./topics";
import { trailSeesGlobalServices } from "./trail";

export type { Finding, Rule } from "./rule";

/** What scanners do not look at. */
export const rules: readonly Rule[] = [
  trailSeesGlobalServices,
  bucketsHavePolicies,
  bucketsDenyHttp,
  bucketServicesHaveSources,
  bucketsKeepLogs,
  logsLast,
  keysAreClosed,
  keysNameTrails,
  rolesTrustServices,
  topicsAreClosed,
  topicsDenyHttp,
  topicsAreHeard,
  alarmsAreComplete,
  patternsAreThose,
];

/** What a rule has found. */
export interface RuleFinding extends Finding {
  readonly rule: string;
}

/** What all rules find in a stack. */
export function findingsIn(stack: Stack): readonly RuleFinding[] {
  return rules.flatMap(({ id, findings }) => findings(stack).map((finding) => ({ rule: id, ...finding })));
}
