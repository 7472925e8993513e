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
  GetBucketLoggingCommand,
  GetBucketOwnershipControlsCommand,
  GetBucketPolicyCommand,
  GetBucketTaggingCommand,
  GetBucketVersioningCommand,
  GetObjectCommand,
  GetPublicAccessBlockCommand,
  type LifecycleRule,
  ListBucketsCommand,
  ListObjectVersionsCommand,
  type LoggingEnabled,
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
  readonly encryption: readonly BucketEncryption[];
  readonly publicAccessBlock: PublicAccessBlockConfiguration | undefined;
  readonly ownership: readonly (string | undefined)[];
  readonly lifecycle: readonly LifecycleRule[];
  /** From which size on objects are moved to another storage class. */
  readonly minimumObjectSize: string | undefined;
  /** Where its access logs go. */
  readonly logging: LoggingEnabled | undefined;
  readonly policy: readonly PolicyStatement[];
  readonly tags: Readonly<Record<string, string>>;
}

/** How a bucket encrypts by default. */
export interface BucketEncryption {
  readonly algorithm: string | undefined;
  readonly key: string | undefined;
  readonly bucketKey: boolean | undefined;
}

/** What the API says of a KMS key. */
export interface KeyReading {
  readonly id: string;
  readonly arn: string;
  readonly state: string;
  readonly aliases: readonly string[];
  /** Days after which it gets new material. Undefined where it is not rotated. */
  readonly rotationPeriod: number | undefined;
  readonly policy: readonly PolicyStatement[];
  readonly tags: Readonly<Record<string, string>>;
}

/** What the API says of a log group. */
export interface LogGroupReading {
  readonly name: string;
  readonly retentionInDays: number | undefined;
  readonly keyArn: string | undefined;
  readonly tags: Readonly<Record<string, string>>;
}

/** What the API says of a role. */
export interface RoleReading {
  readonly arn: string;
  readonly trust: readonly PolicyStatement[];
  /** The policies that stand in it, by name. */
  readonly policies: Readonly<Record<string, readonly PolicyStatement[]>>;
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
    const { Organization } = await this.call<{ Organization: { Id: string } }>(
      "organizations",
      "AWSOrganizationsV20161128.CreateOrganization",
      { FeatureSet: "ALL" },
    );
    return Organization.Id;
  }

  /** Calls a service that answers in JSON: a few calls are not worth a client. */
  async call<T>(service: string, operation: string, input: object = {}): Promise<T> {
    const headers = { "content-type": "application/x-amz-json-1.1", "x-amz-target": operation };
    return JSON.parse(await this.send(service, headers, JSON.stringify(input))) as T;
  }

  /** The alarms of CloudWatch, by name. */
  async alarms(): Promise<readonly { readonly name: string; readonly actions: readonly string[] }[]> {
    type Alarms = { readonly MetricAlarms: readonly { readonly AlarmName: string; readonly AlarmActions: string[] }[] };
    const found = await this.call<Alarms>("monitoring", "GraniteServiceVersion20100801.DescribeAlarms");
    return found.MetricAlarms.map(({ AlarmName: name, AlarmActions: actions }) => ({ name, actions })).sort(
      (left, right) => (left.name < right.name ? -1 : 1),
    );
  }

  /** Who is told by a topic. */
  async subscribers(topic: string): Promise<readonly { readonly protocol: string; readonly endpoint: string }[]> {
    const text = await this.query("sns", {
      Action: "ListSubscriptionsByTopic",
      Version: "2010-03-31",
      TopicArn: topic,
    });
    const valuesOf = (name: string): readonly string[] =>
      [...text.matchAll(new RegExp(`<${name}>([^<]*)</${name}>`, "g"))].map(([, value]) => value as string);
    const endpoints = valuesOf("Endpoint");
    return valuesOf("Protocol").map((protocol, index) => ({ protocol, endpoint: endpoints[index] ?? "" }));
  }

  /** Makes a topic that tells a queue. Returns its ARN. */
  async makeTopic(name: string, queueArn: string): Promise<string> {
    await this.query("sns", { Action: "CreateTopic", Version: "2010-03-31", Name: name });
    const TopicArn = `arn:aws:sns:${this.region}:${this.emulator.account}:${name}`;
    const subscription = { TopicArn, Protocol: "sqs", Endpoint: queueArn };
    await this.query("sns", { Action: "Subscribe", Version: "2010-03-31", ...subscription });
    return TopicArn;
  }

  /** Calls a service that is asked by a form, and answers in XML. */
  private async query(service: string, form: Readonly<Record<string, string>>): Promise<string> {
    return this.send(
      service,
      { "content-type": "application/x-www-form-urlencoded" },
      new URLSearchParams(form).toString(),
    );
  }

  private async send(service: string, headers: Readonly<Record<string, string>>, body: string): Promise<string> {
    // The emulator takes service and region from the signature and does not check the rest.
    const scope = `${this.emulator.credentials.accessKeyId}/20260101/${this.region}/${service}/aws4_request`;
    const authorization = `AWS4-HMAC-SHA256 Credential=${scope}, SignedHeaders=host, Signature=none`;
    const answer = await fetch(this.emulator.url, { method: "POST", headers: { ...headers, authorization }, body });
    const text = await answer.text();
    if (!answer.ok) {
      throw new Error(`${service} answered ${answer.status} to ${JSON.stringify(headers)} ${body}: ${text}`);
    }
    return text;
  }

  /** The keys that there are, those of AWS and those that wait for their deletion aside. */
  async keys(): Promise<readonly KeyReading[]> {
    return (await this.allKeys()).filter(({ state }) => state !== "PendingDeletion");
  }

  /** The keys that there are, those of AWS aside. AWS deletes none at once. */
  async allKeys(): Promise<readonly KeyReading[]> {
    const { Keys } = await this.call<{ Keys: readonly { readonly KeyId: string }[] }>("kms", "TrentService.ListKeys");
    const found = await Promise.all(Keys.map(({ KeyId }) => this.readKey(KeyId)));
    return found.filter((key) => key !== undefined);
  }

  /** Reads back a key; undefined where it is one of AWS. */
  private async readKey(id: string): Promise<KeyReading | undefined> {
    const of = <T>(operation: string, more: object = {}): Promise<T> =>
      this.call<T>("kms", `TrentService.${operation}`, { KeyId: id, ...more });
    type Metadata = { readonly Arn: string; readonly KeyState: string; readonly KeyManager: string };
    const { KeyMetadata } = await of<{ KeyMetadata: Metadata }>("DescribeKey");
    if (KeyMetadata.KeyManager !== "CUSTOMER") {
      return undefined;
    }
    const rotation = await of<{ KeyRotationEnabled: boolean; RotationPeriodInDays?: number }>("GetKeyRotationStatus");
    const policy = await of<{ Policy: string }>("GetKeyPolicy", { PolicyName: "default" });
    const { Aliases } = await of<{ Aliases: readonly { readonly AliasName: string }[] }>("ListAliases");
    const { Tags } = await of<{ Tags: readonly { TagKey: string; TagValue: string }[] }>("ListResourceTags");
    return {
      id,
      arn: KeyMetadata.Arn,
      state: KeyMetadata.KeyState,
      aliases: Aliases.map(({ AliasName }) => AliasName),
      rotationPeriod: rotation.KeyRotationEnabled ? rotation.RotationPeriodInDays : undefined,
      policy: statementsOf(policy.Policy),
      tags: byKey(Tags.map(({ TagKey, TagValue }) => ({ Key: TagKey, Value: TagValue }))),
    };
  }

  /** The log groups that there are. */
  async logGroups(): Promise<readonly LogGroupReading[]> {
    type Group = {
      readonly logGroupName: string;
      readonly logGroupArn: string;
      readonly retentionInDays?: number;
      readonly kmsKeyId?: string;
    };
    const { logGroups } = await this.call<{ logGroups: readonly Group[] }>("logs", "Logs_20140328.DescribeLogGroups");
    return Promise.all(
      logGroups.map(async ({ logGroupName, logGroupArn, retentionInDays, kmsKeyId }) => {
        const of = { resourceArn: logGroupArn };
        const { tags } = await this.call<{ tags: LogGroupReading["tags"] }>(
          "logs",
          "Logs_20140328.ListTagsForResource",
          of,
        );
        return { name: logGroupName, retentionInDays, keyArn: kmsKeyId, tags };
      }),
    );
  }

  /** The names of the roles that there are. */
  async roles(): Promise<readonly string[]> {
    return texts(await this.callIam("ListRoles"), "RoleName");
  }

  /** Reads back a role with all that belongs to it. */
  async readRole(RoleName: string): Promise<RoleReading> {
    const role = await this.callIam("GetRole", { RoleName });
    const names = texts(await this.callIam("ListRolePolicies", { RoleName }), "member");
    const policies = await Promise.all(
      names.map(async (PolicyName) => {
        const policy = await this.callIam("GetRolePolicy", { RoleName, PolicyName });
        return [PolicyName, statementsOf(decodeURIComponent(text(policy, "PolicyDocument")))] as const;
      }),
    );
    return {
      arn: text(role, "Arn"),
      trust: statementsOf(decodeURIComponent(text(role, "AssumeRolePolicyDocument"))),
      policies: Object.fromEntries(policies),
    };
  }

  /** Calls IAM, which answers in XML. */
  private callIam(Action: string, input: Readonly<Record<string, string>> = {}): Promise<string> {
    const headers = { "content-type": "application/x-www-form-urlencoded; charset=utf-8" };
    return this.send("iam", headers, `${new URLSearchParams({ Action, Version: "2010-05-08", ...input })}`);
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
    const logging = await this.s3.send(new GetBucketLoggingCommand(of));
    return {
      versioning: versioning.Status,
      encryption: (encryption.ServerSideEncryptionConfiguration?.Rules ?? []).map(
        ({ ApplyServerSideEncryptionByDefault: rule, BucketKeyEnabled }) => ({
          algorithm: rule?.SSEAlgorithm,
          key: rule?.KMSMasterKeyID,
          bucketKey: BucketKeyEnabled,
        }),
      ),
      publicAccessBlock: access.PublicAccessBlockConfiguration,
      ownership: (ownership.OwnershipControls?.Rules ?? []).map((rule) => rule.ObjectOwnership),
      lifecycle: lifecycle.Rules ?? [],
      minimumObjectSize: lifecycle.TransitionDefaultMinimumObjectSize,
      logging: logging.LoggingEnabled,
      policy: statementsOf(policy.Policy as string),
      tags: byKey(tagging.TagSet),
    };
  }

  /** The text of an object. */
  async readObject(bucket: string, key: string): Promise<string> {
    const { Body } = await this.s3.send(new GetObjectCommand({ Bucket: bucket, Key: key }));
    return (await Body?.transformToString()) ?? "";
  }

  /** The id of the lock that an object is. */
  async lockOf(bucket: string, key: string): Promise<string> {
    return (JSON.parse(await this.readObject(bucket, key)) as { readonly ID: string }).ID;
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

function statementsOf(policy: string): readonly PolicyStatement[] {
  return (JSON.parse(policy) as { readonly Statement: readonly PolicyStatement[] }).Statement;
}

/** The texts of all elements of a name in XML. */
function texts(xml: string, name: string): readonly string[] {
  return [...xml.matchAll(new RegExp(`<${name}>([^<]*)</${name}>`, "g"))].map(([, found]) => found as string);
}

/** The text of the first element of a name in XML. */
function text(xml: string, name: string): string {
  const [first] = texts(xml, name);
  if (first === undefined) {
    throw new Error(`there is no ${name} in ${xml}`);
  }
  return first;
}

function byKey(tags: readonly Tag[] | undefined): Readonly<Record<string, string>> {
  return Object.fromEntries((tags ?? []).map(({ Key, Value }) => [Key as string, Value as string]));
}

/** A selector with its fields in order: the provider sends them as a set. */
function inOrder({ Name, FieldSelectors }: AdvancedEventSelector): AdvancedEventSelector {
  const fields = [...(FieldSelectors ?? [])].sort((one, other) => `${one.Field}`.localeCompare(`${other.Field}`));
  return { Name, FieldSelectors: fields };
}
