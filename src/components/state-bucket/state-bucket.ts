import { KmsAlias } from "@cdktf/provider-aws/lib/kms-alias";
import { KmsKey } from "@cdktf/provider-aws/lib/kms-key";
import { S3BucketLifecycleConfiguration } from "@cdktf/provider-aws/lib/s3-bucket-lifecycle-configuration";
import { S3BucketServerSideEncryptionConfigurationA } from "@cdktf/provider-aws/lib/s3-bucket-server-side-encryption-configuration";
import type { Construct } from "constructs";
import {
  blockWhen,
  Component,
  ifPlaced,
  local,
  outputToken,
  outputTokenIfSet,
  outputTokens,
  resource,
  type Structure,
} from "../../placement";
import {
  bucketArn,
  denyInsecureTransport,
  enableIamPolicies,
  partitionOf,
  policyDocument,
  policyDocumentForEach,
  regionalServiceName,
  type Statement,
} from "../../policy";
import {
  atLeast,
  choose,
  flatten,
  forEachEntry,
  get,
  ifSet,
  isNull,
  length,
  mapValues,
  not,
  onlyIf,
  replaced,
  text,
  type Value,
  withDefault,
} from "../../values";
import { accountCheck } from "../account-check";
import { accessByPolicy, closedBucket } from "../closed-bucket";
import { ABORT_INCOMPLETE_UPLOADS, lifecycleRule, REMOVE_DELETE_MARKERS } from "../lifecycle-rules";
import type { StateBucketProps } from "../props";
import { keyStatement, stateStatements } from "./deployer-policy";
import { stateBucketDefinition } from "./inputs";

export type { StateBucketProps };

/** Old versions of a state that stay, however old. */
const KEPT_OLD_VERSIONS = 100;

/**
 * The bucket that keeps Terraform's states.
 *
 * @see https://developer.hashicorp.com/terraform/language/backend/s3
 */
export class StateBucket extends Component<typeof stateBucketDefinition.fields, typeof stateBucketDefinition.outputs> {
  static readonly definition = stateBucketDefinition;

  /**
   * @throws InputError naming every input that is wrong, before any resource is made
   */
  constructor(scope: Construct, id: string, props: StateBucketProps, structure: Structure = {}) {
    super(scope, id, stateBucketDefinition, props, structure);
    const { name, region, deployers, oldVersionDays, tags } = this.inputs;
    const partition = local(this, "partition", partitionOf(region));
    const arn = local(this, "arn", bucketArn(partition, name));

    const bucket = closedBucket(
      this,
      "state_bucket",
      { name, region, forceDestroy: false, tags },
      structure,
      accountCheck(this, this.inputs.accountId, structure),
    );
    const s3 = local(this, "s3_host_name", regionalServiceName("s3", region));
    const keyArn = local(this, "key_arn", this.key(partition, s3, structure));
    const encryption = resource(this, S3BucketServerSideEncryptionConfigurationA, "state_bucket", {
      bucket: bucket.name,
      rule: [
        {
          applyServerSideEncryptionByDefault: {
            sseAlgorithm: choose(isNull(this.inputs.encryption), "AES256", "aws:kms"),
            kmsMasterKeyId: keyArn,
          },
          bucketKeyEnabled: not(isNull(this.inputs.encryption)),
        },
      ],
    });
    const { policy, ownership } = accessByPolicy(
      this,
      "state_bucket",
      bucket,
      policyDocumentForEach(
        flatten(
          forEachEntry(
            deployers,
            ["stack", "deployer"],
            (stack, deployer) =>
              stateStatements(arn, stack, deployer, {
                Principal: { AWS: get(deployer, "role_arn") as Value<string> },
              }) as unknown as Value<never>,
            (_, deployer) => not(isNull(get(deployer, "role_arn"))),
          ),
        ) as Value<readonly Statement[]>,
        denyInsecureTransport(arn),
      ),
    );

    const expires = not(isNull(oldVersionDays));
    resource(
      this,
      S3BucketLifecycleConfiguration,
      "state_bucket",
      {
        bucket: bucket.name,
        rule: [
          ABORT_INCOMPLETE_UPLOADS,
          blockWhen(
            expires,
            lifecycleRule("expire-old-versions", {
              noncurrentVersionExpiration: [
                { noncurrentDays: oldVersionDays, newerNoncurrentVersions: KEPT_OLD_VERSIONS },
              ],
            }),
          ),
          blockWhen(expires, REMOVE_DELETE_MARKERS),
        ],
      },
      { dependsOn: [bucket.versioning], comment: "No state ever expires: of old versions alone there may be an end." },
    );

    this.declareOutputs({
      bucket: {
        value: bucket.name,
        after: [bucket.versioning, encryption, bucket.publicAccessBlock, ownership, policy],
      },
      arn: { value: arn },
      policy: { value: policy.attribute("policy") },
      key_arn: { value: keyArn as Value<string> },
      deployer_policies: {
        value: mapValues(deployers, ["stack", "deployer"], (deployer, stack) =>
          policyDocument(
            ...stateStatements(arn, stack, deployer),
            onlyIf(not(isNull(this.inputs.encryption)), keyStatement(s3, keyArn as Value<string>) as Value<Statement>),
          ),
        ),
      },
    });
  }

  /** Makes the key that encrypts the states, where one is wanted and none is there. Returns the ARN of the one in use. */
  private key(partition: Value<string>, s3: Value<string>, structure: Structure): Value<string | null> {
    const { name, accountId, encryption, deployers, tags } = this.inputs;
    return (
      ifPlaced(encryption, (chosen): Value<string | null> => {
        const existing = get(chosen, "existing_key");
        const creates = local(
          this,
          "creates_key",
          ifSet<typeof encryption, boolean>(encryption, () => isNull(existing), false),
        );
        const roles = local(
          this,
          "deployer_roles",
          forEachEntry(
            deployers,
            ["stack", "deployer"],
            (_, deployer) => get(deployer, "role_arn") as Value<string>,
            (_, deployer) => not(isNull(get(deployer, "role_arn"))),
          ),
        );
        const key = resource(
          this,
          KmsKey,
          "state_bucket",
          {
            description: text`Encrypts the states in the bucket ${name}`,
            policy: policyDocument(
              enableIamPolicies(partition, accountId),
              onlyIf(
                atLeast(length(roles), 1),
                keyStatement(s3, "*", { Principal: { AWS: roles } }) as Value<Statement>,
              ),
            ),
            enableKeyRotation: true,
            rotationPeriodInDays: get(chosen, "rotation_period_in_days"),
            deletionWindowInDays: get(chosen, "deletion_window_in_days"),
            tags,
          },
          { when: creates, lifecycle: { preventDestroy: structure.preventDestroy ?? false } },
        );
        resource(
          this,
          KmsAlias,
          "state_bucket",
          {
            name: withDefault(get(chosen, "alias"), text`alias/${replaced(name, ".", "-")}`),
            targetKeyId: key.attribute("key_id"),
          },
          { when: creates },
        );
        const newArn = key.attribute("arn");
        return existing === null
          ? newArn
          : choose<string | null>(
              creates,
              newArn,
              ifSet<typeof encryption, string | null>(
                encryption,
                () => get(existing as Value<{ readonly arn: string }>, "arn"),
                null,
              ),
            );
      }) ?? null
    );
  }

  /** The name of the bucket, once it is closed to all but those who may use it. */
  get bucket(): string {
    return outputToken(this.outputs.bucket);
  }

  /** The ARN of the bucket. */
  get arn(): string {
    return outputToken(this.outputs.arn);
  }

  /** The bucket policy, as JSON. */
  get policy(): string {
    return outputToken(this.outputs.policy);
  }

  /** The ARN of the key that encrypts the states, where there is one. */
  get keyArn(): string | undefined {
    return outputTokenIfSet(this.outputs.key_arn);
  }

  /** The IAM policy that each deployer needs for its state and the lock file, as JSON, by stack. */
  get deployerPolicies(): Readonly<Record<string, string>> {
    return outputTokens(this.outputs.deployer_policies);
  }
}
