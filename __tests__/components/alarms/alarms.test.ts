import { Testing } from "cdktf";
import { Alarms, type AlarmsProps } from "../../../src/components/alarms/alarms";
import { alarmIds, monitoringAlarms } from "../../../src/components/alarms/catalogue";
import { outputToken } from "../../../src/placement";
import { type Body, newStack } from "../../placement/support/stack";
import { matchesEventPattern } from "./support/event-pattern";
import { asEventBridge, monitoringSamples, tamperSamples, trailParts } from "./support/events";
import { transformed } from "./support/input-transformer";

type Resources = Readonly<Record<string, Readonly<Record<string, Body>> | undefined>>;

const TOPIC = "arn:aws:sns:eu-central-1:111122223333:audit-alarms";

const props: AlarmsProps = {
  accountId: "111122223333",
  region: "eu-central-1",
  name: trailParts.trailName,
  logBucketName: trailParts.bucketName,
  topics: { alarms: { arn: TOPIC } },
};
const whole: AlarmsProps = {
  ...props,
  logGroup: { name: trailParts.logGroupName },
  encryption: { kmsKeyArn: trailParts.keyArn },
  logBucketTellsEventbridge: true,
};
const withoutParts = alarmIds.filter((id) => id !== "tamper_key" && id !== "tamper_log_group");

/** The resources of the alarms, by type, and by their names in the stack. */
function resourcesOf(given: AlarmsProps): Resources {
  const stack = newStack();
  new Alarms(stack, "Default", given);
  return (JSON.parse(Testing.synth(stack)) as { readonly resource: Resources }).resource;
}

function named(prefix: string, ids: readonly string[]): readonly string[] {
  return ids.map((id) => `${prefix}_${id}`).toSorted();
}

function namesOf(resources: Resources, type: string): readonly string[] {
  return Object.keys(resources[type] ?? {}).toSorted();
}

function attribute<T>(resources: Resources, type: string, name: string, path: string): T {
  const body = resources[type]?.[name];
  if (body === undefined) {
    throw new Error(`there is no ${type}.${name}`);
  }
  return body[path] as T;
}

describe("alarms that watch by event", () => {
  test("have rules of other names for another trail, also where the names of both begin alike", () => {
    const [one, two] = ["one", "two"].map((end) => {
      const rules = resourcesOf({ ...props, name: `${"n".repeat(60)}-${end}` }).aws_cloudwatch_event_rule ?? {};
      return Object.values(rules).map(({ name }) => name);
    }) as [unknown[], unknown[]];
    expect(one).toHaveLength(withoutParts.length + 2);
    expect(one.filter((name) => two.includes(name))).toEqual([]);
  });

  test("are a rule for each entry of the catalogue whose part is there, and a message to each topic", () => {
    const resources = resourcesOf(props);
    expect(namesOf(resources, "aws_cloudwatch_event_rule")).toEqual(
      [...named("alarm", withoutParts), "rate_call_rate", "rate_error_rate"].toSorted(),
    );
    expect(namesOf(resources, "aws_cloudwatch_event_target")).toEqual(
      named(
        "alarm",
        withoutParts.map((id) => `${id}_alarms`),
      ),
    );
    expect(resources.aws_cloudwatch_log_metric_filter).toBeUndefined();
    expect(namesOf(resourcesOf(whole), "aws_cloudwatch_event_rule")).toEqual(
      [...named("alarm", alarmIds), "delivery", "rate_call_rate", "rate_error_rate"].toSorted(),
    );
  });

  test.each(
    Object.entries({
      ...monitoringSamples({ singleSignOn: true, modifySecurityGroupRules: true }),
      ...tamperSamples(),
    }),
  )("tell of %s in plain words: who did what, when, from where", (id, { matching }) => {
    const resources = resourcesOf(whole);
    const pattern = attribute<string>(resources, "aws_cloudwatch_event_rule", `alarm_${id}`, "event_pattern");
    const { input_paths: inputPaths, input_template: inputTemplate } = attribute<{
      input_paths: Record<string, string>;
      input_template: string;
    }>(resources, "aws_cloudwatch_event_target", `alarm_${id}_alarms`, "input_transformer");
    const description = attribute<string>(resources, "aws_cloudwatch_event_rule", `alarm_${id}`, "description");
    const [title, why] = description.split(/\. (.*)/s) as [string, string];
    for (const record of matching) {
      const event = asEventBridge(record);
      expect(matchesEventPattern(JSON.parse(pattern), event)).toBe(true);
      const { type, arn = "" } = record.userIdentity as { type: string; arn?: string };
      expect(JSON.parse(transformed({ inputPaths, inputTemplate }, event))).toBe(
        `${title}: ${record.eventName} by ${type} ${arn} from ${record.sourceIPAddress} at ${record.eventTime}, ` +
          `account ${record.recipientAccountId}, region ${record.awsRegion}, event ${record.eventID}. ${why}`,
      );
    }
  });

  test("see calls that only read where those can match", () => {
    const resources = resourcesOf(props);
    const stateOf = (id: string): string => attribute(resources, "aws_cloudwatch_event_rule", `alarm_${id}`, "state");
    expect(stateOf("root_use")).toBe("ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS");
    expect(stateOf("unauthorized_calls")).toBe("ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS");
    expect(stateOf("vpc_changes")).toBe("ENABLED");
  });

  test("that take several calls are counted, and send no message for each", () => {
    const resources = resourcesOf({ ...props, changedAlarms: { vpc_changes: { threshold: 3, period: 600 } } });
    expect(resources.aws_cloudwatch_metric_alarm?.counted_event_vpc_changes).toMatchObject({
      alarm_name: "audit-vpc_changes",
      namespace: "AWS/Events",
      metric_name: "TriggeredRules",
      dimensions: { RuleName: "${aws_cloudwatch_event_rule.alarm_vpc_changes.name}" },
      threshold: 3,
      period: 600,
      statistic: "Sum",
      comparison_operator: "GreaterThanOrEqualToThreshold",
      treat_missing_data: "notBreaching",
      alarm_actions: [TOPIC],
    });
    expect(namesOf(resources, "aws_cloudwatch_event_target")).not.toContain("alarm_vpc_changes_alarms");
  });

  test("keep what could not be delivered where there is a queue", () => {
    const queue = "arn:aws:sqs:eu-central-1:111122223333:audit-dead-letters";
    const target = (given: AlarmsProps): Body | undefined =>
      resourcesOf(given).aws_cloudwatch_event_target?.alarm_root_use_alarms;
    expect(target({ ...props, deadLetterQueueArn: queue })).toMatchObject({ dead_letter_config: { arn: queue } });
    expect(target(props)).not.toHaveProperty("dead_letter_config");
  });

  test("have rules whose names fit into 64 characters", () => {
    const resources = resourcesOf({ ...whole, name: "a".repeat(128) });
    for (const rule of Object.values(resources.aws_cloudwatch_event_rule ?? {})) {
      expect((rule.name as string).length).toBeLessThanOrEqual(64);
    }
  });
});

describe("alarms that watch by metric", () => {
  test("are a filter and an alarm of one name for each entry of the catalogue", () => {
    const resources = resourcesOf({ ...whole, watch: "metric" });
    expect(namesOf(resources, "aws_cloudwatch_log_metric_filter")).toEqual(
      [...named("alarm", alarmIds), "rate_call_rate", "rate_error_rate"].toSorted(),
    );
    const catalogue = monitoringAlarms({ singleSignOn: true, modifySecurityGroupRules: true });
    for (const [id, entry] of Object.entries(catalogue)) {
      expect(resources.aws_cloudwatch_log_metric_filter?.[`alarm_${id}`]).toEqual({
        name: `audit-${id}`,
        log_group_name: trailParts.logGroupName,
        pattern: entry.filterPattern,
        metric_transformation: { name: `audit-${id}`, namespace: "AuditTrail", value: "1" },
      });
      expect(resources.aws_cloudwatch_metric_alarm?.[`alarm_${id}`]).toMatchObject({
        alarm_name: `audit-${id}`,
        alarm_description: `${entry.title}. ${entry.why}`,
        namespace: "AuditTrail",
        metric_name: `audit-${id}`,
        statistic: "Sum",
        period: entry.period,
        evaluation_periods: 1,
        threshold: entry.threshold,
        comparison_operator: "GreaterThanOrEqualToThreshold",
        treat_missing_data: "notBreaching",
        alarm_actions: [TOPIC],
      });
    }
    expect(resources.aws_cloudwatch_event_target).toBeUndefined();
  });

  test("can be some of them alone", () => {
    const resources = resourcesOf({ ...whole, changedAlarms: { root_use: { watch: "metric" } } });
    expect(namesOf(resources, "aws_cloudwatch_log_metric_filter")).toEqual(["alarm_root_use"]);
    expect(namesOf(resources, "aws_cloudwatch_event_rule")).not.toContain("alarm_root_use");
  });

  test("need a log group", () => {
    expect(() => resourcesOf({ ...props, watch: "metric" })).toThrow("must be given where something watches by metric");
    expect(() => resourcesOf({ ...props, changedAlarms: { root_use: { watch: "metric" } } })).toThrow(
      "must be given where something watches by metric",
    );
  });
});

describe("an alarm", () => {
  test("can be left out, or have another severity, threshold, period and pattern", () => {
    const pattern = '{ $.eventName = "DeleteVpc" }';
    const resources = resourcesOf({
      ...whole,
      watch: "metric",
      topics: { urgent: { arn: TOPIC, severities: ["critical"] } },
      changedAlarms: {
        gateway_changes: { enabled: false },
        vpc_changes: { severity: "critical", threshold: 2, period: 60, filterPattern: pattern },
      },
    });
    expect(namesOf(resources, "aws_cloudwatch_metric_alarm")).not.toContain("alarm_gateway_changes");
    expect(resources.aws_cloudwatch_log_metric_filter?.alarm_vpc_changes).toMatchObject({ pattern });
    expect(resources.aws_cloudwatch_metric_alarm?.alarm_vpc_changes).toMatchObject({
      threshold: 2,
      period: 60,
      alarm_actions: [TOPIC],
    });
    expect(resources.aws_cloudwatch_metric_alarm?.alarm_network_acl_changes?.alarm_actions ?? []).toEqual([]);
  });

  test("may be one of at most fifty of your own, as a log group has no room for more filters", () => {
    const pattern = '{ $.eventName = "DeleteUser" }';
    const own = (number: number) => ({
      ...whole,
      watch: "metric" as const,
      ownAlarms: Object.fromEntries(
        Array.from({ length: number }, (_, index) => [
          `own_${index}`,
          { title: "A user was deleted", filterPattern: pattern },
        ]),
      ),
    });
    expect(Object.keys(resourcesOf(own(50)).aws_cloudwatch_log_metric_filter ?? {}).length).toBeLessThanOrEqual(100);
    expect(() => resourcesOf(own(51))).toThrow("ownAlarms: must have at most 50 entries; got ");
  });

  test("may be one of your own, by the pattern of the way in which it watches", () => {
    const eventPattern = '{"detail-type":["AWS API Call via CloudTrail"],"detail":{"eventName":["DeleteUser"]}}';
    const resources = resourcesOf({
      ...props,
      ownAlarms: { user_deleted: { title: "A user was deleted", eventPattern } },
    });
    expect(resources.aws_cloudwatch_event_rule?.alarm_user_deleted).toMatchObject({
      name: "audit-user_deleted",
      event_pattern: eventPattern,
    });
    expect(() => resourcesOf({ ...props, ownAlarms: { user_deleted: { title: "A user was deleted" } } })).toThrow(
      "must have the pattern by which each watches",
    );
    expect(() => resourcesOf({ ...props, ownAlarms: { root_use: { title: "Root", eventPattern } } })).toThrow(
      "must have ids that no alarm of the catalogue has",
    );
    expect(() => resourcesOf({ ...props, changedAlarms: { rootuse: { enabled: false } } })).toThrow(
      "must be the id of an alarm of the catalogue",
    );
  });
});

describe("unusual rates", () => {
  test("are learnt from what EventBridge or the log group counts", () => {
    const byEvent = resourcesOf(props);
    expect(byEvent.aws_cloudwatch_metric_alarm?.rate_call_rate).toMatchObject({
      comparison_operator: "GreaterThanUpperThreshold",
      threshold_metric_id: "usual",
      alarm_actions: [TOPIC],
      metric_query: [
        {
          id: "rate",
          return_data: true,
          metric: {
            namespace: "AWS/Events",
            metric_name: "TriggeredRules",
            dimensions: { RuleName: "audit-call_rate" },
            period: 3600,
            stat: "Sum",
          },
        },
        { id: "usual", expression: "ANOMALY_DETECTION_BAND(rate, 3)", return_data: true },
      ],
    });
    const byMetric = resourcesOf({ ...whole, watch: "metric" });
    expect(byMetric.aws_cloudwatch_metric_alarm?.rate_error_rate).toMatchObject({
      metric_query: [
        { metric: { namespace: "AuditTrail", metric_name: "audit-error_rate" } },
        { expression: "ANOMALY_DETECTION_BAND(rate, 3)" },
      ],
    });
  });

  test("are not watched where that is off", () => {
    const off = resourcesOf({
      ...props,
      rates: { calls: false, errors: false },
      silence: { events: false, delivery: false },
    });
    expect(off.aws_cloudwatch_metric_alarm).toBeUndefined();
    expect(namesOf(off, "aws_cloudwatch_event_rule")).toEqual(named("alarm", withoutParts));
    const errorsAlone = resourcesOf({ ...props, rates: { calls: false }, silence: { events: false, delivery: false } });
    expect(namesOf(errorsAlone, "aws_cloudwatch_metric_alarm")).toEqual(["rate_error_rate"]);
  });
});

describe("topics", () => {
  const arn = (region: string, account: string) => `arn:aws:sns:${region}:${account}:alarms`;
  const toldTo = (...arns: readonly string[]) => ({
    topics: Object.fromEntries(arns.map((each, index) => [`topic_${index}`, { arn: each }])),
  });

  test("must be where alarms reach them", () => {
    const elsewhere = toldTo(arn("us-east-1", "111122223333"));
    expect(() => resourcesOf({ ...props, ...elsewhere })).toThrow(
      "topics: must be in the region of the trail: alarms reach no other; got ",
    );
    const ofAnother = toldTo(arn("eu-central-1", "444455556666"));
    const watchesByEvent = "topics: must be in the account of the trail where something watches by event";
    expect(() => resourcesOf({ ...props, ...ofAnother })).toThrow(watchesByEvent);
    expect(() => resourcesOf({ ...whole, watch: "metric", ...ofAnother })).not.toThrow();
    expect(() =>
      resourcesOf({ ...whole, watch: "metric", changedAlarms: { root_use: { watch: "event" } }, ...ofAnother }),
    ).toThrow(watchesByEvent);
  });

  test("must be five at most", () => {
    const topics = (number: number) => toldTo(...Array.from({ length: number }, () => TOPIC));
    expect(() => resourcesOf({ ...props, ...topics(5) })).not.toThrow();
    expect(() => resourcesOf({ ...props, ...topics(6) })).toThrow("topics: must have at most 5 entries");
  });
});

describe("silence", () => {
  test("of events is that of the rule for all calls, or of the log group", () => {
    const silentOf = (metric: object) => ({
      evaluation_periods: 3,
      threshold: 1,
      comparison_operator: "LessThanThreshold",
      treat_missing_data: "breaching",
      alarm_actions: [TOPIC],
      metric_query: [
        { id: "told", metric: { period: 3600, stat: "Sum", ...metric } },
        { id: "each_hour", label: "Each hour", expression: "FILL(told, 0)", return_data: true },
      ],
    });
    // The rule is there for it also where rates are not watched.
    const byEvent = resourcesOf({ ...props, rates: { calls: false, errors: false } });
    expect(namesOf(byEvent, "aws_cloudwatch_event_rule")).toContain("rate_call_rate");
    expect(byEvent.aws_cloudwatch_metric_alarm?.silence_no_events).toMatchObject(
      silentOf({
        namespace: "AWS/Events",
        metric_name: "TriggeredRules",
        dimensions: { RuleName: "audit-call_rate" },
      }),
    );
    expect(resourcesOf({ ...whole, watch: "metric" }).aws_cloudwatch_metric_alarm?.silence_no_events).toMatchObject(
      silentOf({
        namespace: "AWS/Logs",
        metric_name: "IncomingLogEvents",
        dimensions: { LogGroupName: trailParts.logGroupName },
      }),
    );
  });

  test("of the log bucket is told where the bucket tells EventBridge of new objects", () => {
    expect(namesOf(resourcesOf(props), "aws_cloudwatch_metric_alarm")).not.toContain("silence_no_delivery");
    const resources = resourcesOf(whole);
    expect(resources.aws_cloudwatch_metric_alarm?.silence_no_delivery).toMatchObject({
      metric_query: [{ metric: { dimensions: { RuleName: "audit-delivery" } } }, { id: "each_hour" }],
    });
    const pattern = JSON.parse(attribute(resources, "aws_cloudwatch_event_rule", "delivery", "event_pattern"));
    const created = (bucket: string) => ({
      source: "aws.s3",
      "detail-type": "Object Created",
      detail: { bucket: { name: bucket }, object: { key: "AWSLogs/x" } },
    });
    expect(matchesEventPattern(pattern, created(trailParts.bucketName))).toBe(true);
    expect(matchesEventPattern(pattern, created(`${trailParts.bucketName}-2`))).toBe(false);
  });
});

describe("the dashboard", () => {
  type Widget = { properties: { alarms?: readonly string[]; metrics?: readonly (readonly unknown[])[] } };

  function widgetsOf(given: AlarmsProps): readonly Widget[] {
    return JSON.parse(attribute(resourcesOf(given), "aws_cloudwatch_dashboard", "alarms", "dashboard_body")).widgets;
  }

  test("shows every alarm, and is there unless that is off", () => {
    const [states, byMetric, byEvent, ...others] = widgetsOf({
      ...whole,
      changedAlarms: { root_use: { watch: "metric" } },
    });
    expect(states?.properties.alarms).toEqual(["arn:aws:cloudwatch:eu-central-1:111122223333:alarm:audit-root_use"]);
    expect(byMetric?.properties.metrics).toHaveLength(1);
    expect(byEvent?.properties.metrics).toHaveLength(alarmIds.length - 1);
    expect(others).toEqual([]);
    expect(resourcesOf({ ...props, dashboard: false }).aws_cloudwatch_dashboard).toBeUndefined();
  });

  test.each<[string, AlarmsProps, readonly string[]]>([
    ["watch by event", props, ["Calls that were watched by event"]],
    [
      "watch by metric",
      { ...whole, watch: "metric" },
      ["Alarms that watch by metric", "Calls that were watched by metric"],
    ],
    [
      "are all off",
      { ...props, changedAlarms: Object.fromEntries(alarmIds.map((id) => [id, { enabled: false }])) },
      [],
    ],
  ])("has no empty widget, which CloudWatch refuses, where alarms %s", (_, given, titles) => {
    expect(widgetsOf(given)).toMatchObject(titles.map((title) => ({ properties: { title } })));
  });
});

test("the patterns for other regions are those of the catalogue, without attacks on the trail itself", () => {
  const stack = newStack();
  const { outputs } = new Alarms(stack, "Default", whole);
  expect(Object.keys(outputs.event_patterns.value)).toEqual(
    alarmIds.filter((id) => !id.startsWith("tamper_")).toSorted(),
  );
  expect(outputToken(outputs.event_bus_arn)).toBe("arn:aws:events:eu-central-1:111122223333:event-bus/default");
});
