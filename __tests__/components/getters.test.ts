import { S3BucketPolicy } from "@cdktf/provider-aws/lib/s3-bucket-policy";
import * as exported from "../../src";
import { EventForwarding, LogBucket, LogBucketPolicy, Trail } from "../../src";
import { camelCase } from "../../src/inputs";
import { type AnyComponent, type Output, outputValue } from "../../src/placement";
import { bodyOf, newStack, resolved } from "../placement/support/stack";

const account = { accountId: "111122223333", region: "eu-central-1" } as const;
const trail = { ...account, trailName: "example-logs" } as const;
const policy = '{"Version":"2012-10-17","Statement":[]}';
const bus = "arn:aws:events:eu-central-1:111122223333:event-bus/default";

interface Props {
  /** As little as it takes. */
  readonly least: object;
  /** What makes every output be there. */
  readonly most?: object;
}

const propsOf: Readonly<Record<string, Props>> = {
  AccessLogBucket: { least: { ...account, name: "access-logs", sourceBucketName: "logs", prefix: "logs/" } },
  AlarmTopics: {
    least: { ...account, name: "audit", encryptTopics: false, deadLetterQueue: false },
    most: { encryptTopics: true, deadLetterQueue: true },
  },
  Alarms: {
    least: { ...account, name: "audit", logBucketName: "logs", dashboard: false },
    most: { dashboard: true },
  },
  AuditTrail: {
    least: { ...account, accountName: "example", owner: "Example Owner" },
    most: { encryption: {}, cloudwatchLogs: {}, logBucket: { accessLogs: {} }, alarms: { dashboard: true } },
  },
  DeploymentRole: {
    least: {
      ...account,
      planPolicies: { read: policy },
      applyPolicies: { deploy: policy },
      githubActions: { repository: "acme/infrastructure" },
    },
    most: { hcpTerraform: { organization: "acme", workspace: "audit-trail" } },
  },
  EncryptionKey: { least: trail },
  EventForwarding: {
    least: {
      ...account,
      name: "audit",
      eventBusArn: bus,
      eventPatterns: { root_use: '{"detail-type":["AWS API Call via CloudTrail"]}' },
    },
  },
  LogBucket: { least: { ...trail, name: "logs" }, most: { accessLogs: {} } },
  LogBucketPolicy: { least: { ...trail, bucketName: "logs" } },
  StateBucket: {
    least: { ...account, name: "states", encryption: null, deployers: { audit: {} } },
    most: { encryption: {} },
  },
  Trail: { least: { ...account, name: "audit", s3BucketName: "logs" }, most: { cloudwatchLogs: {} } },
};

const constructs = Object.entries(exported).filter(([, each]) => "definition" in each) as [string, AnyComponent][];

/** What the getters and the outputs of a construct give, by name, as Terraform reads it. */
function gottenOf(type: AnyComponent, props: object) {
  const stack = newStack();
  const made = new type(stack, "x", props);
  const names = Object.keys(type.definition.outputs);
  return {
    getters: Object.fromEntries(
      names.map((name) => {
        const got = (made as unknown as Record<string, unknown>)[camelCase(name)];
        return [name, got === undefined ? null : resolved(stack, got)];
      }),
    ),
    outputs: Object.fromEntries(
      names.map((name) => [name, resolved(stack, outputValue(made.outputs[name] as Output))]),
    ),
  };
}

test("every construct that is exported is looked at", () => {
  expect(constructs.map(([name]) => name)).toEqual(Object.keys(propsOf));
});

describe.each(constructs)("%s", (name, type) => {
  const { least, most } = propsOf[name] as Props;

  test("has a getter for each of its outputs, and no member of another meaning in its place", () => {
    const getters = Object.keys(type.definition.outputs).filter(
      (output) => typeof Object.getOwnPropertyDescriptor(type.prototype, camelCase(output))?.get === "function",
    );
    expect(getters).toEqual(Object.keys(type.definition.outputs));
  });

  test("gives by its getters what its outputs are, undefined for what is not there", () => {
    const { getters, outputs } = gottenOf(type, least);
    expect(getters).toEqual(outputs);
  });

  test("has something for each getter where all its parts are there", () => {
    const { getters, outputs } = gottenOf(type, { ...least, ...most });
    expect(getters).toEqual(outputs);
    expect(Object.entries(getters).filter(([, got]) => got === null)).toEqual([]);
  });
});

describe("an output that is handed on by its getter", () => {
  test("makes another construct wait for what it waits for", () => {
    const stack = newStack();
    const { bucket } = new LogBucket(stack, "logs", { ...trail, name: "logs" });
    new Trail(stack, "trail", { ...account, name: "audit", s3BucketName: bucket });
    const { s3_bucket_name, depends_on } = bodyOf(stack, "aws_cloudtrail.trail_trail");
    expect(s3_bucket_name).toBe("${aws_s3_bucket.logs_log_bucket.bucket}");
    expect(depends_on).toContain("aws_s3_bucket_policy.logs_log_bucket");
  });

  test("is a whole map, too", () => {
    const stack = newStack();
    const alarms = new exported.Alarms(stack, "alarms", { ...account, name: "audit", logBucketName: "logs" });
    new EventForwarding(stack, "us", {
      ...account,
      region: "us-east-1",
      name: "audit",
      eventPatterns: alarms.eventPatterns,
      eventBusArn: alarms.eventBusArn,
    });
    expect(bodyOf(stack, "aws_cloudwatch_event_target.us_forwarded_root_use").arn).toBe(bus);
  });

  test("is the policy of a bucket of one's own, with variables of IAM as they were written", () => {
    const stack = newStack();
    const home = {
      Sid: "Home",
      Effect: "Allow",
      Action: "s3:GetObject",
      Resource: "arn:aws:s3:::example/${aws:username}/*",
    };
    const given = new LogBucketPolicy(stack, "logs", {
      ...trail,
      bucketName: "example",
      additionalPolicy: JSON.stringify({ Version: "2012-10-17", Statement: [{ ...home, Principal: { AWS: "*" } }] }),
    });
    new S3BucketPolicy(stack, "policy", { bucket: "example", policy: given.json });
    // Terraform reads `$${` as a text.
    expect(bodyOf(stack, "aws_s3_bucket_policy.policy").policy).toContain("arn:aws:s3:::example/$${aws:username}/*");
  });
});
