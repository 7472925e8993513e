import type { Construct } from "constructs";
import { local } from "../../placement";
import {
  arnsOfTrails,
  CLOUDTRAIL,
  dnsSuffixOf,
  enableIamPolicies,
  type FurtherTrail,
  logGroupArn,
  policyDocument,
  regionalServiceName,
  trailArn,
  trailsOfAccountArn,
} from "../../policy";
import { atLeast, concat, forEach, get, ifSet, length, onlyIf, onlyIfSet, type Value } from "../../values";

/** What the key policy is about. */
export interface KeyPolicyInputs {
  /** The component in which the parts of the policy get names. */
  readonly scope: Construct;
  readonly partition: Value<string>;
  /** The account of the key. */
  readonly accountId: Value<string>;
  readonly region: Value<string>;
  readonly trailName: Value<string>;
  /** The account that owns the trail. */
  readonly trailAccountId: Value<string>;
  readonly furtherTrails: Value<readonly FurtherTrail[]>;
  readonly logGroupName: Value<string | null>;
  readonly readers: Value<readonly string[]>;
}

/**
 * The policy of the encryption key: the account rules over it by its IAM policies; CloudTrail may encrypt on behalf of
 * the trails that are named; readers may decrypt what they read from S3.
 *
 * @see https://docs.aws.amazon.com/awscloudtrail/latest/userguide/create-kms-key-policy-for-cloudtrail.html
 */
export function keyPolicy(inputs: KeyPolicyInputs): Value<string> {
  const { scope, partition, accountId, region, trailAccountId, furtherTrails, logGroupName, readers } = inputs;
  const trailArns = local(
    scope,
    "trail_arns",
    arnsOfTrails(
      partition,
      trailArn({ partition, region, accountId: trailAccountId, name: inputs.trailName }),
      furtherTrails,
    ),
  );
  const dnsSuffix = local(scope, "dns_suffix", dnsSuffixOf(region));
  const encryptedTrails = concat<string>(
    [trailsOfAccountArn(partition, trailAccountId)],
    forEach(furtherTrails, "trail", (trail) => trailsOfAccountArn(partition, get(trail, "account_id"))),
  );
  const logGroup = local(
    scope,
    "log_group_arn",
    ifSet<typeof logGroupName, string | null>(
      logGroupName,
      (name) => logGroupArn({ partition, region, accountId, name }),
      null,
    ),
  );
  const source = { StringEquals: { "aws:SourceArn": trailArns } };
  return policyDocument(
    enableIamPolicies(partition, accountId),
    {
      Sid: "AllowCloudTrailToEncrypt",
      Effect: "Allow",
      Principal: CLOUDTRAIL,
      Action: "kms:GenerateDataKey*",
      Resource: "*",
      Condition: {
        ...source,
        StringLike: { "kms:EncryptionContext:aws:cloudtrail:arn": encryptedTrails },
      },
    },
    {
      Sid: "AllowCloudTrailToDescribeKey",
      Effect: "Allow",
      Principal: CLOUDTRAIL,
      Action: "kms:DescribeKey",
      Resource: "*",
      Condition: source,
    },
    {
      // To make or change a trail whose bucket has a bucket key.
      Sid: "AllowCloudTrailToDecrypt",
      Effect: "Allow",
      Principal: CLOUDTRAIL,
      Action: "kms:Decrypt",
      Resource: "*",
      Condition: source,
    },
    onlyIf(atLeast(length(readers), 1), {
      // With a bucket key the encryption context may be that of the bucket: no condition on it.
      Sid: "AllowReadersToDecrypt",
      Effect: "Allow",
      Principal: { AWS: readers },
      Action: "kms:Decrypt",
      Resource: "*",
      Condition: { StringEquals: { "kms:ViaService": regionalServiceName("s3", region, dnsSuffix) } },
    }),
    onlyIfSet(logGroup, (arn) => ({
      Sid: "AllowCloudWatchLogs",
      Effect: "Allow",
      Principal: { Service: regionalServiceName("logs", region, dnsSuffix) },
      Action: ["kms:Encrypt*", "kms:Decrypt*", "kms:ReEncrypt*", "kms:GenerateDataKey*", "kms:Describe*"],
      Resource: "*",
      Condition: {
        ArnEquals: {
          "kms:EncryptionContext:aws:logs:arn": arn,
        },
      },
    })),
  );
}
