import { derivedLogBucketName, derivedTrailName } from "../audit-trail/derived-names";
import { derivedKeyAlias } from "../components/encryption-key/encryption-key";
import { derivedAccessLogBucketName } from "../components/log-bucket/inputs";
import { beginningOfRoleName, derivedLogGroupName, derivedRoleName } from "../components/trail/cloudwatch-logs";
import { isGiven } from "../inputs";
import { partitionOf } from "../policy";
import type { Value } from "../values";

/** A trail, as far as others of the configuration may get into its way. */
export interface Neighbour {
  readonly name: string;
  readonly inputs: {
    readonly accountId: string;
    readonly accountName: string | null;
    readonly region: string;
    readonly name: string | null;
    readonly multiRegion: boolean;
    readonly organization: { readonly management_account_id: string } | null;
    readonly logBucket: {
      readonly name: string | null;
      readonly access_logs?: { readonly name: string | null; readonly existing_bucket: object | null } | null;
      readonly existing_bucket?: object | null;
    };
    readonly encryption: { readonly alias: string | null; readonly existing_key: object | null } | null;
    readonly cloudwatchLogs: {
      readonly log_group_name: string | null;
      readonly role_name: string | null;
      readonly existing_log_group: object | null;
      readonly existing_role: object | null;
    } | null;
  };
}

/** A name that is given to a part of a trail, and must be that of no other. */
export interface PartName {
  /** What has the name: `log bucket`. */
  readonly part: string;
  /** Within what the name is unique, in one text. */
  readonly scope: string;
  /** The same for people. */
  readonly where: string;
  readonly name: string;
  /** The input that sets it. */
  readonly path: readonly string[];
}

/** The name of the trail itself. */
export function trailNameOf({ inputs }: Neighbour): string {
  return inputs.name ?? known(derivedTrailName(inputs.accountName as string));
}

/** The names of the parts that are made for a trail. What is there already may be shared. */
export function partNamesOf(trail: Neighbour): readonly PartName[] {
  return [...bucketNames(trail), ...aliasNames(trail), ...cloudWatchLogsNames(trail)];
}

function bucketNames({ inputs }: Neighbour): readonly PartName[] {
  const { logBucket, accountId, region } = inputs;
  if (isGiven(logBucket.existing_bucket)) {
    return [];
  }
  const unique = { scope: `bucket ${partitionOf(region)}`, where: "names of buckets are unique in the world" };
  const name = logBucket.name ?? known(derivedLogBucketName(accountId, region));
  const accessLogs = logBucket.access_logs;
  return [
    { ...unique, part: "log bucket", name, path: ["log_bucket", "name"] },
    ...(isGiven(accessLogs) && !isGiven(accessLogs?.existing_bucket)
      ? [
          {
            ...unique,
            part: "bucket for access logs",
            name: accessLogs?.name ?? known(derivedAccessLogBucketName(name)),
            path: ["log_bucket", "access_logs", "name"],
          },
        ]
      : []),
  ];
}

function aliasNames(trail: Neighbour): readonly PartName[] {
  const { encryption, accountId, region } = trail.inputs;
  if (encryption === null || isGiven(encryption.existing_key)) {
    return [];
  }
  return [
    {
      part: "key",
      scope: `alias ${accountId} ${region}`,
      where: "aliases are unique in a region of an account",
      name: encryption.alias ?? known(derivedKeyAlias(trailNameOf(trail))),
      path: ["encryption", "alias"],
    },
  ];
}

function cloudWatchLogsNames(trail: Neighbour): readonly PartName[] {
  const { cloudwatchLogs: logs, accountId, region } = trail.inputs;
  if (logs === null) {
    return [];
  }
  const trailName = trailNameOf(trail);
  const group = {
    part: "log group",
    scope: `log group ${accountId} ${region}`,
    where: "names of log groups are unique in a region of an account",
    name: logs.log_group_name ?? known(derivedLogGroupName(trailName)),
    path: ["cloudwatch_logs", "log_group_name"],
  };
  const role = {
    part: "role for CloudWatch Logs",
    scope: `role ${accountId}`,
    where: "names of roles are unique in an account, whatever the region",
    name: logs.role_name ?? known(derivedRoleName(beginningOfRoleName(trailName))),
    path: ["cloudwatch_logs", "role_name"],
  };
  return [...(isGiven(logs.existing_log_group) ? [] : [group]), ...(isGiven(logs.existing_role) ? [] : [role])];
}

/** A configuration has literals alone. */
function known(value: Value<string>): string {
  return value as string;
}
