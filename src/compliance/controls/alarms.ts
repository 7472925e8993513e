import type { MonitoringId } from "../../components/alarms/catalogue";
import { logGroupNameOf } from "../../policy";
import { listed, type Resource, refersTo, type Stack } from "../../stacks/stack";
import {
  alarmsOn,
  audienceOf,
  eventRuleOf,
  filterOf,
  isFilterPattern,
  isOn,
  monitoringEntries,
  monitoringIds,
  targetsOf,
} from "../alarms";
import { inSecurityHub, numbersOf } from "../frameworks";
import { queuesOf, topicsAreClosed, topicsOf } from "../rules/topics";
import { trailOf } from "../rules/trail";
import { type Judgement, judged, manual, notApplicable, notSatisfied, satisfied } from "../verdict";
import { ALWAYS, type Control, NOTHING } from "./control";
import { costOf } from "./costs";
import { gapsOf, ofTrail } from "./trail";

const CATALOGUE_TESTS = "__tests__/components/alarms/catalogue.test.ts";
const ALARM_TESTS = "__tests__/components/alarms/alarms.test.ts";
const TOPIC_TESTS = "__tests__/components/alarm-topics/alarm-topics.test.ts";

/** What CIS and Security Hub count as watching. */
const COUNTED =
  '`cloudwatch_logs: {}`, `alarms: { watch: "metric", subscriptions: { NAME: { protocol: …, endpoint: … } } }`';

/** What they count costs. */
const COUNTED_COST = `CloudWatch Logs: ${costOf("CloudWatch Logs")}; alarms: ${costOf("alarms")}`;

/** Whether somebody is told of what a control wants to be watched, by what the framework counts. */
function watched(stack: Stack, id: MonitoringId): Judgement {
  return ofTrail(
    stack,
    (trail) => {
      const gaps = gapsOf(stack, trail);
      if (gaps.length > 0) {
        return notSatisfied(`${trail.address} ${gaps.join(", ")}: no alarm sees what is not recorded.`);
      }
      const filter = filterOf(stack, id);
      return filter === undefined ? unfiltered(stack, trail, id) : filtered(stack, trail, filter, id);
    },
    "get-trail",
    "get-trail-status",
    "get-event-selectors",
  );
}

function unfiltered(stack: Stack, trail: Resource, id: MonitoringId): Judgement {
  const group = stack.text(trail.arguments.cloud_watch_logs_group_arn);
  const byEvent = toldByEvent(stack, id);
  return group === undefined
    ? notSatisfied(byEvent === undefined ? "Nobody is told of it." : `There is no metric filter. ${byEvent}`)
    : manual(
        ["The log group is there already: whether it has a metric filter and an alarm, AWS knows.", byEvent ?? ""]
          .join(" ")
          .trim(),
        `aws logs describe-metric-filters --log-group-name ${logGroupNameOf(group)} --region ${stack.region}`,
      );
}

/** What a rule of EventBridge does about it. Undefined where there is none. */
function toldByEvent(stack: Stack, id: MonitoringId): string | undefined {
  const rule = eventRuleOf(stack, id);
  if (rule === undefined) {
    return undefined;
  }
  const topics = targetsOf(stack, rule, id).flatMap(({ arguments: target }) => [
    ...listed(target.arn),
    ...listed(target.alarm_actions),
  ]);
  return audienceOf(stack, topics) === "nobody"
    ? "A rule of EventBridge looks for it, and tells nobody."
    : "A rule of EventBridge tells of it all the same, which the letter of the control does not count.";
}

function filtered(stack: Stack, trail: Resource, filter: Resource, id: MonitoringId): Judgement {
  if (!isFilterPattern(id, stack.text(filter.arguments.pattern))) {
    return notSatisfied(`${filter.address} has another pattern than that which auditors look for.`);
  }
  if (!isOnGroupOf(stack, trail, filter)) {
    return notSatisfied(`${filter.address} looks at another log group than that of the trail.`);
  }
  const alarms = alarmsOn(stack, filter).filter(isOn);
  if (alarms.length === 0) {
    return notSatisfied(`${filter.address} has no alarm that tells a topic.`);
  }
  const topics = alarms.flatMap((alarm) => listed(alarm.arguments.alarm_actions));
  switch (audienceOf(stack, topics)) {
    case "somebody":
      return satisfied(
        [
          `${filter.address} and its alarm tell a topic with a subscriber; one by e-mail has to confirm.`,
          ...remarksOn(trail, id),
        ].join(" "),
      );
    case "nobody":
      return notSatisfied("A metric filter and its alarm tell a topic to which nobody listens.");
    case "unseen":
      return manual(
        "A metric filter and its alarm tell a topic that is there already: who listens to it, AWS knows.",
        [...new Set(topics.flatMap((arn) => stack.text(arn) ?? []))]
          .map((arn) => `aws sns list-subscriptions-by-topic --topic-arn ${arn} --region ${stack.region}`)
          .join(" && "),
      );
  }
}

/** What an auditor would else stumble over. */
function remarksOn(trail: Resource, id: MonitoringId): readonly string[] {
  return [
    ...(trail.arguments.is_organization_trail === true
      ? ["Security Hub has no data of it in the accounts of the members."]
      : []),
    ...(id === "organization_changes" ? ["The management account alone has such calls."] : []),
  ];
}

/** Whether a metric filter looks at the log group to which a trail delivers. */
function isOnGroupOf(stack: Stack, trail: Resource, filter: Resource): boolean {
  const delivered = trail.arguments.cloud_watch_logs_group_arn;
  const made = stack.of("aws_cloudwatch_log_group").find((group) => refersTo(delivered, group));
  const name = made === undefined ? logGroupNameOf(stack.text(delivered) ?? "") : stack.text(made.arguments.name);
  return stack.text(filter.arguments.log_group_name) === name;
}

const monitoringControls: readonly Control[] = monitoringIds.map((id) => {
  const { title, controls } = monitoringEntries[id];
  return {
    id,
    title: `An alarm tells of it: ${title}`,
    numbers: numbersOf(controls.cis, controls.securityHub),
    resource: "aws_cloudwatch_log_metric_filter",
    setting: COUNTED,
    cost: COUNTED_COST,
    provedBy: { file: CATALOGUE_TESTS, test: "the patterns for the logs %s is to the letter what scanners look for" },
    judge: (stack) => watched(stack, id),
  };
});

/** What is said of things of which there may be none. */
function ofAny(
  resources: readonly Resource[],
  none: string,
  message: string,
  isRight: (given: Readonly<Record<string, unknown>>) => boolean,
  why: string,
): Judgement {
  return resources.length === 0
    ? notApplicable(none)
    : judged(
        resources.filter((each) => !isRight(each.arguments)).map(({ address }) => ({ resource: address, message })),
        why,
      );
}

function metricAlarms(stack: Stack): readonly Resource[] {
  return stack.of("aws_cloudwatch_metric_alarm");
}

function retention(stack: Stack): Judgement {
  const existing = stack.text(trailOf(stack)?.arguments.cloud_watch_logs_group_arn);
  return existing === undefined
    ? ofAny(
        stack.of("aws_cloudwatch_log_group"),
        "There is no log group.",
        "is kept for less than a year",
        ({ retention_in_days: days }) => days === undefined || days === 0 || Number(days) >= 365,
        "Events are kept in CloudWatch Logs for a year at least.",
      )
    : manual(
        "The log group is there already: how long it keeps events, AWS knows.",
        `aws logs describe-log-groups --log-group-name-prefix ${logGroupNameOf(existing)} --region ${stack.region}`,
      );
}

/** What is wanted of alarms, of what they look at and of whom they tell. */
export const alarmControls: readonly Control[] = [
  ...monitoringControls,
  {
    id: "alarms_have_actions",
    title: "Alarms tell somebody",
    numbers: inSecurityHub("CloudWatch.15"),
    resource: "aws_cloudwatch_metric_alarm",
    setting: "always with `alarms: {}`",
    cost: NOTHING,
    provedBy: {
      file: ALARM_TESTS,
      test: "alarms that watch by metric are a filter and an alarm of one name for each entry of the catalogue",
    },
    judge: (stack) =>
      ofAny(
        metricAlarms(stack),
        "There are no alarms of CloudWatch.",
        "tells nobody",
        ({ alarm_actions: actions }) => listed(actions).length > 0,
        "Every alarm tells a topic.",
      ),
  },
  {
    id: "alarm_actions_on",
    title: "No alarm has its actions turned off",
    numbers: inSecurityHub("CloudWatch.17"),
    resource: "aws_cloudwatch_metric_alarm",
    setting: ALWAYS,
    cost: NOTHING,
    provedBy: {
      file: ALARM_TESTS,
      test: "alarms that watch by metric are a filter and an alarm of one name for each entry of the catalogue",
    },
    judge: (stack) =>
      ofAny(
        metricAlarms(stack),
        "There are no alarms of CloudWatch.",
        "has its actions turned off",
        ({ actions_enabled: enabled }) => enabled !== false,
        "The actions of every alarm are on.",
      ),
  },
  {
    id: "log_group_kept",
    title: "CloudWatch Logs keeps the events for a year",
    numbers: inSecurityHub("CloudWatch.16"),
    resource: "aws_cloudwatch_log_group",
    setting: "`cloudwatch_logs: { retention_in_days: 365 }`",
    cost: costOf("CloudWatch Logs"),
    provedBy: {
      file: "__tests__/components/trail/cloudwatch-logs.test.ts",
      test: "CloudWatch Logs that are on have by default a group that is named after the trail, and kept for a year",
    },
    judge: retention,
  },
  {
    id: "topics_encrypted",
    title: "Topics are encrypted with a KMS key",
    numbers: inSecurityHub("SNS.1"),
    resource: "aws_sns_topic",
    setting: "`alarms: { encrypt_topics: true }`, as by default",
    cost: costOf("key of the topics"),
    provedBy: {
      file: TOPIC_TESTS,
      test: "the topics are named after the trail, without its dots, and encrypted with the key",
    },
    judge: (stack) =>
      ofAny(
        topicsOf(stack),
        "No topic is made.",
        "has no key",
        ({ kms_master_key_id: key }) => key !== undefined,
        "Every topic that is made has a key.",
      ),
  },
  {
    id: "topics_closed",
    title: "No topic is open to the public",
    numbers: inSecurityHub("SNS.4"),
    resource: "aws_sns_topic_policy",
    setting: ALWAYS,
    cost: NOTHING,
    provedBy: {
      file: TOPIC_TESTS,
      test: "the topics are by default one, with its key, its policy and a queue for what could not be delivered",
    },
    judge: (stack) =>
      topicsOf(stack).length === 0
        ? notApplicable("No topic is made.")
        : judged(topicsAreClosed.findings(stack), "The policy of every topic names who may publish."),
  },
  {
    id: "queues_encrypted",
    title: "Queues are encrypted",
    numbers: inSecurityHub("SQS.1"),
    resource: "aws_sqs_queue",
    setting: ALWAYS,
    cost: NOTHING,
    provedBy: {
      file: TOPIC_TESTS,
      test: "the queue for what could not be delivered keeps it for two weeks, encrypted",
    },
    judge: (stack) =>
      ofAny(
        queuesOf(stack),
        "No queue is made.",
        "is not encrypted",
        ({ sqs_managed_sse_enabled: managed, kms_master_key_id: key }) => managed === true || key !== undefined,
        "Every queue that is made is encrypted.",
      ),
  },
];
