import { TerraformStack, Testing } from "cdktf";
import { AuditTrail, type AuditTrailProps } from "../../../src/audit-trail/audit-trail";
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
  /** The ARN of the trail. */
  readonly trail: string;
  /** Where in the bucket logs are delivered. */
  readonly path: string;
  /** Where logs are delivered in the layout that differs in the prefix alone: a place like any other in this one. */
  readonly otherPath: string;
}

const MANAGEMENT_ACCOUNT_ID = "111122223333";
const DELEGATED_ADMINISTRATOR_ID = "444455556666";
const ORGANIZATION_ID = "o-exampleorgid";
const PREFIX = "audit/logs";

const places = [
  { partition: "aws", region: "eu-central-1", otherRegion: "us-east-1" },
  { partition: "aws-cn", region: "cn-north-1", otherRegion: "cn-northwest-1" },
  { partition: "aws-us-gov", region: "us-gov-west-1", otherRegion: "us-gov-east-1" },
];

const owners = [
  { owner: "one account", accountId: MANAGEMENT_ACCOUNT_ID, organizationId: null },
  { owner: "an organization", accountId: MANAGEMENT_ACCOUNT_ID, organizationId: ORGANIZATION_ID },
  {
    owner: "an organization, by a delegated administrator",
    accountId: DELEGATED_ADMINISTRATOR_ID,
    organizationId: ORGANIZATION_ID,
  },
];

/** Every layout that an audit trail can have. */
export const layouts: readonly Layout[] = places.flatMap(({ partition, region, otherRegion }) =>
  owners.flatMap(({ owner, accountId, organizationId }) =>
    [null, PREFIX].map((prefix) => ({
      name: `${partition}, ${owner}, ${prefix === null ? "no prefix" : "prefix"}`,
      props: {
        accountId,
        accountName: "example",
        region,
        owner: "Example Owner",
        organization:
          organizationId === null ? null : { id: organizationId, managementAccountId: MANAGEMENT_ACCOUNT_ID },
        logBucket: { prefix },
      },
      partition,
      region,
      otherRegion,
      bucketAccountId: accountId,
      trailAccountId: MANAGEMENT_ACCOUNT_ID,
      organizationId,
      bucket: `arn:${partition}:s3:::bucket-for-cloudtrail-logs-${accountId}-${region}`,
      trail: `arn:${partition}:cloudtrail:${region}:${MANAGEMENT_ACCOUNT_ID}:trail/example-logs`,
      path: prefix === null ? "AWSLogs/" : "audit/logs/AWSLogs/",
      otherPath: prefix === null ? "audit/logs/AWSLogs/" : "AWSLogs/",
    })),
  ),
);

/** The third of the layouts in which each prefix meets each owner once and each partition once. */
export const variedLayouts = layouts.filter((_, index) => {
  const prefix = index % 2;
  const owner = Math.floor(index / 2) % owners.length;
  const place = Math.floor(index / 2 / owners.length);
  return place === (owner + prefix) % places.length;
});

/** The policy of the log bucket, out of the stack that is deployed. */
export function logBucketPolicy({ props }: Layout): PolicyDocument {
  const stack = new TerraformStack(Testing.app(), "audit");
  new AuditTrail(stack, "audit", props);
  const { resource } = JSON.parse(Testing.synth(stack));
  const [policy, ...others] = Object.values<{ readonly policy: string }>(resource.aws_s3_bucket_policy);
  if (policy === undefined || others.length > 0) {
    throw new Error(`the stack has ${others.length + (policy === undefined ? 0 : 1)} bucket policies`);
  }
  return JSON.parse(policy.policy);
}
