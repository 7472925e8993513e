import { Testing } from "cdktf";
import { AlarmTopics, type AlarmTopicsProps } from "../../../src/components/alarm-topics/alarm-topics";
import { Alarms, type AlarmsProps } from "../../../src/components/alarms/alarms";
import { Expression } from "../../../src/values";
import { newStack } from "../../placement/support/stack";
import { changed, type EditableStack } from "./stacks";

const SHARED = { accountId: "111122223333", region: "eu-central-1", name: "example-logs" };
const SUBSCRIPTIONS = { mail: { protocol: "email", endpoint: "security@example.com" } } as const;

/** The file of a trail that goes to a log group, with alarms beside it. */
export function withAlarms(
  json: string,
  alarms: Partial<AlarmsProps> = {},
  topics: Partial<AlarmTopicsProps> = {},
): string {
  const ofTopics = newStack();
  new AlarmTopics(ofTopics, "Default", { ...SHARED, subscriptions: SUBSCRIPTIONS, topicEncryption: {}, ...topics });
  const ofAlarms = newStack();
  new Alarms(ofAlarms, "Default", {
    ...SHARED,
    logBucketName: "bucket-for-cloudtrail-logs-111122223333-eu-central-1",
    logGroupName: "/aws/cloudtrail/example-logs",
    watch: "metric",
    topics: { alarms: { arn: new Expression({ kind: "reference", path: "aws_sns_topic.alarm_topic_alarms.arn" }) } },
    ...alarms,
  });
  return changed(json, (whole) => {
    for (const stack of [ofTopics, ofAlarms]) {
      const { resource } = JSON.parse(Testing.synth(stack)) as EditableStack;
      for (const [type, named] of Object.entries(resource)) {
        whole.resource[type] = { ...whole.resource[type], ...named };
      }
    }
  });
}
