import { S3Bucket } from "@cdktf/provider-aws/lib/s3-bucket";
import { S3BucketOwnershipControls } from "@cdktf/provider-aws/lib/s3-bucket-ownership-controls";
import { S3BucketPolicy } from "@cdktf/provider-aws/lib/s3-bucket-policy";
import { S3BucketPublicAccessBlock } from "@cdktf/provider-aws/lib/s3-bucket-public-access-block";
import { S3BucketVersioningA } from "@cdktf/provider-aws/lib/s3-bucket-versioning";
import type { Construct } from "constructs";
import { type PlacedElement, type Precondition, resource, type Structure, wantName } from "../placement";
import { partitionOf } from "../policy";
import type { Value } from "../values";

/** What is chosen about a bucket that holds evidence. */
export interface ClosedBucketInputs {
  readonly name: Value<string>;
  readonly region: Value<string>;
  readonly forceDestroy: Value<boolean>;
  readonly tags: Value<Record<string, string>>;
}

/** A bucket with what closes it. */
export interface ClosedBucket {
  /** Its name, once the bucket exists. */
  readonly name: Value<string>;
  readonly versioning: PlacedElement;
  readonly publicAccessBlock: PlacedElement;
}

/** Who has access to a bucket. */
export interface BucketAccess {
  readonly policy: PlacedElement;
  readonly ownership: PlacedElement;
}

/**
 * A bucket that holds evidence: versioned and closed to the public.
 *
 * @param name Terraform's name of its resources
 * @param preconditions what has to hold before it is made
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/security-best-practices.html
 */
export function closedBucket(
  scope: Construct,
  name: string,
  inputs: ClosedBucketInputs,
  structure: Structure,
  preconditions: readonly Precondition[] = [],
): ClosedBucket {
  wantName(scope, "bucket", inputs.name, partitionOf(inputs.region));
  const bucket = resource(
    scope,
    S3Bucket,
    name,
    { bucket: inputs.name, forceDestroy: inputs.forceDestroy, tags: inputs.tags },
    { lifecycle: { preventDestroy: structure.preventDestroy ?? false, preconditions } },
  );
  const bucketName = bucket.attribute("bucket");
  return {
    name: bucketName,
    versioning: resource(scope, S3BucketVersioningA, name, {
      bucket: bucketName,
      versioningConfiguration: { status: "Enabled" },
    }),
    publicAccessBlock: resource(scope, S3BucketPublicAccessBlock, name, {
      bucket: bucketName,
      blockPublicAcls: true,
      blockPublicPolicy: true,
      ignorePublicAcls: true,
      restrictPublicBuckets: true,
    }),
  };
}

/**
 * The access to a bucket that holds evidence: by its policy alone, with ACLs off.
 *
 * @param name Terraform's name of its resources
 * @param policy as JSON
 */
export function accessByPolicy(
  scope: Construct,
  name: string,
  bucket: ClosedBucket,
  policy: Value<string>,
): BucketAccess {
  const bucketPolicy = resource(
    scope,
    S3BucketPolicy,
    name,
    { bucket: bucket.name, policy },
    {
      dependsOn: [bucket.publicAccessBlock],
      comment: "S3 refuses two changes of a bucket's access at once (OperationAborted): the one after the other.",
    },
  );
  return {
    policy: bucketPolicy,
    ownership: resource(
      scope,
      S3BucketOwnershipControls,
      name,
      { bucket: bucket.name, rule: { objectOwnership: "BucketOwnerEnforced" } },
      { dependsOn: [bucketPolicy] },
    ),
  };
}
