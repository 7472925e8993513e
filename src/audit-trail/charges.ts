import type { AuditTrailProps } from "./audit-trail";

/** What AWS charges for a part of an audit trail, in kind: amounts depend on use and change. */
export interface Charge {
  readonly item: string;
  /** Whether it costs anything at all. */
  readonly charged: boolean;
  readonly why: string;
}

/**
 * What AWS charges for an audit trail.
 *
 * @see https://aws.amazon.com/cloudtrail/pricing/
 */
export function charges(inputs: AuditTrailProps): readonly Charge[] {
  return [
    ...chargeWhen(inputs.managementEvents !== null, {
      item: "management events",
      charged: false,
      why: "the first copy in each region is free; a second trail that records them is charged",
    }),
    ...chargeWhen(inputs.s3DataEvents !== null, {
      item: "S3 data events",
      charged: true,
      why: "per event: every call on an object of every bucket",
    }),
    ...chargeWhen(inputs.lambdaDataEvents !== null, {
      item: "Lambda data events",
      charged: true,
      why: "per event: every invocation of every function",
    }),
    ...chargeWhen(inputs.insights !== undefined && inputs.insights !== null, {
      item: "CloudTrail Insights",
      charged: true,
      why: "per event that is looked at, for each kind of rate",
    }),
    { item: "log bucket", charged: true, why: "S3 storage, growing for as long as logs are kept, and S3 requests" },
  ];
}

function chargeWhen(condition: boolean, charge: Charge): readonly Charge[] {
  return condition ? [charge] : [];
}
