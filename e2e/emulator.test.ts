import {
  CreateTrailCommand,
  DeleteTrailCommand,
  DescribeTrailsCommand,
  GetEventSelectorsCommand,
  GetInsightSelectorsCommand,
  ListPublicKeysCommand,
  PutEventSelectorsCommand,
  PutInsightSelectorsCommand,
  type Trail,
} from "@aws-sdk/client-cloudtrail";
import {
  GetBucketLifecycleConfigurationCommand,
  GetBucketNotificationConfigurationCommand,
  PutBucketLifecycleConfigurationCommand,
  PutBucketNotificationConfigurationCommand,
  PutBucketPolicyCommand,
  PutObjectCommand,
} from "@aws-sdk/client-s3";
import { Account } from "./support/account";
import { Emulator } from "./support/emulator";
import { ACCOUNT_ID, REGION } from "./support/names";

/** What is seen of an account with a trail, where moto answers and where AWS does. */
interface Repair {
  observe(account: Account, trail: Trail): Promise<unknown>;
  readonly moto: unknown;
  readonly aws: unknown;
}

/*
 * The repairs by name. Where a newer moto does what AWS does, the test says that stock moto does it wrongly no more:
 * then the repair can go, and its entry here.
 */
const repairs: Readonly<Record<string, Repair>> = {
  missing_operation_answers_501: {
    // Nothing here needs this operation. Should moto learn it, another one that is missing takes its place.
    observe: ({ cloudTrail }) =>
      cloudTrail.send(new ListPublicKeysCommand({})).then(
        () => 200,
        (error) => error.$metadata.httpStatusCode,
      ),
    moto: 500,
    aws: 501,
  },
  describe_trails_obeys_names: {
    observe: async ({ cloudTrail }, { TrailARN, S3BucketName }) => {
      await cloudTrail.send(new CreateTrailCommand({ Name: "another", S3BucketName }));
      const byArn = await cloudTrail.send(new DescribeTrailsCommand({ trailNameList: [`${TrailARN}`] }));
      const byName = await cloudTrail.send(new DescribeTrailsCommand({ trailNameList: ["another"] }));
      const all = await cloudTrail.send(new DescribeTrailsCommand({}));
      return [byArn, byName, all].map(({ trailList }) => trailList?.map(({ Name }) => Name));
    },
    moto: [
      ["example", "another"],
      ["example", "another"],
      ["example", "another"],
    ],
    aws: [["example"], ["another"], ["example", "another"]],
  },
  trail_tells_of_selectors: {
    observe: async ({ cloudTrail }, { TrailARN }) => {
      const told = async () => {
        const { trailList } = await cloudTrail.send(new DescribeTrailsCommand({ trailNameList: [`${TrailARN}`] }));
        return [trailList?.[0]?.HasCustomEventSelectors, trailList?.[0]?.HasInsightSelectors];
      };
      const before = await told();
      await cloudTrail.send(
        new PutEventSelectorsCommand({
          TrailName: TrailARN,
          AdvancedEventSelectors: [{ FieldSelectors: [{ Field: "eventCategory", Equals: ["Management"] }] }],
        }),
      );
      await cloudTrail.send(
        new PutInsightSelectorsCommand({
          TrailName: TrailARN,
          InsightSelectors: [{ InsightType: "ApiErrorRateInsight" }],
        }),
      );
      const { AdvancedEventSelectors } = await cloudTrail.send(new GetEventSelectorsCommand({ TrailName: TrailARN }));
      return { before, put: AdvancedEventSelectors?.length, after: await told() };
    },
    moto: { before: [false, false], put: 1, after: [false, false] },
    aws: { before: [false, false], put: 1, after: [true, true] },
  },
  put_insight_selectors_replaces: {
    observe: async ({ cloudTrail }, { TrailARN }) => {
      const put = async (...types: readonly ("ApiCallRateInsight" | "ApiErrorRateInsight")[]) => {
        const InsightSelectors = types.map((InsightType) => ({ InsightType }));
        await cloudTrail.send(new PutInsightSelectorsCommand({ TrailName: TrailARN, InsightSelectors }));
        const got = await cloudTrail.send(new GetInsightSelectorsCommand({ TrailName: TrailARN }));
        return (got.InsightSelectors ?? []).map(({ InsightType }) => InsightType);
      };
      return [await put("ApiCallRateInsight"), await put("ApiErrorRateInsight"), await put()];
    },
    moto: [
      ["ApiCallRateInsight"],
      ["ApiCallRateInsight", "ApiErrorRateInsight"],
      ["ApiCallRateInsight", "ApiErrorRateInsight"],
    ],
    aws: [["ApiCallRateInsight"], ["ApiErrorRateInsight"], []],
  },
  delete_trail_takes_arn: {
    observe: async (account, { TrailARN }) => {
      await account.cloudTrail.send(new DeleteTrailCommand({ Name: TrailARN }));
      const left = (await account.trails()).map(({ Name }) => Name);
      const again = await account.cloudTrail.send(new DeleteTrailCommand({ Name: TrailARN })).then(
        () => "deleted",
        ({ name }: Error) => name,
      );
      return { left, again };
    },
    moto: { left: ["example"], again: "deleted" },
    aws: { left: [], again: "TrailNotFoundException" },
  },
  bucket_policy_without_conditional_statements: {
    observe: async ({ s3 }, { S3BucketName: Bucket }) => {
      const statement = { Effect: "Deny", Principal: { AWS: "*" }, Action: "s3:PutObject" };
      const withoutTls = { Bool: { "aws:SecureTransport": "false" } };
      const Statement = [
        { ...statement, Resource: `arn:aws:s3:::${Bucket}/conditional`, Condition: withoutTls },
        { ...statement, Resource: `arn:aws:s3:::${Bucket}/always` },
      ];
      const policy = { Version: "2012-10-17", Statement };
      await s3.send(new PutBucketPolicyCommand({ Bucket, Policy: JSON.stringify(policy) }));
      const put = (Key: string) =>
        s3.send(new PutObjectCommand({ Bucket, Key, Body: "text" })).then(
          ({ $metadata }) => $metadata.httpStatusCode,
          (error) => error.$metadata.httpStatusCode,
        );
      return { conditional: await put("conditional"), always: await put("always"), other: await put("other") };
    },
    moto: { conditional: 403, always: 403, other: 200 },
    aws: { conditional: 200, always: 403, other: 200 },
  },
  key_rotation_has_a_period: {
    observe: async (account) => {
      type Key = { readonly KeyMetadata: { readonly KeyId: string } };
      const { KeyId } = (await account.call<Key>("kms", "TrentService.CreateKey")).KeyMetadata;
      const told = async (operation: string, input: object = {}): Promise<unknown> => {
        await account.call("kms", `TrentService.${operation}`, { KeyId, ...input });
        const status = await account.call<object>("kms", "TrentService.GetKeyRotationStatus", { KeyId });
        return "RotationPeriodInDays" in status ? status.RotationPeriodInDays : null;
      };
      return [
        await told("EnableKeyRotation", { RotationPeriodInDays: 90 }),
        await told("DisableKeyRotation"),
        await told("EnableKeyRotation"),
      ];
    },
    moto: [null, null, null],
    aws: [90, null, 365],
  },
  lifecycle_keeps_minimum_object_size: {
    observe: async ({ s3 }, { S3BucketName: Bucket }) => {
      const LifecycleConfiguration = {
        Rules: [
          {
            ID: "move",
            Status: "Enabled" as const,
            Filter: { Prefix: "" },
            Transitions: [{ Days: 90, StorageClass: "GLACIER_IR" as const }],
          },
        ],
      };
      const told = async (TransitionDefaultMinimumObjectSize?: "varies_by_storage_class") => {
        await s3.send(
          new PutBucketLifecycleConfigurationCommand({
            Bucket,
            LifecycleConfiguration,
            ...(TransitionDefaultMinimumObjectSize === undefined ? {} : { TransitionDefaultMinimumObjectSize }),
          }),
        );
        const got = await s3.send(new GetBucketLifecycleConfigurationCommand({ Bucket }));
        return got.TransitionDefaultMinimumObjectSize;
      };
      return [await told("varies_by_storage_class"), await told()];
    },
    moto: ["all_storage_classes_128K", "all_storage_classes_128K"],
    aws: ["varies_by_storage_class", "all_storage_classes_128K"],
  },
  rules_deliver_to_topics: {
    observe: async (account) => {
      const { QueueUrl } = await account.call<{ QueueUrl: string }>("sqs", "AmazonSQS.CreateQueue", { QueueName: "q" });
      const topic = await account.makeTopic("told", `arn:aws:sqs:${REGION}:${ACCOUNT_ID}:q`);
      const EventPattern = JSON.stringify({ source: ["example"] });
      await account.call("events", "AWSEvents.PutRule", { Name: "rule", EventPattern });
      const InputTransformer = { InputPathsMap: { who: "$.detail.who" }, InputTemplate: '"It was <who>."' };
      const Targets = [{ Id: "topic", Arn: topic, InputTransformer }];
      await account.call("events", "AWSEvents.PutTargets", { Rule: "rule", Targets });
      const event = { Source: "example", DetailType: "Example", Detail: JSON.stringify({ who: "Ada" }) };
      const put = await account.call("events", "AWSEvents.PutEvents", { Entries: [event] }).then(
        () => "put",
        () => "refused",
      );
      type Received = { readonly Messages?: readonly { readonly Body: string }[] };
      const { Messages = [] } = await account.call<Received>("sqs", "AmazonSQS.ReceiveMessage", { QueueUrl });
      return { put, told: Messages.map(({ Body }) => JSON.parse(Body).Message) };
    },
    moto: { put: "refused", told: [] },
    aws: { put: "put", told: ['"It was Ada."'] },
  },
  notifications_tell_of_eventbridge: {
    observe: async ({ s3 }, { S3BucketName: Bucket }) => {
      const told = async () => {
        const got = await s3.send(new GetBucketNotificationConfigurationCommand({ Bucket }));
        return got.EventBridgeConfiguration !== undefined;
      };
      const before = await told();
      const NotificationConfiguration = { EventBridgeConfiguration: {} };
      await s3.send(new PutBucketNotificationConfigurationCommand({ Bucket, NotificationConfiguration }));
      return [before, await told()];
    },
    moto: [false, false],
    aws: [false, true],
  },
};

describe("the emulator", () => {
  let stock: Emulator;
  let repaired: Emulator;

  beforeAll(async () => {
    stock = await Emulator.start("emulator-stock", { plain: true });
    repaired = await Emulator.start("emulator-repaired");
  });

  afterAll(async () => {
    await Promise.all([stock.stop(), repaired.stop()]);
  });

  test("is the account that the tests deploy to", async () => {
    expect(repaired.account).toBe(ACCOUNT_ID);
    const arn = await withTrail(repaired, async (_account, { TrailARN }) => TrailARN);
    expect(arn).toBe(`arn:aws:cloudtrail:${REGION}:${ACCOUNT_ID}:trail/example`);
  });

  test("has a test for each repair", () => {
    expect(stock.repairs).toEqual([]);
    expect(Object.keys(repairs)).toEqual(repaired.repairs);
  });

  describe.each(Object.entries(repairs))("%s", (_name, { observe, moto, aws }) => {
    test("stock moto does it wrongly", async () => {
      expect(await withTrail(stock, observe)).toEqual(moto);
    });

    test("the repair does it rightly", async () => {
      expect(await withTrail(repaired, observe)).toEqual(aws);
    });
  });
});

/** What is seen of an account that has nothing but a trail `example` and its bucket. */
async function withTrail<T>(emulator: Emulator, observe: (account: Account, trail: Trail) => Promise<T>): Promise<T> {
  await emulator.reset();
  const account = new Account(emulator, REGION);
  await account.makeVersionedBucket("logs");
  const trail = await account.cloudTrail.send(new CreateTrailCommand({ Name: "example", S3BucketName: "logs" }));
  const seen = await observe(account, trail);
  account.close();
  return seen;
}
