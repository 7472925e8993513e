import { asEventBridge, call } from "../__tests__/components/alarms/support/events";
import { Account } from "./support/account";
import { writeDefaultConfiguration } from "./support/default-configuration";
import { Deployment } from "./support/deployment";
import { Emulator } from "./support/emulator";
import { ACCOUNT_ID, NAMES, REGION, STATE } from "./support/names";

const GLOBAL_REGION = "us-east-1";
const QUEUE = "told";
const QUEUE_ARN = `arn:aws:sqs:${REGION}:${ACCOUNT_ID}:${QUEUE}`;

/** Everything that is quick: the provider waits half a minute for a queue. */
const alarms = {
  deadLetterQueue: false,
  subscriptions: { queue: { protocol: "sqs", endpoint: QUEUE_ARN } },
} as const;

/** What a person reads of a call that stops the trail. */
const STOPPED = call("cloudtrail", "StopLogging", { name: NAMES.trail });

/** A call that lets somebody do everything, which arrives in the region of the global services. */
const GIVEN = call("iam", "AttachUserPolicy", { userName: "bob" }, { awsRegion: GLOBAL_REGION });

// One life of one deployment, told in order: each test goes on where the one before ended.
describe("the default trail with alarms by event alone", () => {
  let emulator: Emulator;
  let account: Account;
  let elsewhere: Account;
  let deployment: Deployment;

  beforeAll(async () => {
    emulator = await Emulator.start("alarms");
    account = new Account(emulator, REGION);
    elsewhere = new Account(emulator, GLOBAL_REGION);
    await account.makeVersionedBucket(STATE.bucket);
    await account.call("sqs", "AmazonSQS.CreateQueue", { QueueName: QUEUE });
    deployment = new Deployment("deployer", emulator.environment(REGION));
    writeDefaultConfiguration(deployment, { alarms });
    await deployment.init();
    await deployment.apply();
  });

  afterAll(async () => {
    deployment.remove();
    account.close();
    elsewhere.close();
    await emulator.stop();
  });

  /** Puts a record of CloudTrail on the bus of a region, as AWS does. */
  const put = async (to: Account, record: Parameters<typeof asEventBridge>[0]): Promise<void> => {
    const { source, "detail-type": type, detail } = asEventBridge(record);
    const entry = { Source: source, DetailType: type, Detail: JSON.stringify(detail) };
    await to.call("events", "AWSEvents.PutEvents", { Entries: [entry] });
  };

  /** The messages that lie in the queue of the subscriber, each taken out once. */
  const messages = async (): Promise<readonly string[]> => {
    const QueueUrl = `${emulator.url}/${ACCOUNT_ID}/${QUEUE}`;
    type Received = { readonly Messages?: readonly { readonly Body: string; readonly ReceiptHandle: string }[] };
    const input = { QueueUrl, MaxNumberOfMessages: 10 };
    const { Messages = [] } = await account.call<Received>("sqs", "AmazonSQS.ReceiveMessage", input);
    for (const { ReceiptHandle } of Messages) {
      await account.call("sqs", "AmazonSQS.DeleteMessage", { QueueUrl, ReceiptHandle });
    }
    return Messages.map(({ Body }) => (JSON.parse(Body) as { readonly Message: string }).Message).sort();
  };

  test("has nothing to change once it is applied", async () => {
    expect(await deployment.changes()).toEqual({ any: false, addresses: [] });
  });

  test("tells who did what, when and from where: a call on the bus arrives in the queue of a subscriber", async () => {
    await put(account, STOPPED);
    const told = (title: string, why: string): string =>
      `"${title}: StopLogging by IAMUser arn:aws:iam::${ACCOUNT_ID}:user/alice from 203.0.113.17 at ${STOPPED.eventTime}, ` +
      `account ${ACCOUNT_ID}, region ${REGION}, event ${STOPPED.eventID}. ${why}"`;
    expect(await messages()).toEqual([
      told("A trail was changed", "Whoever wants to leave no trace stops the trail first."),
      told("This trail was stopped or changed", "From here on it may record less, or nothing."),
    ]);
  });

  test("tells nothing of a call that only comes close", async () => {
    await put(account, call("cloudtrail", "DescribeTrails", {}, { readOnly: true }));
    expect(await messages()).toEqual([]);
  });

  test("tells of calls to IAM, which arrive in another region and are forwarded", async () => {
    await put(elsewhere, GIVEN);
    const [message, ...others] = await messages();
    expect(message).toMatch(/^"An IAM policy was changed: AttachUserPolicy by .*, region us-east-1, event /);
    expect(others).toEqual([]);
  });

  test("tells nothing more once alarms are off, and everything of theirs is gone", async () => {
    writeDefaultConfiguration(deployment, { alarms: null }, { former_alarm_regions: [GLOBAL_REGION] });
    await deployment.apply();
    await put(account, STOPPED);
    expect(await messages()).toEqual([]);
    expect(await account.alarms()).toEqual([]);
    for (const each of [account, elsewhere]) {
      expect(await each.call("events", "AWSEvents.ListRules")).toMatchObject({ Rules: [] });
    }
    expect(await deployment.changes()).toEqual({ any: false, addresses: [] });
  });
});
