import { allowAccessLogs, bucketArn, denyLogsByHand, objectArn, partitionOf, policyDocument } from "../policy";

/** Access logs of a log bucket that go into a bucket which is there already. */
export interface AccessLogDelivery {
  /** The name of the bucket that they go into. */
  readonly bucket: string;
  /** How their keys begin. */
  readonly prefix: string;
  /** The name of the bucket that they tell of. */
  readonly source: string;
  /** The account of that bucket; null where it is not known. */
  readonly accountId: string | null;
  readonly region: string;
}

/**
 * The policy that a bucket needs which takes access logs, as JSON: S3 may deliver them, and nobody else may write what would
 * look like one. The trail does not record what is put there.
 */
export function accessLogPolicy({ bucket, prefix, source, accountId, region }: AccessLogDelivery): string {
  const partition = partitionOf(region);
  const objects = objectArn(bucketArn(partition, bucket), `${prefix}*`);
  const delivery = allowAccessLogs(objects, { arn: bucketArn(partition, source), accountId });
  return policyDocument(delivery, denyLogsByHand(objects)) as string;
}
