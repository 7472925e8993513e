import { AlarmTopics, type AlarmTopicsProps } from "../../src/components/alarm-topics/alarm-topics";
import { Alarms, type AlarmsProps } from "../../src/components/alarms/alarms";
import { differences, plannedByInstance } from "./support/equality";
import { ACCOUNT_ID } from "./support/identity-server";
import { bothForms, instancesOf } from "./support/two-forms";
import { workspacesOfTests } from "./support/workspaces";

const REGION = "eu-central-1";
const place = { accountId: ACCOUNT_ID, region: REGION, name: "example-logs" };
const topics = { alarms: { arn: `arn:aws:sns:${REGION}:${ACCOUNT_ID}:example-logs-alarms` } };

const alarms: readonly AlarmsProps[] = [
  { ...place, logBucketName: "example-logs", topics },
  {
    ...place,
    logBucketName: "example-logs",
    logBucketTellsEventbridge: true,
    logGroup: { name: "/aws/cloudtrail/example-logs" },
    encryption: {
      kms_key_arn: `arn:aws:kms:${REGION}:${ACCOUNT_ID}:key/1234abcd-12ab-34cd-56ef-1234567890ab`,
    } as never,
    watch: "metric",
    topics: { ...topics, quiet: { ...topics.alarms, severities: ["low"] } },
    changedAlarms: { root_use: { watch: "event" }, vpc_changes: { enabled: false }, gateway_changes: { threshold: 3 } },
    tags: { Own: "Example Owner" },
  },
];

const alarmTopics: readonly AlarmTopicsProps[] = [
  { ...place },
  {
    ...place,
    topics: { alarms: {}, quiet: { displayName: "Quiet" } },
    subscriptions: { mail: { protocol: "email", endpoint: "security@example.com" } },
    encryptTopics: false,
    deadLetterQueue: false,
  },
];

describe("alarms and their topics", () => {
  const workspaces = workspacesOfTests();

  test("plan the same in both forms", async () => {
    const instances = [...instancesOf(Alarms, alarms), ...instancesOf(AlarmTopics, alarmTopics)];
    const { stack, caller } = await bothForms(workspaces, instances);
    const [inline, called] = await Promise.all([stack.plan(), caller.plan()]);
    expect(differences(plannedByInstance(called), plannedByInstance(inline))).toEqual([]);
  });
});
