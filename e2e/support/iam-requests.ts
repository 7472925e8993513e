import type { RecordedCall } from "./recording-proxy";

/** What IAM is asked when an API is called: one call may need several permissions. */
export interface IamRequest {
  readonly action: string;
  /** An ARN; `*` where the action is about no resource. */
  readonly resource: string;
  readonly context: Readonly<Record<string, string>>;
}

/** What S3 calls a part of a bucket in the query of an address, and IAM in the names of its actions. */
const PARTS_OF_BUCKETS: Readonly<Record<string, string>> = {
  accelerate: "AccelerateConfiguration",
  acl: "BucketAcl",
  cors: "BucketCORS",
  encryption: "EncryptionConfiguration",
  lifecycle: "LifecycleConfiguration",
  logging: "BucketLogging",
  notification: "BucketNotification",
  "object-lock": "BucketObjectLockConfiguration",
  ownershipControls: "BucketOwnershipControls",
  policy: "BucketPolicy",
  publicAccessBlock: "BucketPublicAccessBlock",
  replication: "ReplicationConfiguration",
  requestPayment: "BucketRequestPayment",
  tagging: "BucketTagging",
  versioning: "BucketVersioning",
  website: "BucketWebsite",
};

/** The services by the names that requests are signed for, and by those in IAM. */
const SERVICES: Readonly<Record<string, string>> = { monitoring: "cloudwatch" };

type Input = Readonly<Record<string, unknown>>;

/**
 * Translates calls of APIs into what IAM is asked, as the Service Authorization Reference of AWS says it. Remembers keys
 * and their tags, as their ids say nothing, and AWS looks the tags up.
 *
 * @see https://docs.aws.amazon.com/service-authorization/latest/reference/reference.html
 */
export class IamRequests {
  private readonly tagsOfKeys = new Map<string, Readonly<Record<string, string>>>();
  private readonly keysOfAliases = new Map<string, string>();

  constructor(
    private readonly accountId: string,
    private readonly partition = "aws",
  ) {}

  /** What a call asks of IAM. Nothing where it needs no permission. */
  of(call: RecordedCall): readonly IamRequest[] {
    switch (call.service) {
      case "s3":
        return this.ofS3(call);
      case "sts":
        // Anybody may ask who he is.
        return call.operation === "GetCallerIdentity" ? [] : this.unknown(call);
      case "kms":
        return this.ofKms(call);
      case "iam":
        return this.ofIam(call);
      case "cloudtrail":
        return this.ofCloudTrail(call);
      case "logs":
        return this.ofLogs(call);
      case "monitoring":
        return this.ofCloudWatch(call);
      case "events":
        return this.ofEventBridge(call);
      case "sns":
        return this.ofSns(call);
      case "sqs":
        return this.ofSqs(call);
      default:
        return this.unknown(call);
    }
  }

  private unknown({ service, operation, method, path }: RecordedCall): never {
    throw new Error(`it is not known what IAM is asked for ${service} ${operation ?? `${method} ${path}`}`);
  }

  /** The request of an operation that has the name of its action. */
  private request(
    { service, operation }: RecordedCall,
    resource: string,
    context: IamRequest["context"] = {},
  ): IamRequest {
    return { action: `${SERVICES[service] ?? service}:${operation}`, resource, context };
  }

  private arn(service: string, region: string, resource: string): string {
    return `arn:${this.partition}:${service}:${region}:${this.accountId}:${resource}`;
  }

  private ofS3(call: RecordedCall): readonly IamRequest[] {
    const { method, path, query, body } = call;
    const [bucket = "", ...rest] = path.slice(1).split("/");
    const key = rest.join("/");
    const arn = `arn:${this.partition}:s3:::${bucket}`;
    const ask = (action: string, resource = arn, context: IamRequest["context"] = {}) => [
      { action: `s3:${action}`, resource, context },
    ];
    if (key !== "") {
      const actions: Readonly<Record<string, string>> = {
        GET: "GetObject",
        HEAD: "GetObject",
        PUT: "PutObject",
        DELETE: query.has("versionId") ? "DeleteObjectVersion" : "DeleteObject",
      };
      return ask(actions[method] as string, `${arn}/${key}`);
    }
    const part = [...query.keys()].find((each) => Object.hasOwn(PARTS_OF_BUCKETS, each));
    if (part !== undefined) {
      // Of most parts, S3 has no action to delete them: they are put as nothing.
      const verb = method === "GET" ? "Get" : method === "DELETE" && part === "policy" ? "Delete" : "Put";
      return ask(`${verb}${PARTS_OF_BUCKETS[part]}`);
    }
    if (query.has("delete")) {
      return [...body.matchAll(/<Object>(.*?)<\/Object>/gs)].flatMap(([, object = ""]) => {
        const [, deleted] = /<Key>(.*?)<\/Key>/.exec(object) ?? [];
        return ask(object.includes("<VersionId>") ? "DeleteObjectVersion" : "DeleteObject", `${arn}/${deleted}`);
      });
    }
    if (query.has("versions")) {
      return ask("ListBucketVersions");
    }
    if (query.has("list-type")) {
      const prefix = query.get("prefix");
      return ask("ListBucket", arn, prefix === null ? {} : { "s3:prefix": prefix });
    }
    const actions: Readonly<Record<string, string>> = {
      HEAD: "ListBucket",
      PUT: "CreateBucket",
      DELETE: "DeleteBucket",
    };
    const action = actions[method];
    return action === undefined ? this.unknown(call) : ask(action);
  }

  private ofKms(call: RecordedCall): readonly IamRequest[] {
    const { operation, region, input, answer, status } = call;
    const aliasArn = this.arn("kms", region, `${input.AliasName}`);
    switch (operation) {
      case "ListAliases":
        return [this.request(call, "*")];
      case "CreateKey": {
        const tags = tagsOf(input.Tags, "TagKey", "TagValue");
        const { KeyMetadata } = JSON.parse(answer) as { readonly KeyMetadata: { readonly KeyId: string } };
        this.tagsOfKeys.set(KeyMetadata.KeyId, tags);
        const asked = prefixed("aws:RequestTag/", tags);
        const key = this.arn("kms", region, `key/${KeyMetadata.KeyId}`);
        return [this.request(call, "*", asked), { action: "kms:TagResource", resource: key, context: asked }];
      }
      case "CreateAlias":
        this.keysOfAliases.set(`${input.AliasName}`, `${input.TargetKeyId}`);
        return [this.request(call, aliasArn), this.onKey(call, `${input.TargetKeyId}`)];
      case "DeleteAlias":
        return [this.request(call, aliasArn), this.onKey(call, `${this.keysOfAliases.get(`${input.AliasName}`)}`)];
      case "TagResource": {
        const tags = tagsOf(input.Tags, "TagKey", "TagValue");
        const request = this.onKey(call, `${input.KeyId}`, prefixed("aws:RequestTag/", tags));
        const id = `${`${input.KeyId}`.split("/").at(-1)}`;
        if (status === 200) {
          this.tagsOfKeys.set(id, { ...this.tagsOfKeys.get(id), ...tags });
        }
        return [request];
      }
      default:
        return [this.onKey(call, `${input.KeyId}`)];
    }
  }

  private onKey(call: RecordedCall, idOrArn: string, context: IamRequest["context"] = {}): IamRequest {
    const id = `${idOrArn.split("/").at(-1)}`;
    const tags = prefixed("aws:ResourceTag/", this.tagsOfKeys.get(id) ?? {});
    return this.request(call, this.arn("kms", call.region, `key/${id}`), { ...tags, ...context });
  }

  private ofIam(call: RecordedCall): readonly IamRequest[] {
    const role = `arn:${this.partition}:iam::${this.accountId}:role/${call.input.RoleName}`;
    const isTagged = call.operation === "CreateRole" && "Tags.member.1.Key" in call.input;
    return [this.request(call, role), ...(isTagged ? [{ action: "iam:TagRole", resource: role, context: {} }] : [])];
  }

  private ofCloudTrail(call: RecordedCall): readonly IamRequest[] {
    const { operation, region, input } = call;
    if (operation === "DescribeTrails") {
      return [this.request(call, "*")];
    }
    const listed = (input.ResourceIdList as readonly string[] | undefined)?.[0] ?? input.ResourceId;
    const name = `${input.Name ?? input.TrailName ?? listed}`;
    const trail = name.startsWith("arn:") ? name : this.arn("cloudtrail", region, `trail/${name}`);
    const isTagged = operation === "CreateTrail" && Array.isArray(input.TagsList);
    return [
      this.request(call, trail),
      ...(isTagged ? [{ action: "cloudtrail:AddTags", resource: trail, context: {} }] : []),
      ...this.passed(input.CloudWatchLogsRoleArn, "cloudtrail.amazonaws.com"),
    ];
  }

  private passed(role: unknown, service: string): readonly IamRequest[] {
    return typeof role === "string" && role !== ""
      ? [{ action: "iam:PassRole", resource: role, context: { "iam:PassedToService": service } }]
      : [];
  }

  private ofLogs(call: RecordedCall): readonly IamRequest[] {
    const { operation, region, input } = call;
    if (operation === "DescribeLogGroups") {
      return [this.request(call, "*")];
    }
    const group = `${input.resourceArn ?? this.arn("logs", region, `log-group:${input.logGroupName}`)}`;
    const isTagged = operation === "CreateLogGroup" && input.tags !== undefined;
    return [
      this.request(call, group),
      ...(isTagged ? [{ action: "logs:TagResource", resource: group, context: {} }] : []),
    ];
  }

  private ofCloudWatch(call: RecordedCall): readonly IamRequest[] {
    const { operation, region, input } = call;
    if (operation?.includes("Dashboard") === true) {
      const name = input.DashboardName ?? input["DashboardNames.member.1"];
      return [this.request(call, this.arn("cloudwatch", "", `dashboard/${name}`))];
    }
    const name = input.AlarmName ?? input["AlarmNames.member.1"];
    const alarm = `${input.ResourceARN ?? this.arn("cloudwatch", region, `alarm:${name}`)}`;
    const isTagged = operation === "PutMetricAlarm" && "Tags.member.1.Key" in input;
    return [
      this.request(call, alarm),
      ...(isTagged ? [{ action: "cloudwatch:TagResource", resource: alarm, context: {} }] : []),
    ];
  }

  private ofEventBridge(call: RecordedCall): readonly IamRequest[] {
    const { operation, region, input } = call;
    if (operation === "PutPermission" || operation === "RemovePermission") {
      return [this.request(call, "*")];
    }
    if (operation === "DescribeEventBus") {
      return [this.request(call, this.arn("events", region, `event-bus/${input.Name ?? "default"}`))];
    }
    const rule = `${input.ResourceARN ?? this.arn("events", region, `rule/${input.Rule ?? input.Name}`)}`;
    const isTagged = operation === "PutRule" && Array.isArray(input.Tags);
    const roles = (input.Targets as readonly Input[] | undefined)?.map(({ RoleArn }) => RoleArn) ?? [];
    return [
      this.request(call, rule),
      ...(isTagged ? [{ action: "events:TagResource", resource: rule, context: {} }] : []),
      ...roles.flatMap((role) => this.passed(role, "events.amazonaws.com")),
    ];
  }

  private ofSns(call: RecordedCall): readonly IamRequest[] {
    const { operation, region, input } = call;
    const named = input.TopicArn ?? input.ResourceArn ?? this.arn("sns", region, `${input.Name}`);
    // A subscription has the ARN of its topic, with an id at the end.
    const topic = `${input.SubscriptionArn ?? named}`.split(":").slice(0, 6).join(":");
    const isTagged = operation === "CreateTopic" && "Tags.member.1.Key" in input;
    return [
      this.request(call, topic),
      ...(isTagged ? [{ action: "sns:TagResource", resource: topic, context: {} }] : []),
    ];
  }

  private ofSqs(call: RecordedCall): readonly IamRequest[] {
    const { operation, region, input } = call;
    const name = `${input.QueueName ?? `${input.QueueUrl}`.split("/").at(-1)}`;
    const queue = this.arn("sqs", region, name);
    const isTagged = operation === "CreateQueue" && input.tags !== undefined;
    return [this.request(call, queue), ...(isTagged ? [{ action: "sqs:TagQueue", resource: queue, context: {} }] : [])];
  }
}

function tagsOf(tags: unknown, key: string, value: string): Readonly<Record<string, string>> {
  return Object.fromEntries(
    ((tags ?? []) as readonly Readonly<Record<string, string>>[]).map((tag) => [`${tag[key]}`, `${tag[value]}`]),
  );
}

function prefixed(prefix: string, tags: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(tags).map(([name, value]) => [`${prefix}${name}`, value]));
}
