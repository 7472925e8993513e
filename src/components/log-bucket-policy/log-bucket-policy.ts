import type { Construct } from "constructs";
import { Component, local, outputToken, type Structure } from "../../placement";
import {
  arnsOfTrails,
  bucketArn,
  CLOUDTRAIL,
  denyInsecureTransport,
  denyLogsByHand,
  EVERYBODY,
  logPath,
  logsOf,
  objectArn,
  partitionOf,
  policyDocumentWith,
  type Statement,
  type Tests,
  trailArn,
  trailOwner,
} from "../../policy";
import {
  choose,
  concat,
  forEach,
  get,
  ifSet,
  merge,
  type OptionalItem,
  onlyIf,
  onlyIfSet,
  text,
  type Value,
} from "../../values";
import type { LogBucketPolicyProps } from "../props";
import { logBucketPolicyDefinition } from "./inputs";

export type { LogBucketPolicyProps };

/**
 * The policy of the log bucket: CloudTrail may look at the bucket and deliver logs, on behalf of the trails that are
 * named; nobody may write under the path of the logs by hand; nobody may come without TLS 1.2.
 *
 * @see https://docs.aws.amazon.com/awscloudtrail/latest/userguide/create-s3-bucket-policy-for-cloudtrail.html
 */
export class LogBucketPolicy extends Component<
  typeof logBucketPolicyDefinition.fields,
  typeof logBucketPolicyDefinition.outputs
> {
  static readonly definition = logBucketPolicyDefinition;

  /**
   * @throws InputError naming every input that is wrong, before any resource is made
   */
  constructor(scope: Construct, id: string, props: LogBucketPolicyProps, structure: Structure = {}) {
    super(scope, id, logBucketPolicyDefinition, props, structure);
    const { region, organization, furtherTrails, restrictToOrganization } = this.inputs;
    const partition = local(this, "partition", partitionOf(region));
    const bucket = local(this, "bucket_arn", bucketArn(partition, this.inputs.bucketName));
    const path = local(this, "log_path", logPath(this.inputs.prefix));
    const trailAccountId = local(this, "trail_account_id", trailOwner(organization, this.inputs.accountId));
    const ownTrailArn = local(
      this,
      "trail_arn",
      trailArn({ partition, region, accountId: trailAccountId, name: this.inputs.trailName }),
    );
    const trailArns = local(this, "trail_arns", arnsOfTrails(partition, ownTrailArn, furtherTrails));
    const sourceOrganization = local(
      this,
      "source_organization",
      ifSet(
        restrictToOrganization,
        (restriction) =>
          choose<Record<string, string>>(
            get(restriction, "deliveries"),
            { "aws:SourceOrgID": get(restriction, "id") },
            {},
          ),
        {},
      ) as Value<Record<string, string>>,
    );
    const sourceOf = (trails: Value<readonly string[]>): Tests =>
      merge<string | readonly string[]>(
        { "aws:SourceArn": trails },
        sourceOrganization as Value<Record<string, string | readonly string[]>>,
      ) as Tests;
    const source = sourceOf(trailArns);

    const json = local(
      this,
      "policy",
      policyDocumentWith(this.inputs.additionalPolicy, [
        {
          Sid: "AWSCloudTrailAclCheck20150319",
          Effect: "Allow",
          Principal: CLOUDTRAIL,
          Action: "s3:GetBucketAcl",
          Resource: bucket,
          Condition: { StringEquals: source },
        },
        delivery(
          "AWSCloudTrailWrite20150319",
          concat<string>(
            [objectArn(bucket, logsOf(path, trailAccountId))],
            forEach(furtherTrails, "trail", (trail) => objectArn(bucket, logsOf(path, get(trail, "account_id")))),
          ),
          source,
        ),
        onlyIfSet(organization, (member) =>
          delivery(
            "AWSCloudTrailOrganizationWrite20150319",
            objectArn(bucket, logsOf(path, get(member, "id"))),
            // Further trails are those of single accounts: none of them delivers for the organization.
            sourceOf([ownTrailArn]),
          ),
        ),
        denyLogsByHand(objectArn(bucket, text`${path}*`)),
        ...denyInsecureTransport(bucket),
        onlyIf(this.inputs.denyUnencryptedUploads, {
          Sid: "DenyUnencryptedUploads",
          Effect: "Deny",
          Principal: EVERYBODY,
          Action: "s3:PutObject",
          Resource: objectArn(bucket, "*"),
          Condition: { StringNotEquals: { "s3:x-amz-server-side-encryption": ["AES256", "aws:kms"] } },
        } as Value<Statement>),
        onlyIfSet(this.inputs.denyTampering, (tampering) => denyTampering(get(tampering, "except"), bucket)),
        ...(restrictToOrganization === null ? [] : [denyOutside(restrictToOrganization, bucket)]),
      ]),
    );
    this.declareOutputs({ json: { value: json } });
  }

  /** The policy, as JSON. */
  get json(): string {
    return outputToken(this.outputs.json);
  }
}

/** The statement that lets CloudTrail deliver logs. */
function delivery(sid: string, logs: Value<string> | Value<readonly string[]>, source: Tests): Statement {
  return {
    Sid: sid,
    Effect: "Allow",
    Principal: CLOUDTRAIL,
    Action: "s3:PutObject",
    Resource: logs,
    Condition: { StringEquals: merge({ "s3:x-amz-acl": "bucket-owner-full-control" }, source as never) as Tests },
  };
}

/** What deletes logs, stops their delivery, or changes what protects them. */
const TAMPERING = [
  "s3:BypassGovernanceRetention",
  "s3:DeleteBucket",
  "s3:DeleteBucketPolicy",
  "s3:DeleteObject",
  "s3:DeleteObjectVersion",
  "s3:PutBucketAcl",
  "s3:PutBucketLogging",
  "s3:PutBucketNotification",
  "s3:PutBucketObjectLockConfiguration",
  "s3:PutBucketOwnershipControls",
  "s3:PutBucketPolicy",
  "s3:PutBucketPublicAccessBlock",
  "s3:PutBucketRequestPayment",
  "s3:PutBucketVersioning",
  "s3:PutEncryptionConfiguration",
  "s3:PutLifecycleConfiguration",
  "s3:PutReplicationConfiguration",
  "s3:ReplicateDelete",
];

/** The statement that denies everybody but a few to delete logs, and to change what protects them. */
function denyTampering(except: Value<readonly string[]>, bucket: Value<string>): Statement {
  return {
    Sid: "DenyTampering",
    Effect: "Deny",
    Principal: EVERYBODY,
    Action: TAMPERING,
    Resource: [bucket, objectArn(bucket, "*")],
    Condition: { ArnNotLike: { "aws:PrincipalArn": except } },
  };
}

/** The statement that denies everything to everybody outside an organization, where that is chosen. */
function denyOutside(
  restriction: Value<{ readonly id: string; readonly principals: boolean } | null>,
  bucket: Value<string>,
): OptionalItem<Statement> {
  const chosen = restriction as Value<{ readonly id: string; readonly principals: boolean }>;
  return onlyIf(
    ifSet(restriction, () => get(chosen, "principals"), false),
    {
      Sid: "DenyOutsideOrganization",
      Effect: "Deny",
      Principal: EVERYBODY,
      Action: "s3:*",
      Resource: [bucket, objectArn(bucket, "*")],
      Condition: {
        StringNotEquals: { "aws:PrincipalOrgID": get(chosen, "id") },
        // CloudTrail itself is of no organization.
        BoolIfExists: { "aws:PrincipalIsAWSService": "false" },
      },
    } as Value<Statement>,
  );
}
