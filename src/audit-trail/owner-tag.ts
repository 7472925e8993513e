import { merge, type Value } from "../values";

/** The tag that names the creator of the trail. */
export const OWNER_TAG = "Own";

/** The tags of what belongs to an audit trail: those that are chosen, and who created it. */
export function withOwnerTag(tags: Value<Record<string, string>>, owner: Value<string>): Value<Record<string, string>> {
  return merge(tags, { [OWNER_TAG]: owner });
}
