import { endOfSid, stateKeyOf } from "../components/state-bucket/inputs";
import type { StateBucketProps } from "../components/state-bucket/state-bucket";
import type { ConfiguredTrail } from "../configuration";
import { type ProviderSettings, STATE_BUCKET_STACK, type State } from "../stacks";
import type { Value } from "../values";
import { StateProblem } from "./problem";

/** A bucket that keeps states of a configuration. */
export interface StateBucketTarget {
  readonly bucket: string;
  readonly region: string;
  /** The account that the bucket belongs to; undefined where the configuration does not tell. */
  readonly accountId: string | undefined;
  /** Where the stack of the bucket keeps its own state: in the bucket. */
  readonly state: State;
  /** By which credentials the bucket is reached. */
  readonly provider: ProviderSettings;
  /** The key that encrypts the states; null where that is left to S3. */
  readonly keyArn: string | null;
  /** Whether a lock file keeps two runs apart. */
  readonly usesLockFile: boolean;
  /** The trails whose states it keeps, with the keys of these. */
  readonly stateKeys: Readonly<Record<string, string>>;
}

type TrailWithState = Pick<ConfiguredTrail, "name" | "inputs" | "state">;

/**
 * The buckets that keep the states of trails.
 *
 * @throws StateProblem where no state is kept in S3, or the trails do not agree about a bucket
 */
export function stateBuckets(trails: readonly TrailWithState[]): readonly StateBucketTarget[] {
  const inS3 = trails.filter(({ state }) => state.backend === "s3");
  if (inS3.length === 0) {
    const backends = [...new Set(trails.map(({ state }) => state.backend))].join(", ");
    throw new StateProblem(`no state is kept in a bucket: state is ${backends}; it takes state: { s3: … }`);
  }
  const byBucket = new Map<string, TrailWithState[]>();
  for (const trail of inS3) {
    const bucket = `${trail.state.settings.bucket}`;
    byBucket.set(bucket, [...(byBucket.get(bucket) ?? []), trail]);
  }
  return [...byBucket].map(([bucket, sharing]) => targetOf(bucket, sharing));
}

/** One of the buckets. The name may be left out where there is but one. */
export function chosenBucket(targets: readonly StateBucketTarget[], name?: string): StateBucketTarget {
  const names = targets.map(({ bucket }) => bucket).join(", ");
  const [first, ...others] = name === undefined ? targets : targets.filter(({ bucket }) => bucket === name);
  if (first === undefined) {
    throw new StateProblem(`--bucket: ${name} keeps no state of the configuration, which has: ${names}`);
  }
  if (others.length > 0) {
    throw new StateProblem(`the states are in several buckets: choose one with --bucket: ${names}`);
  }
  return first;
}

function targetOf(bucket: string, trails: readonly TrailWithState[]): StateBucketTarget {
  const [first] = trails as [TrailWithState];
  const { key: _key, ...shared } = first.state.settings;
  for (const { name, state } of trails) {
    const { key: _own, ...settings } = state.settings;
    if (JSON.stringify(settings) !== JSON.stringify(shared)) {
      throw new StateProblem(`the trails ${first.name} and ${name} say different things of the bucket ${bucket}`);
    }
  }
  const key = stateKeyOf(STATE_BUCKET_STACK) as string;
  const rival = trails.find(({ state }) => state.settings.key === key);
  if (rival !== undefined) {
    throw new StateProblem(
      `the state of the trail ${rival.name} must not be ${key}, which is that of the bucket itself`,
    );
  }
  const bySid = new Map<Value<string>, string>();
  for (const { name } of trails) {
    const other = bySid.get(endOfSid(name));
    if (other !== undefined) {
      throw new StateProblem(
        `the trails ${other} and ${name} must have names that differ also without hyphens and underscores, as Sids in the ` +
          `policies of the bucket ${bucket} have none`,
      );
    }
    bySid.set(endOfSid(name), name);
  }
  const { assume_role: role, profile, kms_key_id: keyArn } = first.state.settings;
  const roleArn = (role as { readonly role_arn: string } | undefined)?.role_arn ?? null;
  return {
    bucket,
    region: `${first.state.settings.region}`,
    accountId: accountOf(roleArn, trails),
    state: { backend: "s3", settings: { ...shared, key } },
    provider: { profile: (profile as string | undefined) ?? null, role_arn: roleArn },
    keyArn: (keyArn as string | undefined) ?? null,
    usesLockFile: first.state.settings.use_lockfile === true,
    stateKeys: Object.fromEntries(trails.map(({ name, state }) => [name, `${state.settings.key}`])),
  };
}

/** The account of the role by which the bucket is reached; without one, that of the trails where they share it. */
function accountOf(roleArn: string | null, trails: readonly TrailWithState[]): string | undefined {
  const accounts = new Set(trails.map(({ inputs }) => inputs.accountId));
  return roleArn?.split(":")[4] ?? (accounts.size === 1 ? [...accounts][0] : undefined);
}

/** The inputs of the bucket. */
export function bucketInputs(
  { bucket, region, keyArn, stateKeys }: StateBucketTarget,
  accountId: string,
): StateBucketProps {
  return {
    name: bucket,
    accountId,
    region,
    ...(keyArn === null ? {} : { encryption: { existingKey: { arn: keyArn } } }),
    deployers: Object.fromEntries(Object.entries(stateKeys).map(([name, stateKey]) => [name, { stateKey }])),
  };
}
