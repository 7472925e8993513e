import { findingsIn, rules } from "../../src/compliance/rules";
import { Stack } from "../../src/stacks/stack";
import {
  changed,
  type EditableStack,
  hardenedJson,
  profileJson,
  resourceOf,
  stackJson,
  withoutResource,
} from "./support/stacks";

const LOG_BUCKET_POLICY = "aws_s3_bucket_policy.log_bucket";
const ACCESS_LOG_BUCKET_POLICY = "aws_s3_bucket_policy.access_log_bucket";
const KEY = "aws_kms_key.encryption_key";
const TOPIC_POLICY = "aws_sns_topic_policy.alarm_topic_alarms";
const ROLE = "aws_iam_role.cloudwatch_logs";
const TRAIL = "aws_cloudtrail.trail";
const BUCKET = "aws_s3_bucket.log_bucket";

/** The hardened trail, with alarms in both ways. */
const byMetric = hardenedJson();
const byEvent = hardenedJson({ watch: "event" });

interface Statement {
  Sid: string;
  Principal: unknown;
  Resource: unknown;
  Condition?: Record<string, Record<string, unknown>>;
}

function inPolicy(address: string, edit: (statements: Statement[]) => Statement[], argument = "policy") {
  return (stack: EditableStack): void => {
    const resource = resourceOf(stack, address);
    const document = JSON.parse(resource[argument] as string) as { Statement: Statement[] };
    const edited = { ...document, Statement: edit(document.Statement) };
    expect(edited).not.toEqual(JSON.parse(resource[argument] as string));
    resource[argument] = JSON.stringify(edited);
  };
}

function withoutStatement(sid: string) {
  return (statements: Statement[]): Statement[] => statements.filter(({ Sid }) => Sid !== sid);
}

function inStatement(sid: string, edit: (statement: Statement) => void) {
  return (statements: Statement[]): Statement[] =>
    statements.map((statement) => {
      if (statement.Sid === sid) {
        edit(statement);
      }
      return statement;
    });
}

function withoutSource(statement: Statement): void {
  for (const tests of Object.values(statement.Condition ?? {})) {
    delete tests["aws:SourceArn"];
  }
}

function setting(address: string, argument: string, value: unknown) {
  return (stack: EditableStack): void => {
    const resource = resourceOf(stack, address);
    expect(resource[argument]).not.toEqual(value);
    resource[argument] = value;
  };
}

function without(address: string) {
  return (stack: EditableStack): void => withoutResource(stack, address);
}

function expiring(days: number, lifecycle = "aws_s3_bucket_lifecycle_configuration.log_bucket") {
  return (stack: EditableStack): void => {
    const rules = resourceOf(stack, lifecycle).rule as { id: string; expiration: { days: number }[] }[];
    for (const rule of rules.filter(({ id }) => id.startsWith("expire"))) {
      rule.expiration = [{ days }];
    }
  };
}

/** A mistake: what it is, which rule has to tell of it and where, and how it is made. */
type Mistake = readonly [what: string, rule: string, resource: string, make: (stack: EditableStack) => void];

const MISTAKES: readonly Mistake[] = [
  [
    "the policy of the log bucket does not deny what comes without TLS",
    "buckets-deny-http",
    BUCKET,
    inPolicy(LOG_BUCKET_POLICY, withoutStatement("DenyInsecureTransport")),
  ],
  [
    "the policy of the log bucket denies it for what is in the bucket alone",
    "buckets-deny-http",
    BUCKET,
    inPolicy(
      LOG_BUCKET_POLICY,
      inStatement("DenyInsecureTransport", (statement) => {
        statement.Resource = (statement.Resource as string[]).slice(1);
      }),
    ),
  ],
  [
    "the policy of the log bucket denies it to one role alone",
    "buckets-deny-http",
    BUCKET,
    inPolicy(
      LOG_BUCKET_POLICY,
      inStatement("DenyInsecureTransport", (statement) => {
        statement.Principal = { AWS: "arn:aws:iam::111122223333:role/reader" };
      }),
    ),
  ],
  [
    "the policy of the log bucket denies it on one condition more",
    "buckets-deny-http",
    BUCKET,
    inPolicy(
      LOG_BUCKET_POLICY,
      inStatement("DenyInsecureTransport", (statement) => {
        statement.Condition = { ...statement.Condition, StringEquals: { "aws:PrincipalAccount": "111122223333" } };
      }),
    ),
  ],
  [
    "the policy of the bucket for access logs does not deny what comes without TLS",
    "buckets-deny-http",
    "aws_s3_bucket.access_log_bucket",
    inPolicy(ACCESS_LOG_BUCKET_POLICY, withoutStatement("DenyInsecureTransport")),
  ],
  [
    "CloudTrail checks the ACL of the log bucket on behalf of anybody",
    "buckets-name-sources",
    BUCKET,
    inPolicy(LOG_BUCKET_POLICY, inStatement("AWSCloudTrailAclCheck20150319", withoutSource)),
  ],
  [
    "CloudTrail writes to the log bucket on behalf of anybody",
    "buckets-name-sources",
    BUCKET,
    inPolicy(LOG_BUCKET_POLICY, inStatement("AWSCloudTrailWrite20150319", withoutSource)),
  ],
  [
    "CloudTrail writes to the log bucket on behalf of any ARN",
    "buckets-name-sources",
    BUCKET,
    inPolicy(
      LOG_BUCKET_POLICY,
      inStatement("AWSCloudTrailWrite20150319", (statement) => {
        statement.Condition = { StringLike: { "aws:SourceArn": "*" } };
      }),
    ),
  ],
  [
    "the account of the source stands in the place of its ARN",
    "buckets-name-sources",
    BUCKET,
    inPolicy(
      LOG_BUCKET_POLICY,
      inStatement("AWSCloudTrailWrite20150319", (statement) => {
        statement.Condition = { StringEquals: { "aws:SourceAccount": "111122223333" } };
      }),
    ),
  ],
  [
    "S3 delivers access logs on behalf of anybody",
    "buckets-name-sources",
    "aws_s3_bucket.access_log_bucket",
    inPolicy(
      ACCESS_LOG_BUCKET_POLICY,
      inStatement("S3ServerAccessLogs", (statement) => {
        delete statement.Condition;
      }),
    ),
  ],
  [
    "CloudTrail encrypts with the key on behalf of anybody",
    "keys-name-trails",
    KEY,
    inPolicy(KEY, inStatement("AllowCloudTrailToEncrypt", withoutSource)),
  ],
  [
    "CloudTrail decrypts with the key on behalf of anybody",
    "keys-name-trails",
    KEY,
    inPolicy(KEY, inStatement("AllowCloudTrailToDecrypt", withoutSource)),
  ],
  [
    "the key is open to everybody",
    "keys-are-closed",
    KEY,
    inPolicy(
      KEY,
      inStatement("EnableIamPolicies", (statement) => {
        statement.Principal = { AWS: "*" };
      }),
    ),
  ],
  [
    "the key is open to everybody but a few",
    "keys-are-closed",
    KEY,
    inPolicy(
      KEY,
      inStatement("EnableIamPolicies", (statement) => {
        Object.assign(statement, { NotPrincipal: statement.Principal });
        delete statement.Principal;
      }),
    ),
  ],
  [
    "the key has no policy",
    "keys-are-closed",
    KEY,
    (stack) => {
      delete resourceOf(stack, KEY).policy;
    },
  ],
  ["the policy of the log bucket is not there", "buckets-have-policies", BUCKET, without(LOG_BUCKET_POLICY)],
  [
    "the policy of the bucket for access logs is not there",
    "buckets-have-policies",
    "aws_s3_bucket.access_log_bucket",
    without(ACCESS_LOG_BUCKET_POLICY),
  ],
  [
    "the policy of the log bucket is that of another bucket",
    "buckets-have-policies",
    BUCKET,
    setting(LOG_BUCKET_POLICY, "bucket", "another"),
  ],
  [
    "the topic is open to everybody",
    "topics-are-closed",
    "aws_sns_topic.alarm_topic_alarms",
    inPolicy(
      TOPIC_POLICY,
      inStatement("AllowCloudWatch", (statement) => {
        statement.Principal = "*";
      }),
    ),
  ],
  [
    "the topic is open to everybody but a few",
    "topics-are-closed",
    "aws_sns_topic.alarm_topic_alarms",
    inPolicy(
      TOPIC_POLICY,
      inStatement("AllowCloudWatch", (statement) => {
        Object.assign(statement, { NotPrincipal: { AWS: "arn:aws:iam::444455556666:root" } });
        delete statement.Principal;
      }),
    ),
  ],
  [
    "the policy of the topic is not there",
    "topics-are-closed",
    "aws_sns_topic.alarm_topic_alarms",
    without(TOPIC_POLICY),
  ],
  [
    "the topic takes messages without TLS",
    "topics-deny-http",
    "aws_sns_topic.alarm_topic_alarms",
    inPolicy(TOPIC_POLICY, withoutStatement("DenyInsecureTransport")),
  ],
  [
    "the queue is open to everybody",
    "topics-are-closed",
    "aws_sqs_queue.dead_letters",
    inPolicy(
      "aws_sqs_queue_policy.dead_letters",
      inStatement("AllowTopics", (statement) => {
        statement.Principal = { AWS: ["*"] };
      }),
    ),
  ],
  [
    "the queue takes messages without TLS",
    "topics-deny-http",
    "aws_sqs_queue.dead_letters",
    inPolicy("aws_sqs_queue_policy.dead_letters", withoutStatement("DenyInsecureTransport")),
  ],
  [
    "the topic has no subscriber",
    "topics-are-heard",
    "aws_sns_topic.alarm_topic_alarms",
    without("aws_sns_topic_subscription.alarm_topic_security"),
  ],
  [
    "the role trusts everybody",
    "roles-trust-services",
    ROLE,
    inPolicy(
      ROLE,
      inStatement("AllowCloudTrail", (statement) => {
        statement.Principal = "*";
      }),
      "assume_role_policy",
    ),
  ],
  [
    "the role trusts every account",
    "roles-trust-services",
    ROLE,
    inPolicy(
      ROLE,
      inStatement("AllowCloudTrail", (statement) => {
        statement.Principal = { AWS: "*" };
      }),
      "assume_role_policy",
    ),
  ],
  [
    "the role trusts an account beside the service",
    "roles-trust-services",
    ROLE,
    inPolicy(
      ROLE,
      inStatement("AllowCloudTrail", (statement) => {
        statement.Principal = { AWS: "444455556666", Service: "cloudtrail.amazonaws.com" };
      }),
      "assume_role_policy",
    ),
  ],
  [
    "the global services are off",
    "trail-sees-global-services",
    TRAIL,
    setting(TRAIL, "include_global_service_events", false),
  ],
  ["the trail is of one region", "trail-sees-global-services", TRAIL, setting(TRAIL, "is_multi_region_trail", false)],
  ["the log bucket is destroyed by force", "buckets-keep-logs", BUCKET, setting(BUCKET, "force_destroy", true)],
  ["logs expire after a day", "logs-last", BUCKET, expiring(1)],
  [
    "access logs expire after a day",
    "logs-last",
    "aws_s3_bucket.access_log_bucket",
    expiring(1, "aws_s3_bucket_lifecycle_configuration.access_log_bucket"),
  ],
  [
    "the alarm on a filter is not there",
    "alarms-are-complete",
    "aws_cloudwatch_log_metric_filter.alarm_root_use",
    without("aws_cloudwatch_metric_alarm.alarm_root_use"),
  ],
  [
    "a filter and its alarm are not there",
    "alarms-are-complete",
    "aws_cloudwatch_event_rule.alarm_root_use",
    (stack) => {
      without("aws_cloudwatch_log_metric_filter.alarm_root_use")(stack);
      without("aws_cloudwatch_metric_alarm.alarm_root_use")(stack);
    },
  ],
  [
    "an attack on the key is not watched",
    "alarms-are-complete",
    "aws_cloudwatch_event_rule.alarm_tamper_key",
    without("aws_cloudwatch_log_metric_filter.alarm_tamper_key"),
  ],
  [
    "an alarm looks at another metric",
    "alarms-are-complete",
    "aws_cloudwatch_log_metric_filter.alarm_root_use",
    setting("aws_cloudwatch_metric_alarm.alarm_root_use", "metric_name", "other"),
  ],
  [
    "an alarm tells nobody",
    "alarms-are-complete",
    "aws_cloudwatch_log_metric_filter.alarm_root_use",
    setting("aws_cloudwatch_metric_alarm.alarm_root_use", "alarm_actions", []),
  ],
  [
    "an alarm has its actions turned off",
    "alarms-are-complete",
    "aws_cloudwatch_log_metric_filter.alarm_root_use",
    setting("aws_cloudwatch_metric_alarm.alarm_root_use", "actions_enabled", false),
  ],
  [
    "there is no alarm",
    "alarms-are-complete",
    "aws_cloudwatch_metric_alarm",
    (stack) => {
      delete stack.resource.aws_cloudwatch_log_metric_filter;
      delete stack.resource.aws_cloudwatch_metric_alarm;
    },
  ],
  [
    "a filter has a slip in its pattern",
    "patterns-are-of-the-catalogue",
    "aws_cloudwatch_log_metric_filter.alarm_trail_changes",
    setting("aws_cloudwatch_log_metric_filter.alarm_trail_changes", "pattern", "{ ($.eventName = StopLoging) }"),
  ],
];

const EVENT_MISTAKES: readonly Mistake[] = [
  [
    "a rule of EventBridge is not there",
    "alarms-are-complete",
    "aws_cloudwatch_event_rule.alarm_root_use",
    without("aws_cloudwatch_event_rule.alarm_root_use"),
  ],
  [
    "a rule of EventBridge has no target",
    "alarms-are-complete",
    "aws_cloudwatch_event_rule.alarm_root_use",
    without("aws_cloudwatch_event_target.alarm_root_use_alarms"),
  ],
  [
    "a rule of EventBridge has a slip in its pattern",
    "patterns-are-of-the-catalogue",
    "aws_cloudwatch_event_rule.alarm_trail_changes",
    setting("aws_cloudwatch_event_rule.alarm_trail_changes", "event_pattern", "{}"),
  ],
];

function findings(json: string) {
  return findingsIn(new Stack(json));
}

test.each([
  ["metric", byMetric],
  ["event", byEvent],
])("of the hardened trail with alarms by %s there is nothing to find", (_, json) => {
  expect(findings(json)).toEqual([]);
});

test.each(MISTAKES)("a hardened trail with one mistake: %s", (_, rule, resource, make) => {
  const found = findings(changed(byMetric, make));
  expect(found).toContainEqual({ rule, resource, message: expect.stringMatching(/^[a-z]/) });
});

test.each(EVENT_MISTAKES)("a hardened trail with alarms by event and one mistake: %s", (_, rule, resource, make) => {
  expect(findings(changed(byEvent, make))).toEqual([{ rule, resource, message: expect.stringMatching(/^[a-z]/) }]);
});

test("every rule has a mistake that it must catch", () => {
  const caught = new Set([...MISTAKES, ...EVENT_MISTAKES].map(([, rule]) => rule));
  expect(rules.map(({ id }) => id).filter((id) => !caught.has(id))).toEqual([]);
});

test("a trail without alarms has that one finding: nobody is told of anything", () => {
  expect(findings(profileJson("essential")).map(({ rule }) => rule)).toEqual(["alarms-are-complete"]);
});

test("a service in a statement of one's own that acts on behalf of anybody is found", () => {
  const json = stackJson({
    logBucket: {
      additionalPolicy: JSON.stringify({
        Version: "2012-10-17",
        Statement: [
          {
            Sid: "AllowConfig",
            Effect: "Allow",
            Principal: { Service: "config.amazonaws.com" },
            Action: "s3:PutObject",
            Resource: "arn:aws:s3:::bucket-for-cloudtrail-logs-111122223333-eu-central-1/config/*",
          },
        ],
      }),
    },
  });
  expect(findings(json)).toContainEqual({
    rule: "buckets-name-sources",
    resource: BUCKET,
    message: "lets config.amazonaws.com in on behalf of anybody",
  });
});

test("alarms that take several calls tell by the alarm that counts them", () => {
  const alarms = { watch: "event", changed_alarms: { root_use: { threshold: 3 } } };
  expect(findings(hardenedJson(alarms))).toEqual([]);
});

test("both forms of the patterns that have two are those of the catalogue", () => {
  const plain = { single_sign_on: false, modify_security_group_rules: false };
  for (const watch of ["metric", "event"] as const) {
    expect(findings(hardenedJson({ watch, ...plain }))).toEqual([]);
  }
});
