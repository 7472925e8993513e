import { TerraformStack, Testing } from "cdktf";
import { AuditTrail, type AuditTrailProps } from "../../../src/audit-trail/audit-trail";
import { literal } from "../../../src/values";
import type { TrailParts } from "./calls";
import type { PolicyDocument } from "./evaluator";

/** One way in which an audit trail is laid out over accounts, paths and partitions, written out by hand. */
export interface Layout {
  readonly name: string;
  readonly props: AuditTrailProps;
  readonly partition: string;
  readonly region: string;
  /** Another region of the partition. */
  readonly otherRegion: string;
  /** The account in which the bucket is. */
  readonly bucketAccountId: string;
  /** The account that owns the trail. */
  readonly trailAccountId: string;
  readonly organizationId: string | null;
  /** The ARN of the bucket. */
  readonly bucket: string;
  /** The trail, and further ones of other accounts. */
  readonly trails: readonly [TrailParts, ...(readonly TrailParts[])];
  /** Where in the bucket logs are delivered. */
  readonly path: string;
  /** Where logs are delivered in the layout that differs in the prefix alone: a place like any other in this one. */
  readonly otherPath: string;
  /** The organization to which the bucket is closed, and to whom. */
  readonly restriction?: { readonly id: string; readonly deliveries: boolean; readonly principals: boolean };
  /** Whether uploads have to ask for encryption. */
  readonly encryptedUploads?: boolean;
  /** The account to which the additional policy gives the right to read. */
  readonly readerAccountId?: string;
}

const MANAGEMENT_ACCOUNT_ID = "111122223333";
const DELEGATED_ADMINISTRATOR_ID = "444455556666";
const BUCKET_ACCOUNT_ID = "999900001111";
const READER_ACCOUNT_ID = "222233334444";
const ORGANIZATION_ID = "o-exampleorgid";
const PREFIX = "audit/logs";

const places = [
  { partition: "aws", region: "eu-central-1", otherRegion: "us-east-1" },
  { partition: "aws-cn", region: "cn-north-1", otherRegion: "cn-northwest-1" },
  { partition: "aws-us-gov", region: "us-gov-west-1", otherRegion: "us-gov-east-1" },
] as const;

type Place = (typeof places)[number];

const owners = [
  { owner: "one account", accountId: MANAGEMENT_ACCOUNT_ID, organizationId: null },
  { owner: "an organization", accountId: MANAGEMENT_ACCOUNT_ID, organizationId: ORGANIZATION_ID },
  {
    owner: "an organization, by a delegated administrator",
    accountId: DELEGATED_ADMINISTRATOR_ID,
    organizationId: ORGANIZATION_ID,
  },
] as const;

type Owner = (typeof owners)[number];

type LogBucketInputs = NonNullable<AuditTrailProps["logBucket"]>;

function layoutOf(place: Place, { owner, accountId, organizationId }: Owner, prefix: string | null): Layout {
  const { partition, region } = place;
  return {
    ...place,
    name: `${partition}, ${owner}, ${prefix === null ? "no prefix" : "prefix"}`,
    props: {
      accountId,
      accountName: "example",
      region,
      owner: "Example Owner",
      organization: organizationId === null ? null : { id: organizationId, managementAccountId: MANAGEMENT_ACCOUNT_ID },
      logBucket: { prefix },
    },
    bucketAccountId: accountId,
    trailAccountId: MANAGEMENT_ACCOUNT_ID,
    organizationId,
    bucket: `arn:${partition}:s3:::bucket-for-cloudtrail-logs-${accountId}-${region}`,
    trails: [{ partition, region, accountId: MANAGEMENT_ACCOUNT_ID, name: "example-logs" }],
    path: prefix === null ? "AWSLogs/" : "audit/logs/AWSLogs/",
    otherPath: prefix === null ? "audit/logs/AWSLogs/" : "AWSLogs/",
  };
}

/** The layouts of a bucket that takes the logs of its own trail alone. */
const plainLayouts: readonly Layout[] = places.flatMap((place) =>
  owners.flatMap((owner) => [null, PREFIX].map((prefix) => layoutOf(place, owner, prefix))),
);

/** A plain layout with options of the bucket. */
function layoutWith(what: string, plain: Layout, logBucket: LogBucketInputs, about: Partial<Layout> = {}): Layout {
  const props = { ...plain.props, logBucket: { ...(plain.props.logBucket as object), ...(logBucket as object) } };
  return { ...plain, name: `${what}: ${plain.name}`, props, ...about };
}

const [commercial, china, govCloud] = places;
const [oneAccount, oneOrganization, delegated] = owners;

const furtherTrails = [
  { accountId: "555500006666", region: "eu-central-1", name: "second-logs" },
  { accountId: "666600007777", region: "eu-west-1", name: "third.logs" },
] as const;

function central(plain: Layout): Layout {
  return layoutWith(
    "further trails",
    plain,
    { furtherTrails },
    { trails: [plain.trails[0], ...furtherTrails.map((trail) => ({ partition: plain.partition, ...trail }))] },
  );
}

function restricted(plain: Layout, deliveries: boolean, principals: boolean): Layout {
  const restriction = { id: ORGANIZATION_ID, deliveries, principals };
  const which = [...(deliveries ? ["deliveries"] : []), ...(principals ? ["principals"] : [])].join(" and ");
  return layoutWith(`${which} of one organization`, plain, { restrictToOrganization: restriction }, { restriction });
}

function encrypted(plain: Layout): Layout {
  return layoutWith("encrypted uploads", plain, { denyUnencryptedUploads: true }, { encryptedUploads: true });
}

function withReader(plain: Layout): Layout {
  const statement = {
    Sid: "AllowReader",
    Effect: "Allow",
    Principal: { AWS: `arn:${plain.partition}:iam::${READER_ACCOUNT_ID}:root` },
    Action: "s3:GetObject",
    Resource: `${plain.bucket}/*`,
  };
  return layoutWith(
    "additional policy",
    plain,
    { additionalPolicy: JSON.stringify({ Version: "2012-10-17", Statement: [statement] }) },
    { readerAccountId: READER_ACCOUNT_ID },
  );
}

function elsewhere(plain: Layout): Layout {
  return layoutWith(
    "bucket of another account",
    plain,
    { existingBucket: { name: "central-logs" } },
    { bucket: `arn:${plain.partition}:s3:::central-logs`, bucketAccountId: BUCKET_ACCOUNT_ID },
  );
}

const restrictedOrganization = restricted(layoutOf(commercial, oneOrganization, null), true, true);
const everything = [elsewhere, central, encrypted, withReader].reduce(
  (layout, change) => change(layout),
  restricted(layoutOf(commercial, delegated, PREFIX), true, true),
);

/** The layouts of a bucket with each option of its policy, and with all of them. */
const optionLayouts: readonly Layout[] = [
  central(layoutOf(commercial, oneAccount, PREFIX)),
  elsewhere(layoutOf(china, oneAccount, null)),
  elsewhere(layoutOf(govCloud, oneOrganization, PREFIX)),
  restrictedOrganization,
  restricted(layoutOf(china, oneAccount, null), true, false),
  restricted(layoutOf(govCloud, delegated, PREFIX), false, true),
  encrypted(layoutOf(govCloud, oneAccount, null)),
  withReader(layoutOf(china, oneOrganization, PREFIX)),
  everything,
];

/** Every layout that an audit trail can have. */
export const layouts: readonly Layout[] = [...plainLayouts, ...optionLayouts];

/** Three of the plain layouts: each owner once, each partition once, and both with and without a prefix. */
export const variedLayouts: readonly Layout[] = [
  layoutOf(commercial, oneAccount, null),
  layoutOf(china, oneOrganization, PREFIX),
  layoutOf(govCloud, delegated, null),
];

/** Layouts with every statement and every condition in one of them at least. */
export const mistakenLayouts: readonly Layout[] = [...variedLayouts, restrictedOrganization, everything];

/** The policy of the log bucket, out of the stack that is deployed, or the one that an existing bucket needs. */
export function logBucketPolicy({ props }: Layout): PolicyDocument {
  const stack = new TerraformStack(Testing.app(), "audit");
  const { outputs } = new AuditTrail(stack, "audit", props);
  const { resource } = JSON.parse(Testing.synth(stack));
  const policies = Object.values<{ readonly policy: string }>(resource.aws_s3_bucket_policy ?? {});
  if (policies.length > 1) {
    throw new Error(`the stack has ${policies.length} bucket policies`);
  }
  return JSON.parse(policies[0]?.policy ?? literal(outputs.log_bucket_policy.value));
}
