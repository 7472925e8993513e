import { concat, forEach, get, ifSet, type Value } from "../values";
import { trailArn } from "./arn";

/** A trail of another account. */
export interface FurtherTrail {
  readonly account_id: string;
  readonly region: string;
  readonly name: string;
}

/** The account that owns a trail: of an organization trail the management account, whoever created it. */
export function trailOwner(
  organization: Value<{ readonly management_account_id: string } | null>,
  accountId: Value<string>,
): Value<string> {
  return ifSet(organization, (member) => get(member, "management_account_id"), accountId);
}

/** The ARNs of a trail and of those of other accounts, all of which are in one partition. */
export function arnsOfTrails(
  partition: Value<string>,
  own: Value<string>,
  further: Value<readonly FurtherTrail[]>,
): Value<readonly string[]> {
  return concat<string>(
    [own],
    forEach(further, "trail", (trail) =>
      trailArn({
        partition,
        region: get(trail, "region"),
        accountId: get(trail, "account_id"),
        name: get(trail, "name"),
      }),
    ),
  );
}
