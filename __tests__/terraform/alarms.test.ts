import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { TerraformStack, Testing } from "cdktf";
import { AlarmTopics, type AlarmTopicsProps } from "../../src/components/alarm-topics/alarm-topics";
import { Alarms, type AlarmsProps } from "../../src/components/alarms/alarms";
import { terraformFiles } from "../../src/generator";
import { fromProps } from "../../src/inputs";
import { AWS_PROVIDER } from "../../src/placement";
import { differences, plannedByInstance } from "./support/equality";
import { ACCOUNT_ID, IdentityServer } from "./support/identity-server";
import { Workspace } from "./support/workspace";

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
  let server: IdentityServer;
  const workspaces: Workspace[] = [];
  const workspaceWith = async (files: Parameters<Workspace["write"]>[0]): Promise<Workspace> => {
    const workspace = new Workspace(server.environment);
    workspaces.push(workspace);
    workspace.write(files);
    await workspace.init();
    return workspace;
  };

  beforeAll(async () => {
    server = await IdentityServer.start();
  });

  afterAll(async () => {
    for (const workspace of workspaces) {
      workspace.remove();
    }
    await server.stop();
  });

  test("plan the same in both forms", async () => {
    const stack = new TerraformStack(Testing.app(), "alarms");
    new AwsProvider(stack, "aws", { region: REGION });
    stack.addOverride("terraform.required_providers.aws", AWS_PROVIDER);
    alarms.forEach((props, index) => {
      new Alarms(stack, `c${index}`, props);
    });
    alarmTopics.forEach((props, index) => {
      new AlarmTopics(stack, `c${alarms.length + index}`, props);
    });
    const calls = [
      ...alarms.map((props) => ({ source: "./alarms", ...(fromProps(Alarms.definition.fields, props) as object) })),
      ...alarmTopics.map((props) => ({
        source: "./alarm-topics",
        ...(fromProps(AlarmTopics.definition.fields, props) as object),
      })),
    ];
    const inline = await workspaceWith({ "cdk.tf.json": Testing.synth(stack) });
    const called = await workspaceWith(
      new Map([
        [
          "main.tf.json",
          JSON.stringify({
            terraform: { required_providers: { aws: AWS_PROVIDER } },
            provider: { aws: [{ region: REGION }] },
            module: Object.fromEntries(calls.map((call, index) => [`c${index}`, call])),
          }),
        ],
        ...[...terraformFiles(Alarms)].map(([path, content]) => [`alarms/${path}`, content] as const),
        ...[...terraformFiles(AlarmTopics)].map(([path, content]) => [`alarm-topics/${path}`, content] as const),
      ]),
    );
    const [stackPlan, modulePlan] = await Promise.all([inline.plan(), called.plan()]);
    expect(differences(plannedByInstance(modulePlan), plannedByInstance(stackPlan))).toEqual([]);
  });
});
