import { parse } from "yaml";
import type { AuditTrailProps } from "../../src/audit-trail/audit-trail";
import { auditTrailDefinition } from "../../src/audit-trail/inputs";
import { monitoringIds } from "../../src/compliance/alarms";
import { controls } from "../../src/compliance/controls";
import { frameworks } from "../../src/compliance/frameworks";
import { stackDefinition } from "../../src/configuration/stack-options";
import { namesIn } from "../support/named-tests";
import {
  changed,
  configuredJson,
  hardenedJson,
  judgementOf,
  profileJson,
  resourceOf,
  stackJson,
  withoutResource,
} from "./support/stacks";

const KEY = "arn:aws:kms:eu-central-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab";
const GROUP = "arn:aws:logs:eu-central-1:111122223333:log-group:all-events:*";
const TOPIC = "arn:aws:sns:eu-central-1:111122223333:all-alarms";

const essential = profileJson("essential");
const hardened = hardenedJson();

/** How a trail with some inputs stands to a control. */
function judged(id: string, inputs: Partial<AuditTrailProps>) {
  const { verdict, command } = judgementOf(stackJson(inputs), id);
  return { verdict, command };
}

describe("the controls", () => {
  test("have ids of their own, and titles that no two share", () => {
    for (const names of [controls.map(({ id }) => id), controls.map(({ title }) => title)]) {
      expect(names).toEqual([...new Set(names)]);
    }
  });

  test("have numbers that no two of a framework share", () => {
    for (const framework of Object.keys(frameworks) as (keyof typeof frameworks)[]) {
      const numbers = controls.flatMap(({ numbers: each }) => each[framework] ?? []);
      expect(numbers).toEqual([...new Set(numbers)]);
    }
  });

  test("each have a test that is there", () => {
    const missing = controls.filter(({ provedBy }) => !namesIn(provedBy.file).has(provedBy.test));
    expect(missing.map(({ id, provedBy }) => `${id}: ${provedBy.file}: ${provedBy.test}`)).toEqual([]);
  });

  test("have settings that are inputs, where they stand in backticks", () => {
    const fields = { ...auditTrailDefinition.fields, ...stackDefinition.fields };
    const parts = controls.flatMap(({ setting }) => setting.split("`").filter((_, index) => index % 2 === 1));
    const named = parts.map((part) => /^[a-z0-9_]+/.exec(part)?.[0] ?? part);
    expect(named.filter((name) => !Object.hasOwn(fields, name))).toEqual([]);
    expect(new Set(named).size).toBeGreaterThan(8);
  });

  test("are those of every framework that the project knows: none is left out", () => {
    const ofSecurityHub = controls.flatMap(({ numbers }) => numbers.fsbp ?? []);
    const range = (service: string, ...numbers: readonly number[]) => numbers.map((number) => `${service}.${number}`);
    expect([...ofSecurityHub].toSorted()).toEqual(
      [
        ...range("CloudTrail", 1, 2, 3, 4, 5, 6, 7, 9, 10),
        ...range("CloudWatch", 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17),
        ...range("KMS", 3, 4, 5),
        ...range("S3", 1, 2, 3, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 17, 19, 20),
        ...range("SNS", 1, 4),
        ...range("SQS", 1),
      ].toSorted(),
    );
    const of70 = controls.flatMap(({ numbers }) => numbers["cis-7.0"] ?? []);
    const logging = Array.from({ length: 10 }, (_, index) => `4.${index + 1}`);
    const monitoring = Array.from({ length: 16 }, (_, index) => `5.${index + 1}`);
    expect(of70.toSorted()).toEqual([...logging, ...monitoring, "3.1.1", "3.1.2", "3.1.4"].toSorted());
  });
});

describe("the hardened trail with alarms by metric", () => {
  test("satisfies everything that a trail can satisfy", () => {
    const open = controls.filter(({ id }) => judgementOf(hardened, id).verdict !== "satisfied").map(({ id }) => id);
    expect(open).toEqual([
      "event_data_store_encrypted",
      "account_blocks_public_access",
      "buckets_need_mfa_to_delete",
      "buckets_replicated",
      "buckets_locked",
      "access_points_block_public_access",
      "config_on",
      "flow_logs_on",
      "security_hub_on",
      "web_front_ends_logged",
    ]);
  });
});

describe("what is made is what counts", () => {
  test.each<[string, string, (json: string) => string]>([
    [
      "log_file_validation",
      "not satisfied",
      (json) =>
        changed(json, (stack) => {
          resourceOf(stack, "aws_cloudtrail.trail").enable_log_file_validation = false;
        }),
    ],
    [
      "buckets_deny_http",
      "not satisfied",
      (json) => changed(json, (stack) => withoutResource(stack, "aws_s3_bucket_policy.log_bucket")),
    ],
    [
      "buckets_not_public",
      "not satisfied",
      (json) => changed(json, (stack) => withoutResource(stack, "aws_s3_bucket_public_access_block.log_bucket")),
    ],
    [
      "buckets_block_public_access",
      "not satisfied",
      (json) =>
        changed(json, (stack) => {
          resourceOf(stack, "aws_s3_bucket_public_access_block.access_log_bucket").ignore_public_acls = false;
        }),
    ],
    [
      "buckets_versioned",
      "not satisfied",
      (json) =>
        changed(json, (stack) => {
          resourceOf(stack, "aws_s3_bucket_versioning.log_bucket").versioning_configuration = { status: "Suspended" };
        }),
    ],
    [
      "buckets_without_acls",
      "not satisfied",
      (json) => changed(json, (stack) => withoutResource(stack, "aws_s3_bucket_ownership_controls.log_bucket")),
    ],
    [
      "buckets_encrypted",
      "not satisfied",
      (json) =>
        changed(json, (stack) =>
          withoutResource(stack, "aws_s3_bucket_server_side_encryption_configuration.log_bucket"),
        ),
    ],
    [
      "buckets_have_lifecycle",
      "not satisfied",
      (json) =>
        changed(json, (stack) => withoutResource(stack, "aws_s3_bucket_lifecycle_configuration.access_log_bucket")),
    ],
    [
      "key_rotated",
      "not satisfied",
      (json) =>
        changed(json, (stack) => {
          resourceOf(stack, "aws_kms_key.encryption_key").enable_key_rotation = false;
        }),
    ],
    [
      "key_closed",
      "not satisfied",
      (json) =>
        changed(json, (stack) => {
          delete resourceOf(stack, "aws_kms_key.encryption_key").policy;
        }),
    ],
    [
      "key_kept",
      "not satisfied",
      (json) =>
        changed(json, (stack) => {
          delete resourceOf(stack, "aws_kms_key.encryption_key").deletion_window_in_days;
        }),
    ],
    [
      "trail_tagged",
      "not satisfied",
      (json) =>
        changed(json, (stack) => {
          resourceOf(stack, "aws_cloudtrail.trail").tags = {};
        }),
    ],
    [
      "topics_encrypted",
      "not satisfied",
      (json) =>
        changed(json, (stack) => {
          delete resourceOf(stack, "aws_sns_topic.alarm_topic_alarms").kms_master_key_id;
        }),
    ],
    [
      "topics_closed",
      "not satisfied",
      (json) => changed(json, (stack) => withoutResource(stack, "aws_sns_topic_policy.alarm_topic_alarms")),
    ],
    [
      "queues_encrypted",
      "not satisfied",
      (json) =>
        changed(json, (stack) => {
          resourceOf(stack, "aws_sqs_queue.dead_letters").sqs_managed_sse_enabled = false;
        }),
    ],
    [
      "alarms_have_actions",
      "not satisfied",
      (json) =>
        changed(json, (stack) => {
          resourceOf(stack, "aws_cloudwatch_metric_alarm.alarm_root_use").alarm_actions = [];
        }),
    ],
    [
      "alarm_actions_on",
      "not satisfied",
      (json) =>
        changed(json, (stack) => {
          resourceOf(stack, "aws_cloudwatch_metric_alarm.alarm_root_use").actions_enabled = false;
        }),
    ],
    [
      "log_group_kept",
      "not satisfied",
      (json) =>
        changed(json, (stack) => {
          resourceOf(stack, "aws_cloudwatch_log_group.trail").retention_in_days = 90;
        }),
    ],
    [
      "buckets_notify",
      "not satisfied",
      (json) => changed(json, (stack) => withoutResource(stack, "aws_s3_bucket_notification.log_bucket")),
    ],
    [
      "buckets_locked",
      "satisfied",
      (json) =>
        changed(json, (stack) => {
          stack.resource.aws_s3_bucket_object_lock_configuration = { log_bucket: {} };
        }),
    ],
    [
      "buckets_replicated",
      "satisfied",
      (json) =>
        changed(json, (stack) => {
          stack.resource.aws_s3_bucket_replication_configuration = { log_bucket: {} };
        }),
    ],
    [
      "event_data_store_encrypted",
      "not satisfied",
      (json) =>
        changed(json, (stack) => {
          stack.resource.aws_cloudtrail_event_data_store = { lake: {} };
        }),
    ],
    [
      "access_points_block_public_access",
      "not satisfied",
      (json) =>
        changed(json, (stack) => {
          stack.resource.aws_s3_access_point = { logs: {} };
        }),
    ],
  ])("%s is %s once a resource is another", (id, verdict, change) => {
    expect(judgementOf(hardened, id).verdict).not.toBe(verdict);
    expect(judgementOf(change(hardened), id)).toMatchObject({ verdict, why: expect.stringMatching(/^.+\.$/) });
  });
});

describe("an input that is chosen otherwise", () => {
  test.each<[string, Partial<AuditTrailProps>]>([
    ["trail_of_all_regions", { multiRegion: false }],
    ["trail_of_all_regions", { enableLogging: false }],
    ["trail_of_all_regions", { managementEvents: null }],
    ["trail_of_all_regions", { managementEvents: { readWriteType: "WriteOnly" } }],
    ["trail_of_all_regions", { managementEvents: { excludeEventSources: ["kms.amazonaws.com"] } }],
    ["trail_records", { enableLogging: false }],
    ["logs_in_cloudwatch", { cloudwatchLogs: null }],
    ["logs_encrypted_with_key", { encryption: null }],
    ["buckets_encrypted_with_key", { encryption: null }],
    ["buckets_access_logged", { logBucket: { accessLogs: null } }],
    ["object_writes_recorded", { s3DataEvents: null }],
    ["object_writes_recorded", { s3DataEvents: { readWriteType: "ReadOnly" } }],
    ["object_writes_recorded", { s3DataEvents: { buckets: ["a-bucket"] } }],
    ["object_writes_recorded", { multiRegion: false }],
    ["object_reads_recorded", { s3DataEvents: null }],
    ["object_reads_recorded", { s3DataEvents: { readWriteType: "WriteOnly" } }],
    ["object_reads_recorded", { s3DataEvents: { prefixes: ["a-bucket/a/"] } }],
    ["log_group_kept", { cloudwatchLogs: { retentionInDays: 180 } }],
  ])("leaves %s not satisfied: %j", (id, inputs) => {
    expect(judged(id, inputs)).toEqual({ verdict: "not satisfied", command: undefined });
  });

  test.each<[string, Partial<AuditTrailProps>]>([
    ["object_writes_recorded", { s3DataEvents: { readWriteType: "WriteOnly" } }],
    ["object_reads_recorded", { s3DataEvents: { readWriteType: "ReadOnly" } }],
    ["log_group_kept", { cloudwatchLogs: { retentionInDays: 3653 } }],
    ["trail_of_all_regions", { organization: { id: "o-exampleorgid", managementAccountId: "111122223333" } }],
  ])("satisfies %s as well: %j", (id, inputs) => {
    expect(judged(id, inputs).verdict).toBe("satisfied");
  });

  test.each([
    "key_rotated",
    "key_kept",
    "key_closed",
    "log_group_kept",
    "topics_encrypted",
    "topics_closed",
    "queues_encrypted",
    "alarms_have_actions",
    "alarm_actions_on",
  ])("makes %s not applicable where there is no such thing", (id) => {
    expect(judgementOf(essential, id).verdict).toBe("not applicable");
  });
});

describe("the setting that would satisfy", () => {
  const open = controls.filter(({ id }) => judgementOf(essential, id).verdict === "not satisfied");

  /** The inputs that a setting names, with the words in them filled in. */
  function inputsIn(setting: string): object {
    const parts = [...setting.matchAll(/`([^`]+)`/g)].map(([, part = ""]) =>
      part.replace("NAME", "mail").replace("protocol: …", "protocol: email").replace("…", "security@example.com"),
    );
    return Object.assign({}, ...parts.map((part) => parse(part) as object)) as object;
  }

  test.each(open.map(({ id, setting }) => [id, setting] as const))("%s does: %s", (id, setting) => {
    const trail = { account_id: "111122223333", account_name: "a", region: "eu-central-1", owner: "Ada" };
    expect(judgementOf(configuredJson({ ...trail, ...inputsIn(setting) }), id).verdict).toBe("satisfied");
  });
});

describe("a policy of one's own", () => {
  const allowing = (principal: string, ...actions: readonly string[]) => ({
    logBucket: {
      additionalPolicy: JSON.stringify({
        Version: "2012-10-17",
        Statement: [
          { Sid: "Own", Effect: "Allow", Principal: { AWS: principal }, Action: actions, Resource: "arn:aws:s3:::x" },
        ],
      }),
    },
  });
  const ANOTHER = "arn:aws:iam::444455556666:root";

  test.each([["s3:PutBucketPolicy"], ["s3:*"], ["*"], ["s3:Put*"], ["S3:putbucketacl"]])(
    "that gives another account %s does not satisfy",
    (action) => {
      expect(judged("buckets_closed_to_other_accounts", allowing(ANOTHER, action)).verdict).toBe("not satisfied");
    },
  );

  test.each([
    ["everything but reading", { NotAction: "s3:GetObject" }, "not satisfied"],
    ["nothing that opens the bucket", { NotAction: ["s3:Put*", "s3:DeleteBucketPolicy"] }, "satisfied"],
    [
      "what all but one may do",
      { Principal: undefined, NotPrincipal: { AWS: ANOTHER }, Action: "s3:*" },
      "not satisfied",
    ],
  ])("that gives another account %s: %j is %s", (_, part, verdict) => {
    const own = { Sid: "Own", Effect: "Allow", Principal: { AWS: ANOTHER }, Resource: "arn:aws:s3:::x", ...part };
    const additionalPolicy = JSON.stringify({ Version: "2012-10-17", Statement: [own] });
    expect(judged("buckets_closed_to_other_accounts", { logBucket: { additionalPolicy } }).verdict).toBe(verdict);
  });

  test.each([
    [ANOTHER, "s3:GetObject"],
    [ANOTHER, "s3:PutBucketPolicyX"],
    ["arn:aws:iam::111122223333:role/admin", "s3:PutBucketPolicy"],
  ])("that gives %s the right to %s satisfies", (principal, action) => {
    expect(judged("buckets_closed_to_other_accounts", allowing(principal, action)).verdict).toBe("satisfied");
  });
});

describe("what is there already", () => {
  test.each<[string, Partial<AuditTrailProps>, string]>([
    [
      "logs_encrypted_with_key",
      { createTrail: false },
      "aws cloudtrail get-trail --name example-logs --region eu-central-1",
    ],
    [
      "trail_records",
      { createTrail: false },
      "aws cloudtrail get-trail-status --name example-logs --region eu-central-1",
    ],
    [
      "trail_tagged",
      { createTrail: false },
      "aws cloudtrail list-tags --resource-id-list arn:aws:cloudtrail:eu-central-1:111122223333:trail/example-logs --region eu-central-1",
    ],
    [
      "object_reads_recorded",
      { createTrail: false },
      "aws cloudtrail get-trail --name example-logs --region eu-central-1 && aws cloudtrail get-event-selectors --trail-name example-logs --region eu-central-1",
    ],
    [
      "key_rotated",
      { encryption: { existingKey: { arn: KEY } } },
      `aws kms get-key-rotation-status --key-id ${KEY} --region eu-central-1`,
    ],
    [
      "key_closed",
      { encryption: { existingKey: { arn: KEY } } },
      `aws kms get-key-policy --policy-name default --key-id ${KEY} --region eu-central-1`,
    ],
    [
      "buckets_deny_http",
      { logBucket: { existingBucket: { name: "all-logs" } } },
      "aws s3api get-bucket-policy --bucket all-logs --region eu-central-1",
    ],
    [
      "buckets_access_logged",
      { logBucket: { existingBucket: { name: "all-logs" } } },
      "aws s3api get-bucket-logging --bucket all-logs --region eu-central-1",
    ],
    [
      "log_group_kept",
      { cloudwatchLogs: { existingLogGroup: { arn: GROUP } } },
      "aws logs describe-log-groups --log-group-name-prefix all-events --region eu-central-1",
    ],
    [
      "root_use",
      { cloudwatchLogs: { existingLogGroup: { arn: GROUP } } },
      "aws logs describe-metric-filters --log-group-name all-events --region eu-central-1",
    ],
  ])("%s is looked up where it was not made here: %j", (id, inputs, command) => {
    expect(judged(id, inputs)).toEqual({ verdict: "manual", command });
  });

  test("a trail that is there already is all that an alarm needs to be looked up by", () => {
    const { command } = judged("root_use", { createTrail: false });
    expect(command).toBe(judged("trail_of_all_regions", { createTrail: false }).command);
    expect(command?.match(/aws cloudtrail get-[a-z-]+ /g)).toHaveLength(3);
  });

  test("a trail that is there already with a bucket that is, too, is found by its name", () => {
    const inputs = { createTrail: false, logBucket: { existingBucket: { name: "all-logs" } } };
    expect(judged("buckets_versioned", inputs).command).toContain("--bucket all-logs ");
  });

  test("a key that is there already satisfies what is wanted of the trail", () => {
    expect(judged("logs_encrypted_with_key", { encryption: { existingKey: { arn: KEY } } }).verdict).toBe("satisfied");
  });
});

describe("monitoring", () => {
  test.each(monitoringIds)("%s is satisfied by a filter, an alarm and somebody who is told", (id) => {
    expect(judgementOf(hardened, id).verdict).toBe("satisfied");
  });

  test("counts no rule of EventBridge, and says that it tells all the same", () => {
    const { verdict, why } = judgementOf(hardenedJson({ watch: "event" }), "root_use");
    expect(verdict).toBe("not satisfied");
    expect(why).toBe(
      "There is no metric filter. A rule of EventBridge tells of it all the same, which the letter of the control does " +
        "not count.",
    );
  });

  test.each<[object, string]>([
    [{ subscriptions: {} }, "tells nobody"],
    [{ subscriptions: {}, changed_alarms: { root_use: { threshold: 3 } } }, "tells nobody"],
    [{ topics: { alarms: { severities: ["low"] } } }, "tells nobody"],
    [{ changed_alarms: { root_use: { threshold: 3 } } }, "tells of it all the same"],
    [{ topics: {}, subscriptions: {}, existing_topics: { all: { arn: TOPIC } } }, "tells of it all the same"],
  ])("knows whom a rule of EventBridge tells: %j", (alarms, expected) => {
    expect(judgementOf(hardenedJson({ watch: "event", ...alarms }), "root_use")).toMatchObject({
      verdict: "not satisfied",
      why: expect.stringContaining(
        `A rule of EventBridge ${expected === "tells nobody" ? "looks for it, and " : ""}${expected}`,
      ),
    });
  });

  test("counts nothing where nobody is told of anything", () => {
    expect(judgementOf(essential, "root_use")).toMatchObject({
      verdict: "not satisfied",
      why: "Nobody is told of it.",
    });
  });

  test("needs somebody who listens", () => {
    const json = hardenedJson({ subscriptions: {} });
    expect(judgementOf(json, "root_use")).toMatchObject({
      verdict: "not satisfied",
      why: expect.stringContaining("nobody listens"),
    });
  });

  test("of a topic that is there already is looked up", () => {
    const json = hardenedJson({ topics: {}, subscriptions: {}, existing_topics: { all: { arn: TOPIC } } });
    expect(judgementOf(json, "root_use")).toMatchObject({
      verdict: "manual",
      command: `aws sns list-subscriptions-by-topic --topic-arn ${TOPIC} --region eu-central-1`,
    });
  });

  test.each<[string, (json: string) => string]>([
    [
      "the filter looks at another group",
      (json) =>
        changed(json, (stack) => {
          resourceOf(stack, "aws_cloudwatch_log_metric_filter.alarm_root_use").log_group_name = "another";
        }),
    ],
    [
      "the pattern is another",
      (json) =>
        changed(json, (stack) => {
          resourceOf(stack, "aws_cloudwatch_log_metric_filter.alarm_root_use").pattern = "{ $.a = 1 }";
        }),
    ],
    [
      "the alarm is not there",
      (json) => changed(json, (stack) => withoutResource(stack, "aws_cloudwatch_metric_alarm.alarm_root_use")),
    ],
    [
      "the alarm looks at another namespace",
      (json) =>
        changed(json, (stack) => {
          resourceOf(stack, "aws_cloudwatch_metric_alarm.alarm_root_use").namespace = "Another";
        }),
    ],
    [
      "the actions of the alarm are off",
      (json) =>
        changed(json, (stack) => {
          resourceOf(stack, "aws_cloudwatch_metric_alarm.alarm_root_use").actions_enabled = false;
        }),
    ],
    [
      "the trail is of one region",
      (json) =>
        changed(json, (stack) => {
          resourceOf(stack, "aws_cloudtrail.trail").is_multi_region_trail = false;
        }),
    ],
    [
      "the trail is paused",
      (json) =>
        changed(json, (stack) => {
          resourceOf(stack, "aws_cloudtrail.trail").enable_logging = false;
        }),
    ],
  ])("is not satisfied where %s", (_, change) => {
    expect(judgementOf(change(hardened), "root_use").verdict).toBe("not satisfied");
    expect(judgementOf(change(hardened), "root_use").why).not.toBe("Nobody is told of it.");
  });

  test("of an organization says where Security Hub sees nothing of it", () => {
    const json = changed(hardened, (stack) => {
      resourceOf(stack, "aws_cloudtrail.trail").is_organization_trail = true;
    });
    expect(judgementOf(json, "root_use").why).toContain("no data of it in the accounts of the members");
    expect(judgementOf(hardened, "root_use").why).not.toContain("members");
    expect(judgementOf(hardened, "organization_changes").why).toContain("The management account alone");
  });

  test.each([GROUP, GROUP.replace(":*", "")])("counts filters of a log group that is there already: %s", (arn) => {
    const trail = { account_id: "111122223333", account_name: "a", region: "eu-central-1", owner: "Ada" };
    const alarms = { subscriptions: { mail: { protocol: "email", endpoint: "security@example.com" } } };
    const json = configuredJson({ ...trail, cloudwatch_logs: { existing_log_group: { arn } }, alarms });
    expect(judgementOf(json, "root_use").verdict).toBe("satisfied");
  });

  test("by event beside a log group that is there already is looked up, and what the rule does is said", () => {
    const trail = { account_id: "111122223333", account_name: "a", region: "eu-central-1", owner: "Ada" };
    const logs = { existing_log_group: { arn: GROUP } };
    const json = configuredJson({ ...trail, cloudwatch_logs: logs, alarms: { watch: "event" } });
    expect(judgementOf(json, "root_use")).toMatchObject({
      verdict: "manual",
      why: expect.stringContaining("A rule of EventBridge looks for it, and tells nobody."),
    });
  });

  test("counts no alarm that was left out or has a pattern of its own", () => {
    const changes = { root_use: { enabled: false }, vpc_changes: { filter_pattern: '{ $.eventName = "CreateVpc" }' } };
    const json = hardenedJson({ changed_alarms: changes });
    expect(judgementOf(json, "root_use")).toMatchObject({ verdict: "not satisfied", why: "Nobody is told of it." });
    expect(judgementOf(json, "vpc_changes").why).toContain("another pattern");
    expect(judgementOf(json, "trail_changes").verdict).toBe("satisfied");
  });

  test("is the same by a filter that names the group of a trail by its name", () => {
    const json = changed(hardened, (stack) => {
      resourceOf(stack, "aws_cloudwatch_log_metric_filter.alarm_root_use").log_group_name =
        "/aws/cloudtrail/example-logs";
    });
    expect(judgementOf(json, "root_use").verdict).toBe("satisfied");
  });
});

test("what is outside of a trail is looked up by a command, whatever the trail is", () => {
  for (const json of [essential, hardened]) {
    for (const id of [
      ...["config_on", "flow_logs_on", "security_hub_on", "web_front_ends_logged"],
      ...["account_blocks_public_access", "buckets_replicated"],
    ]) {
      expect(judgementOf(json, id)).toMatchObject({
        verdict: "manual",
        command: expect.stringMatching(/^aws .* --region eu-central-1$/),
      });
    }
  }
});

test("what is done by hand is told with the command for the log bucket", () => {
  const bucket = "--bucket bucket-for-cloudtrail-logs-111122223333-eu-central-1 --region eu-central-1";
  expect(judgementOf(essential, "buckets_need_mfa_to_delete")).toMatchObject({
    verdict: "manual",
    command:
      `aws s3api put-bucket-versioning ${bucket} --versioning-configuration Status=Enabled,MFADelete=Enabled ` +
      '--mfa "arn:aws:iam::111122223333:mfa/root-account-mfa-device CODE"',
  });
  const { verdict, command = "" } = judgementOf(essential, "buckets_locked");
  expect(verdict).toBe("manual");
  expect(command).toContain(`aws s3api put-object-lock-configuration ${bucket} `);
  const [, configuration = ""] = /'(.*)'$/.exec(command) ?? [];
  expect(JSON.parse(configuration.replace("DAYS", "365"))).toMatchObject({ ObjectLockEnabled: "Enabled" });
});
