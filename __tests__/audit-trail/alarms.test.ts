import { TerraformVariable } from "cdktf";
import { AuditTrail, type AuditTrailProps } from "../../src/audit-trail/audit-trail";
import { auditTrailDefinition } from "../../src/audit-trail/inputs";
import { profiles } from "../../src/audit-trail/profiles";
import { check, problemText } from "../../src/inputs";
import { addressesOf, bodyOf, newStack, resolved, synthesized } from "../placement/support/stack";

const props: AuditTrailProps = {
  accountId: "111122223333",
  accountName: "example",
  region: "eu-central-1",
  owner: "Example Owner",
};
const TOPIC = "arn:aws:sns:eu-central-1:111122223333:example-logs-alarms";

function trailWith(inputs: Partial<AuditTrailProps>) {
  const stack = newStack();
  const trail = new AuditTrail(stack, "Default", { ...props, ...inputs });
  const addresses = addressesOf(synthesized(stack));
  return {
    trail,
    stack,
    addresses,
    ofType: (type: string) => addresses.filter((each) => each.startsWith(`${type}.`)),
    body: (address: string) => bodyOf(stack, address),
  };
}

function problemsWith(inputs: Readonly<Record<string, unknown>>): readonly string[] {
  const given = { account_id: "111122223333", account_name: "example", region: "eu-central-1", owner: "Me", ...inputs };
  return check(auditTrailDefinition, given).problems.map(problemText);
}

const existingLogGroup = { arn: "arn:aws:logs:eu-central-1:111122223333:log-group:central/trail:*" };
const own = (alarm: object) => ({ own_alarms: { user_deleted: { title: "A user was deleted", ...alarm } } });
const filter = { filter_pattern: '{ $.eventName = "DeleteUser" }' };
const event = { event_pattern: '{"detail-type":["AWS API Call via CloudTrail"]}' };

test("topics that Terraform alone knows are refused in a stack, with what to give", () => {
  const stack = newStack();
  const topics = new TerraformVariable(stack, "topics", { type: "any" });
  expect(() => new AuditTrail(stack, "audit", { ...props, alarms: { existingTopics: topics.value } })).toThrow(
    "has to be known when the stack is synthesized: give maps as literals, whose values may be tokens",
  );
});

describe("alarms", () => {
  test("are none by default, and nothing tells EventBridge of logs", () => {
    const { addresses, trail } = trailWith({});
    expect(addresses.filter((each) => /cloudwatch|sns|sqs|notification/.test(each))).toEqual([]);
    expect(trail.alarmNames).toBeUndefined();
    expect(trail.alarmTopicArns).toBeUndefined();
  });

  test("watch by event where the trail has no log group: nothing is added to the trail", () => {
    const { ofType, body } = trailWith({ alarms: {} });
    expect(ofType("aws_cloudwatch_event_rule")).toContain("aws_cloudwatch_event_rule.alarm_root_use");
    expect(ofType("aws_cloudwatch_log_metric_filter")).toEqual([]);
    expect(ofType("aws_cloudwatch_log_group")).toEqual([]);
    expect(body("aws_cloudwatch_event_target.alarm_root_use_alarms").arn).toBe(TOPIC);
  });

  test("watch by metric where events go to CloudWatch Logs, and wait for the log group", () => {
    const { ofType, body } = trailWith({ alarms: {}, cloudwatchLogs: {} });
    expect(ofType("aws_cloudwatch_event_target")).toEqual([]);
    expect(body("aws_cloudwatch_log_metric_filter.alarm_root_use")).toMatchObject({
      name: "example-logs-root_use",
      log_group_name: "${aws_cloudwatch_log_group.trail.name}",
    });
    expect(body("aws_cloudwatch_metric_alarm.alarm_root_use").alarm_actions).toEqual([TOPIC]);
  });

  test("watch a log group that is there already", () => {
    const { body } = trailWith({ alarms: {}, cloudwatchLogs: { existingLogGroup } });
    expect(body("aws_cloudwatch_log_metric_filter.alarm_root_use").log_group_name).toBe("central/trail");
    expect(body("aws_cloudwatch_log_metric_filter.alarm_tamper_log_group").pattern).toContain('"central/trail"');
  });

  test("watch by event beside a log group where that is chosen", () => {
    const { ofType } = trailWith({ alarms: { watch: "event" }, cloudwatchLogs: {} });
    expect(ofType("aws_cloudwatch_log_metric_filter")).toEqual([]);
    expect(ofType("aws_cloudwatch_event_rule")).toContain("aws_cloudwatch_event_rule.alarm_tamper_log_group");
  });

  test("are told only once the topics let them publish", () => {
    const { body } = trailWith({ alarms: {}, cloudwatchLogs: {} });
    expect(body("aws_cloudwatch_metric_alarm.alarm_root_use").depends_on).toContain(
      "aws_sns_topic_policy.alarm_topic_alarms",
    );
    const byEvent = trailWith({ alarms: {} });
    expect(byEvent.body("aws_cloudwatch_event_target.alarm_root_use_alarms").depends_on).toContain(
      "aws_sns_topic_policy.alarm_topic_alarms",
    );
  });

  test("go to topics by severity, and to topics that are there already", () => {
    const pager = "arn:aws:sns:eu-central-1:111122223333:pager";
    const { ofType, body } = trailWith({
      cloudwatchLogs: {},
      alarms: {
        topics: {
          urgent: { severities: ["critical"] },
          rest: { severities: ["high", "medium", "low"], displayName: "Rest" },
        },
        existingTopics: { pager: { arn: pager, severities: ["critical"] } },
        subscriptions: { team: { topic: "rest", protocol: "email", endpoint: "security@example.com" } },
      },
    });
    expect(ofType("aws_sns_topic")).toEqual(["aws_sns_topic.alarm_topic_rest", "aws_sns_topic.alarm_topic_urgent"]);
    expect(body("aws_sns_topic.alarm_topic_rest").display_name).toBe("Rest");
    const actions = (id: string) => body(`aws_cloudwatch_metric_alarm.alarm_${id}`).alarm_actions;
    expect(actions("root_use")).toEqual([pager, TOPIC.replace(/alarms$/, "urgent")]);
    expect(actions("vpc_changes")).toEqual([TOPIC.replace(/alarms$/, "rest")]);
    expect(body("aws_sns_topic_subscription.alarm_topic_team").topic_arn).toBe("${aws_sns_topic.alarm_topic_rest.arn}");
  });

  test("on attacks know the trail, its bucket and its key", () => {
    const { body } = trailWith({ alarms: {}, encryption: {} });
    const pattern = (id: string) => String(body(`aws_cloudwatch_event_rule.${id}`).event_pattern);
    expect(pattern("alarm_tamper_trail")).toContain(
      '["example-logs","arn:aws:cloudtrail:eu-central-1:111122223333:trail/example-logs"]',
    );
    expect(pattern("alarm_tamper_log_bucket")).toContain("bucketName = [aws_s3_bucket.log_bucket.bucket]");
    expect(pattern("alarm_tamper_key")).toContain("ARN = [aws_kms_key.encryption_key.arn]");
    expect(trailWith({ alarms: {} }).ofType("aws_cloudwatch_event_rule")).not.toContain(
      "aws_cloudwatch_event_rule.alarm_tamper_key",
    );
  });

  test("of an organization are about the trail of its management account", () => {
    const { body } = trailWith({
      alarms: {},
      organization: { id: "o-exampleorgid", managementAccountId: "444455556666" },
    });
    expect(String(body("aws_cloudwatch_event_rule.alarm_tamper_trail").event_pattern)).toContain(
      "arn:aws:cloudtrail:eu-central-1:444455556666:trail/example-logs",
    );
  });

  test("have all options of their own", () => {
    const { ofType, body } = trailWith({
      alarms: {
        singleSignOn: false,
        modifySecurityGroupRules: false,
        changedAlarms: { root_use: { enabled: false }, vpc_changes: { threshold: 4 } },
        ownAlarms: { user_deleted: { title: "A user was deleted", eventPattern: event.event_pattern } },
        rates: { calls: false, deviations: 5 },
        silence: { delivery: false, hours: 6 },
        dashboard: false,
        encryptTopics: false,
        deadLetterQueue: false,
      },
    });
    expect(ofType("aws_cloudwatch_event_rule")).not.toContain("aws_cloudwatch_event_rule.alarm_root_use");
    expect(body("aws_cloudwatch_metric_alarm.counted_event_vpc_changes").threshold).toBe(4);
    expect(body("aws_cloudwatch_event_rule.alarm_user_deleted").event_pattern).toBe(event.event_pattern);
    expect(String(body("aws_cloudwatch_event_rule.alarm_console_sign_in_without_mfa").event_pattern)).not.toContain(
      "IAMUser",
    );
    expect(String(body("aws_cloudwatch_event_rule.alarm_security_group_changes").event_pattern)).not.toContain(
      "ModifySecurityGroupRules",
    );
    expect(JSON.stringify(body("aws_cloudwatch_metric_alarm.rate_error_rate"))).toContain("(rate, 5)");
    expect(ofType("aws_cloudwatch_metric_alarm")).not.toContain("aws_cloudwatch_metric_alarm.rate_call_rate");
    expect(body("aws_cloudwatch_metric_alarm.silence_no_events").evaluation_periods).toBe(6);
    for (const type of ["aws_cloudwatch_dashboard", "aws_kms_key", "aws_sqs_queue", "aws_s3_bucket_notification"]) {
      expect(ofType(type)).toEqual([]);
    }
  });

  test("use a key and encrypt the topics with it where one is there already", () => {
    const arn = "arn:aws:kms:eu-central-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab";
    const { ofType, body } = trailWith({ alarms: { existingTopicKey: { arn } } });
    expect(ofType("aws_kms_key")).toEqual([]);
    expect(body("aws_sns_topic.alarm_topic_alarms").kms_master_key_id).toBe(arn);
  });

  test("have the tags of the trail", () => {
    const { body } = trailWith({ alarms: {}, tags: { Stage: "production" } });
    const tags = { Own: "Example Owner", Stage: "production" };
    expect(body("aws_sns_topic.alarm_topic_alarms").tags).toEqual(tags);
    expect(body("aws_cloudwatch_event_rule.alarm_root_use").tags).toEqual(tags);
  });

  test("are told to other constructs", () => {
    const { trail, stack } = trailWith({ alarms: {} });
    expect(resolved(stack, trail.alarmTopicArns ?? {})).toEqual({ alarms: TOPIC });
    expect(trail.alarmNames?.root_use).toBe("example-logs-root_use");
    expect(Object.keys(trail.alarmEventPatterns ?? {})).not.toContain("tamper_trail");
    expect(
      resolved(stack, {
        bus: trail.alarmEventBusArn,
        dashboard: trail.alarmDashboardName,
        key: trail.alarmTopicKeyArn,
        queue: trail.alarmDeadLetterQueueArn,
      }),
    ).toEqual({
      bus: "arn:aws:events:eu-central-1:111122223333:event-bus/default",
      dashboard: "${aws_cloudwatch_dashboard.alarms.dashboard_name}",
      key: "${aws_kms_key.alarm_topics.arn}",
      queue: "arn:aws:sqs:eu-central-1:111122223333:example-logs-dead-letters",
    });
    expect(JSON.parse(trail.alarmTopicKeyPolicy ?? "{}").Statement).toHaveLength(3);
    expect(JSON.parse(trail.alarmDeadLetterQueuePolicy ?? "{}").Statement).toHaveLength(3);
  });
});

describe("the delivery of logs", () => {
  test("is told to EventBridge by the log bucket where an alarm listens for it", () => {
    const { body, ofType } = trailWith({ alarms: {} });
    expect(body("aws_s3_bucket_notification.log_bucket")).toEqual({
      bucket: "${aws_s3_bucket.log_bucket.bucket}",
      eventbridge: true,
    });
    expect(ofType("aws_cloudwatch_metric_alarm")).toContain("aws_cloudwatch_metric_alarm.silence_no_delivery");
  });

  test("is told where that is asked for, without alarms, too", () => {
    expect(trailWith({ logBucket: { eventNotifications: true } }).ofType("aws_s3_bucket_notification")).toHaveLength(1);
  });

  test.each([
    [false, []],
    [true, ["aws_cloudwatch_metric_alarm.silence_no_delivery"]],
  ])("to an existing bucket is listened for only where that tells EventBridge: %p", (eventNotifications, alarms) => {
    const { ofType } = trailWith({
      alarms: {},
      logBucket: { existingBucket: { name: "central-logs", eventNotifications } },
    });
    expect(ofType("aws_s3_bucket_notification")).toEqual([]);
    expect(ofType("aws_cloudwatch_metric_alarm").filter((each) => each.endsWith("no_delivery"))).toEqual(alarms);
  });
});

describe("what is refused", () => {
  const noLogGroup =
    "alarms: must not watch by metric where cloudwatch_logs is null: there is no log group to watch; got ";
  const noFilters =
    "alarms: must not watch by metric a log group of the class INFREQUENT_ACCESS, which has no metric filters; got ";
  const noPattern =
    "alarms: own_alarms must have the pattern by which each watches: filter_pattern or event_pattern; got ";

  test.each([
    ["metric without a log group", { alarms: { watch: "metric" } }, [noLogGroup]],
    [
      "one alarm by metric without a log group",
      { alarms: { changed_alarms: { root_use: { watch: "metric" } } } },
      [noLogGroup],
    ],
    ["an own alarm by metric without a log group", { alarms: own({ watch: "metric", ...filter }) }, [noLogGroup]],
    [
      "metric filters of a class without them",
      { cloudwatch_logs: { log_group_class: "INFREQUENT_ACCESS" }, alarms: {} },
      [noFilters],
    ],
    ["an own alarm by event without its pattern", { alarms: own(filter) }, [noPattern]],
    ["an own alarm by metric without its pattern", { cloudwatch_logs: {}, alarms: own(event) }, [noPattern]],
  ])("%s", (_, inputs, problems) => {
    expect(problemsWith(inputs).map((each) => each.replace(/got .*/s, "got "))).toEqual(problems);
  });

  test.each([
    [
      "events of such a class",
      { cloudwatch_logs: { log_group_class: "INFREQUENT_ACCESS" }, alarms: { watch: "event" } },
    ],
    ["an own alarm by event", { alarms: own(event) }],
    ["an own alarm by metric", { cloudwatch_logs: {}, alarms: own(filter) }],
    ["an own alarm by event beside metrics", { cloudwatch_logs: {}, alarms: own({ ...event, watch: "event" }) }],
    [
      "one alarm by event beside metrics",
      { cloudwatch_logs: {}, alarms: { changed_alarms: { root_use: { watch: "event" } } } },
    ],
  ])("not: %s", (_, inputs) => {
    expect(problemsWith(inputs)).toEqual([]);
  });

  test("an own alarm with the id of one of the catalogue", () => {
    expect(problemsWith({ alarms: { own_alarms: { root_use: { title: "Root", ...event } } } })).toEqual([
      expect.stringMatching(/^alarms\.own_alarms: must have ids that no alarm of the catalogue has; got /),
    ]);
  });

  test("a subscriber of a topic that is not there", () => {
    const mail = { topic: "urgent", protocol: "email", endpoint: "security@example.com" };
    expect(problemsWith({ alarms: { subscriptions: { mail } } })).toEqual([
      expect.stringMatching(/^alarms\.subscriptions: must be about topics that are there; got /),
    ]);
  });

  test("an existing topic with the name of one that is made", () => {
    expect(problemsWith({ alarms: { existing_topics: { alarms: { arn: TOPIC } } } })).toEqual([
      expect.stringMatching(/^alarms\.existing_topics: must have names that no topic has which is created; got /),
    ]);
  });
});

test("the hardened trail takes alarms by metric", () => {
  expect(problemsWith({ ...profiles.cis.inputs, alarms: {} })).toEqual([]);
});
