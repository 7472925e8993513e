import {
  type AdvancedEventSelector,
  CloudTrailClient,
  DescribeTrailsCommand,
  GetEventSelectorsCommand,
  GetInsightSelectorsCommand,
  GetTrailStatusCommand,
  ListTagsCommand,
  type Tag,
  type Trail,
} from "@aws-sdk/client-cloudtrail";
import {
  type Bucket,
  type BucketLocationConstraint,
  CreateBucketCommand,
  GetBucketEncryptionCommand,
  GetBucketLifecycleConfigurationCommand,
  GetBucketOwnershipControlsCommand,
  GetBucketPolicyCommand,
  GetBucketTaggingCommand,
  GetBucketVersioningCommand,
  GetObjectCommand,
  GetPublicAccessBlockCommand,
  type LifecycleRule,
  ListBucketsCommand,
  ListObjectVersionsCommand,
  type PublicAccessBlockConfiguration,
  PutBucketVersioningCommand,
  S3Client,
} from "@aws-sdk/client-s3";
import type { Emulator } from "./emulator";

/** What the API says of a trail. */
export interface TrailReading {
  readonly trail: Trail;
  readonly logging: boolean | undefined;
  readonly tags: Readonly<Record<string, string>>;
  readonly selectors: readonly AdvancedEventSelector[];
  readonly insights: readonly string[];
}

/** What the API says of a bucket. */
export interface BucketReading {
  readonly versioning: string | undefined;
  readonly encryption: readonly (string | undefined)[];
  readonly publicAccessBlock: PublicAccessBlockConfiguration | undefined;
  readonly ownership: readonly (string | undefined)[];
  readonly lifecycle: readonly LifecycleRule[];
  readonly policy: readonly PolicyStatement[];
  readonly tags: Readonly<Record<string, string>>;
}

/** One statement of a policy. */
export interface PolicyStatement {
  readonly Sid: string;
  readonly [key: string]: unknown;
}

/** An account of an emulator, seen through its API and never through Terraform. */
export class Account {
  readonly cloudTrail: CloudTrailClient;
  readonly s3: S3Client;

  constructor(
    private readonly emulator: Emulator,
    readonly region: string,
  ) {
    const { url: endpoint, credentials } = emulator;
    // No second tries: what the emulator answers first is what is tested.
    const settings = { endpoint, credentials, region, maxAttempts: 1 };
    this.cloudTrail = new CloudTrailClient(settings);
    this.s3 = new S3Client({ ...settings, forcePathStyle: true });
  }

  /** Makes a versioned bucket, as the one that a state is kept in. */
  async makeVersionedBucket(name: string): Promise<void> {
    await this.s3.send(
      new CreateBucketCommand({
        Bucket: name,
        CreateBucketConfiguration: { LocationConstraint: this.region as BucketLocationConstraint },
      }),
    );
    await this.s3.send(
      new PutBucketVersioningCommand({ Bucket: name, VersioningConfiguration: { Status: "Enabled" } }),
    );
  }

  /** Makes the account the management account of a new organization. Returns the organization's id. */
  async makeOrganization(): Promise<string> {
    // One call is not worth a client. The emulator takes the service from the signature and does not check the rest.
    const scope = `${this.emulator.credentials.accessKeyId}/20260101/us-east-1/organizations/aws4_request`;
    const answer = await fetch(this.emulator.url, {
      method: "POST",
      headers: {
        "content-type": "application/x-amz-json-1.1",
        "x-amz-target": "AWSOrganizationsV20161128.CreateOrganization",
        authorization: `AWS4-HMAC-SHA256 Credential=${scope}, SignedHeaders=host, Signature=none`,
      },
      body: JSON.stringify({ FeatureSet: "ALL" }),
    });
    const { Organization } = (await answer.json()) as { Organization: { Id: string } };
    return Organization.Id;
  }

  /** The trails that there are. */
  async trails(): Promise<readonly Trail[]> {
    const { trailList } = await this.cloudTrail.send(new DescribeTrailsCommand({}));
    return trailList ?? [];
  }

  /** Reads back a trail with all that belongs to it. */
  async readTrail(name: string): Promise<TrailReading> {
    const { trailList } = await this.cloudTrail.send(new DescribeTrailsCommand({ trailNameList: [name] }));
    const [trail] = trailList ?? [];
    if (trail === undefined) {
      throw new Error(`there is no trail ${name}`);
    }
    const arn = trail.TrailARN as string;
    const status = await this.cloudTrail.send(new GetTrailStatusCommand({ Name: arn }));
    const tagged = await this.cloudTrail.send(new ListTagsCommand({ ResourceIdList: [arn] }));
    const events = await this.cloudTrail.send(new GetEventSelectorsCommand({ TrailName: arn }));
    const insights = await this.cloudTrail.send(new GetInsightSelectorsCommand({ TrailName: arn }));
    return {
      trail,
      logging: status.IsLogging,
      tags: byKey(tagged.ResourceTagList?.[0]?.TagsList),
      selectors: (events.AdvancedEventSelectors ?? []).map(inOrder),
      insights: (insights.InsightSelectors ?? []).map(({ InsightType }) => `${InsightType}`).sort(),
    };
  }

  /** The names of the buckets that there are. */
  async buckets(): Promise<readonly string[]> {
    const { Buckets } = await this.s3.send(new ListBucketsCommand({}));
    return (Buckets ?? []).map(({ Name }: Bucket) => Name as string).sort();
  }

  /** Reads back a bucket with all that belongs to it. */
  async readBucket(name: string): Promise<BucketReading> {
    const of = { Bucket: name };
    const versioning = await this.s3.send(new GetBucketVersioningCommand(of));
    const encryption = await this.s3.send(new GetBucketEncryptionCommand(of));
    const access = await this.s3.send(new GetPublicAccessBlockCommand(of));
    const ownership = await this.s3.send(new GetBucketOwnershipControlsCommand(of));
    const lifecycle = await this.s3.send(new GetBucketLifecycleConfigurationCommand(of));
    const policy = await this.s3.send(new GetBucketPolicyCommand(of));
    const tagging = await this.s3.send(new GetBucketTaggingCommand(of));
    return {
      versioning: versioning.Status,
      encryption: (encryption.ServerSideEncryptionConfiguration?.Rules ?? []).map(
        (rule) => rule.ApplyServerSideEncryptionByDefault?.SSEAlgorithm,
      ),
      publicAccessBlock: access.PublicAccessBlockConfiguration,
      ownership: (ownership.OwnershipControls?.Rules ?? []).map((rule) => rule.ObjectOwnership),
      lifecycle: lifecycle.Rules ?? [],
      policy: (JSON.parse(policy.Policy as string) as { Statement: PolicyStatement[] }).Statement,
      tags: byKey(tagging.TagSet),
    };
  }

  /** The text of an object. */
  async readObject(bucket: string, key: string): Promise<string> {
    const { Body } = await this.s3.send(new GetObjectCommand({ Bucket: bucket, Key: key }));
    return (await Body?.transformToString()) ?? "";
  }

  /** The texts of all versions of an object, the newest first. None where it never existed. */
  async readVersions(bucket: string, key: string): Promise<readonly string[]> {
    const { Versions } = await this.s3.send(new ListObjectVersionsCommand({ Bucket: bucket, Prefix: key }));
    const own = (Versions ?? []).filter((version) => version.Key === key);
    return Promise.all(
      own.map(async ({ VersionId }) => {
        const version = { Bucket: bucket, Key: key, VersionId };
        const { Body } = await this.s3.send(new GetObjectCommand(version));
        return (await Body?.transformToString()) ?? "";
      }),
    );
  }

  close(): void {
    this.cloudTrail.destroy();
    this.s3.destroy();
  }
}

function byKey(tags: readonly Tag[] | undefined): Readonly<Record<string, string>> {
  return Object.fromEntries((tags ?? []).map(({ Key, Value }) => [Key as string, Value as string]));
}

/** A selector with its fields in order: the provider sends them as a set. */
function inOrder({ Name, FieldSelectors }: AdvancedEventSelector): AdvancedEventSelector {
  const fields = [...(FieldSelectors ?? [])].sort((one, other) => `${one.Field}`.localeCompare(`${other.Field}`));
  return { Name, FieldSelectors: fields };
}
