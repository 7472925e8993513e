import {
  type CatalogueEntry,
  monitoringAlarms,
  tamperAlarms,
  type WatchedParts,
} from "../../../src/components/alarms/catalogue";
import { Expression, hcl, type Value } from "../../../src/values";
import { matchesEventPattern } from "./support/event-pattern";
import {
  asEventBridge,
  type CloudTrailRecord,
  monitoringSamples,
  type NearMiss,
  type Samples,
  tamperSamples,
  trailParts,
} from "./support/events";
import { matchesFilterPattern } from "./support/filter-pattern";

const OPTIONS = { singleSignOn: true, modifySecurityGroupRules: true };
/** As CIS prints them. */
const PLAIN_OPTIONS = { singleSignOn: false, modifySecurityGroupRules: false };

const monitoring: Readonly<Record<string, CatalogueEntry>> = monitoringAlarms(OPTIONS);
const plain: Readonly<Record<string, CatalogueEntry>> = monitoringAlarms(PLAIN_OPTIONS);
const tamper: Readonly<Record<string, CatalogueEntry>> = tamperAlarms(trailParts);

interface Case {
  readonly name: string;
  readonly id: string;
  readonly entry: CatalogueEntry;
  readonly samples: Samples;
}

function casesOf(
  entries: Readonly<Record<string, CatalogueEntry>>,
  samples: Readonly<Record<string, Samples>>,
  suffix = "",
): readonly Case[] {
  return Object.entries(entries).map(([id, entry]) => ({
    name: `${id}${suffix}`,
    id,
    entry,
    samples: samples[id] as Samples,
  }));
}

const cases: readonly Case[] = [
  ...casesOf(monitoring, monitoringSamples(OPTIONS)),
  ...casesOf(plain, monitoringSamples(PLAIN_OPTIONS), " as CIS prints it"),
  ...casesOf(tamper, tamperSamples()),
];
const byName = cases.map((each) => [each.name, each] as const);

function inLogs({ filterPattern }: CatalogueEntry, event: unknown): boolean {
  return matchesFilterPattern(filterPattern as string, event);
}

function onEventBridge({ eventPattern }: CatalogueEntry, record: CloudTrailRecord): boolean {
  return matchesEventPattern(eventPattern, asEventBridge(record));
}

/** A record in a few words, for the message of a test that fails. */
function describeRecord({ eventSource, eventName, eventType }: CloudTrailRecord): string {
  return `${eventSource} ${eventName} (${eventType})`;
}

function describeMiss({ like, because, change }: NearMiss): string {
  return `${describeRecord(like)}, but ${because}: ${JSON.stringify(change)}`;
}

/** The names of calls that a pattern for the logs asks for. */
function namesInFilter({ filterPattern }: CatalogueEntry): readonly string[] {
  return [...(filterPattern as string).matchAll(/\$\.eventName ?= ?"?(\w+)"?/g)].map(([, name]) => name as string);
}

/** The names of calls that a pattern for EventBridge asks for. */
function namesInEventPattern({ eventPattern }: CatalogueEntry): readonly string[] {
  const { detail } = eventPattern as unknown as { readonly detail: { readonly eventName?: readonly unknown[] } };
  return (detail.eventName ?? []).filter((name): name is string => typeof name === "string");
}

function sorted(names: Iterable<string>): readonly string[] {
  return [...new Set(names)].sort();
}

describe("the catalogue of alarms", () => {
  it.each(byName)("%s: what it is for raises the alarm in the logs", (_, { entry, samples }) => {
    const missed = samples.matching.filter((event) => !inLogs(entry, event));
    expect(missed.map(describeRecord)).toEqual([]);
  });

  it.each(byName)("%s: what it is for raises the alarm on EventBridge", (_, { entry, samples }) => {
    const missed = samples.matching.filter((event) => !onEventBridge(entry, event));
    expect(missed.map(describeRecord)).toEqual([]);
  });

  it.each(byName)("%s: what only comes close raises no alarm in the logs", (_, { entry, samples }) => {
    const raised = samples.nearMisses.filter(({ event }) => inLogs(entry, event));
    expect(raised.map(describeMiss)).toEqual([]);
  });

  it.each(byName)("%s: what only comes close raises no alarm on EventBridge", (_, { entry, samples }) => {
    const raised = [...samples.nearMisses, ...samples.onlyInLogs].filter(({ event }) => onEventBridge(entry, event));
    expect(raised.map(describeMiss)).toEqual([]);
  });

  it("takes calls of other services for changes of IAM policies in the logs, as the pattern of CIS does", () => {
    const others = cases.flatMap(({ name, entry, samples }) =>
      samples.onlyInLogs.map(({ event }) => [name, event.eventSource, inLogs(entry, event)]),
    );
    expect(others).toEqual([
      ["iam_policy_changes", "organizations.amazonaws.com", true],
      ["iam_policy_changes", "iot.amazonaws.com", true],
      ["iam_policy_changes as CIS prints it", "organizations.amazonaws.com", true],
      ["iam_policy_changes as CIS prints it", "iot.amazonaws.com", true],
    ]);
  });

  it("warns of a sign-in of which it is not known whether it had a second factor", () => {
    const { console_sign_in_without_mfa: entry } = monitoring;
    const [signIn] = monitoringSamples(OPTIONS).console_sign_in_without_mfa?.matching ?? [];
    const unknown = { ...(signIn as CloudTrailRecord), additionalEventData: { MobileVersion: "No" } };
    expect(onEventBridge(entry as CatalogueEntry, unknown)).toBe(true);
  });

  it.each(byName)(
    "%s: both languages ask for the same calls, and there is a record of each",
    (_, { entry, samples }) => {
      const names = sorted(namesInFilter(entry));
      expect(sorted(namesInEventPattern(entry))).toEqual(names);
      if (names.length > 0) {
        expect(sorted(samples.matching.map(({ eventName }) => eventName))).toEqual(names);
      }
      expect(namesInFilter(entry)).toHaveLength(names.length);
      expect(namesInEventPattern(entry)).toHaveLength(names.length);
    },
  );

  it.each(byName)("%s: nobody but AWS raises the alarm on EventBridge", (_, { entry, samples }) => {
    const forged = samples.matching.map((event) => ({ ...asEventBridge(event), source: "my.application" }));
    expect(forged.filter((event) => matchesEventPattern(entry.eventPattern, event))).toEqual([]);
  });

  it.each(byName)(
    "%s: nothing but what CloudTrail records raises the alarm on EventBridge",
    (_, { entry, samples }) => {
      const others = samples.matching.map((event) => ({ ...asEventBridge(event), "detail-type": "Scheduled Event" }));
      expect(others.filter((event) => matchesEventPattern(entry.eventPattern, event))).toEqual([]);
    },
  );

  it("hears of sign-ins by both names that AWS has for them", () => {
    const [signIn] = monitoringSamples(OPTIONS).console_sign_in_failures?.matching ?? [];
    for (const type of ["AWS Console Sign In via CloudTrail", "AWS Console Signin via CloudTrail"]) {
      const event = { ...asEventBridge(signIn as CloudTrailRecord), "detail-type": type };
      expect(matchesEventPattern(monitoring.console_sign_in_failures?.eventPattern, event)).toBe(true);
    }
  });

  it.each(byName)("%s: says rightly whether calls that only read can match", (_, { entry, samples }) => {
    expect(samples.matching.some(({ readOnly }) => readOnly)).toBe(entry.readOnly);
  });

  it.each(byName)("%s: is global where all its events are recorded in us-east-1", (_, { entry, samples }) => {
    const regions = sorted(samples.matching.map(({ awsRegion }) => awsRegion));
    expect(entry.regions === "global").toBe(regions.join() === "us-east-1");
  });

  it.each(byName)("%s: has patterns that AWS takes", (_, { entry }) => {
    expect((entry.filterPattern as string).length).toBeLessThanOrEqual(1024);
    expect(JSON.stringify(entry.eventPattern).length).toBeLessThanOrEqual(2048);
  });

  it("has patterns that AWS takes also for a trail whose parts have the longest names", () => {
    const partition = "aws-us-gov";
    const place = "us-gov-west-1:111122223333";
    const parts: WatchedParts = {
      trailName: "t".repeat(128),
      trailArn: `arn:${partition}:cloudtrail:${place}:trail/${"t".repeat(128)}`,
      bucketName: "b".repeat(63),
      hasKey: true,
      keyArn: `arn:${partition}:kms:${place}:key/mrk-${"0".repeat(32)}`,
      hasLogGroup: true,
      logGroupName: "l".repeat(512),
      topicPrefix: `arn:${partition}:sns:${place}:${"n".repeat(100)}`,
    };
    for (const [id, { filterPattern, eventPattern }] of Object.entries(tamperAlarms(parts))) {
      expect([id, (filterPattern as string).length <= 1024]).toEqual([id, true]);
      expect([id, JSON.stringify(eventPattern).length <= 2048]).toEqual([id, true]);
    }
  });

  it("has ids and titles of its own for each entry, short and plain", () => {
    const entries = { ...monitoring, ...tamper };
    expect(Object.keys(entries)).toHaveLength(Object.keys(monitoring).length + Object.keys(tamper).length);
    expect(sorted(Object.values(entries).map(({ title }) => title))).toHaveLength(Object.keys(entries).length);
    for (const [id, { title, why }] of Object.entries(entries)) {
      expect(id).toMatch(/^[a-z]+(_[a-z]+)*$/);
      expect(title).toMatch(/^[A-Z][^.]{9,69}$/);
      expect(why).toMatch(/^[A-Z][^.]+\.$/);
    }
  });

  it("raises every alarm at the first call within five minutes", () => {
    for (const { threshold, period } of Object.values({ ...monitoring, ...tamper })) {
      expect([threshold, period]).toEqual([1, 300]);
    }
  });

  it("calls what is done to the trail itself, and the use of the root user, critical", () => {
    const critical = Object.entries({ ...monitoring, ...tamper }).filter(([, each]) => each.severity === "critical");
    expect(critical.map(([id]) => id)).toEqual(["root_use", ...Object.keys(tamper)]);
  });

  it("has no control for the alarms on the trail itself", () => {
    expect(Object.values(tamper).map(({ controls }) => controls)).toEqual(Object.keys(tamper).map(() => ({})));
  });
});

describe("the samples", () => {
  const misses = cases.flatMap(({ name, samples }) =>
    [...samples.nearMisses, ...samples.onlyInLogs].map((miss) => [`${name}: ${describeMiss(miss)}`, miss] as const),
  );

  it("differ from what raises the alarm in what they say, and in nothing else", () => {
    const wrong = misses.filter(([, { like, change, event }]) => {
      const paths = Object.keys(change);
      const isChanged = paths.every((path) => JSON.stringify(at(event, path)) !== JSON.stringify(at(like, path)));
      return !isChanged || paths.length === 0 || without(event, paths) !== without(like, paths);
    });
    expect(wrong.map(([name]) => name)).toEqual([]);
  });

  it("are each like a record that raises the alarm", () => {
    const wrong = cases.flatMap(({ name, entry, samples }) =>
      samples.nearMisses
        .filter(({ like }) => !inLogs(entry, like) || !onEventBridge(entry, like))
        .map((miss) => `${name}: ${describeMiss(miss)}`),
    );
    expect(wrong).toEqual([]);
  });

  it("are different from each other", () => {
    for (const { samples } of cases) {
      const texts = [...samples.matching, ...samples.nearMisses.map(({ event }) => event)].map((each) =>
        JSON.stringify(each),
      );
      expect(new Set(texts).size).toBe(texts.length);
    }
  });

  it("come close to each call that a pattern asks for", () => {
    for (const { entry, samples } of cases) {
      const close = samples.nearMisses.filter(({ change }) => "eventName" in change);
      expect(sorted(close.map(({ like }) => like.eventName))).toEqual(
        expect.arrayContaining([...sorted(namesInFilter(entry))].filter((name) => name !== "ModifySecurityGroupRules")),
      );
    }
  });
});

/** What is at a path of a record. */
function at(record: unknown, path: string): unknown {
  return path.split(".").reduce((each, step) => (each as Record<string, unknown> | undefined)?.[step], record);
}

/** The text of a record without what is at some paths. */
function without(record: CloudTrailRecord, paths: readonly string[]): string {
  const copy = structuredClone(record) as Record<string, unknown>;
  for (const path of paths) {
    const steps = path.split(".");
    const last = steps.pop() as string;
    delete (at(copy, steps.join(".")) ?? copy)[last as never];
  }
  return JSON.stringify(copy);
}

describe("the controls", () => {
  const CIS_ORDER = [
    "unauthorized_calls",
    "console_sign_in_without_mfa",
    "root_use",
    "iam_policy_changes",
    "trail_changes",
    "console_sign_in_failures",
    "key_disabled_or_deleted",
    "bucket_policy_changes",
    "config_changes",
    "security_group_changes",
    "network_acl_changes",
    "gateway_changes",
    "route_table_changes",
    "vpc_changes",
    "organization_changes",
  ];

  it("are those of CIS: 4.1 to 4.15, and 5.1 to 5.15 since 6.0", () => {
    const numbers = Object.entries(monitoring).map(([id, { controls }]) => [id, controls.cis]);
    expect(numbers).toEqual(
      CIS_ORDER.map((id, index) => [
        id,
        {
          "1.4": `4.${index + 1}`,
          "3.0": `4.${index + 1}`,
          "5.0": `4.${index + 1}`,
          "6.0": `5.${index + 1}`,
          "7.0": `5.${index + 1}`,
        },
      ]),
    );
  });

  it("are those of Security Hub: CloudWatch.1 is the root user, and none is the organization", () => {
    const numbers = Object.fromEntries(
      Object.entries(monitoring).map(([id, { controls }]) => [id, controls.securityHub]),
    );
    expect(numbers).toEqual({
      unauthorized_calls: "CloudWatch.2",
      console_sign_in_without_mfa: "CloudWatch.3",
      root_use: "CloudWatch.1",
      iam_policy_changes: "CloudWatch.4",
      trail_changes: "CloudWatch.5",
      console_sign_in_failures: "CloudWatch.6",
      key_disabled_or_deleted: "CloudWatch.7",
      bucket_policy_changes: "CloudWatch.8",
      config_changes: "CloudWatch.9",
      security_group_changes: "CloudWatch.10",
      network_acl_changes: "CloudWatch.11",
      gateway_changes: "CloudWatch.12",
      route_table_changes: "CloudWatch.13",
      vpc_changes: "CloudWatch.14",
      organization_changes: undefined,
    });
  });
});

/** What scanners look for, to the letter. */
const PRINTED: Readonly<Record<string, string>> = {
  unauthorized_calls:
    '{ (($.errorCode = "*UnauthorizedOperation") || ($.errorCode = "AccessDenied*")) && ($.sourceIPAddress != "delivery.logs.amazonaws.com") && ($.eventName != "HeadBucket") }',
  console_sign_in_without_mfa:
    '{ ($.eventName = "ConsoleLogin") && ($.additionalEventData.MFAUsed != "Yes") && ($.userIdentity.type = "IAMUser") && ($.responseElements.ConsoleLogin = "Success") }',
  root_use:
    '{ $.userIdentity.type = "Root" && $.userIdentity.invokedBy NOT EXISTS && $.eventType != "AwsServiceEvent" }',
  iam_policy_changes:
    "{($.eventName=DeleteGroupPolicy)||($.eventName=DeleteRolePolicy)||($.eventName=DeleteUserPolicy)||($.eventName=PutGroupPolicy)||($.eventName=PutRolePolicy)||($.eventName=PutUserPolicy)||($.eventName=CreatePolicy)||($.eventName=DeletePolicy)||($.eventName=CreatePolicyVersion)||($.eventName=DeletePolicyVersion)||($.eventName=AttachRolePolicy)||($.eventName=DetachRolePolicy)||($.eventName=AttachUserPolicy)||($.eventName=DetachUserPolicy)||($.eventName=AttachGroupPolicy)||($.eventName=DetachGroupPolicy)}",
  trail_changes:
    "{ ($.eventName = CreateTrail) || ($.eventName = UpdateTrail) || ($.eventName = DeleteTrail) || ($.eventName = StartLogging) || ($.eventName = StopLogging) }",
  console_sign_in_failures: '{ ($.eventName = ConsoleLogin) && ($.errorMessage = "Failed authentication") }',
  key_disabled_or_deleted:
    "{($.eventSource = kms.amazonaws.com) && (($.eventName=DisableKey)||($.eventName=ScheduleKeyDeletion)) }",
  bucket_policy_changes:
    "{ ($.eventSource = s3.amazonaws.com) && (($.eventName = PutBucketAcl) || ($.eventName = PutBucketPolicy) || ($.eventName = PutBucketCors) || ($.eventName = PutBucketLifecycle) || ($.eventName = PutBucketReplication) || ($.eventName = DeleteBucketPolicy) || ($.eventName = DeleteBucketCors) || ($.eventName = DeleteBucketLifecycle) || ($.eventName = DeleteBucketReplication)) }",
  config_changes:
    "{ ($.eventSource = config.amazonaws.com) && (($.eventName=StopConfigurationRecorder)||($.eventName=DeleteDeliveryChannel)||($.eventName=PutDeliveryChannel)||($.eventName=PutConfigurationRecorder)) }",
  security_group_changes:
    "{ ($.eventName = AuthorizeSecurityGroupIngress) || ($.eventName = AuthorizeSecurityGroupEgress) || ($.eventName = RevokeSecurityGroupIngress) || ($.eventName = RevokeSecurityGroupEgress) || ($.eventName = CreateSecurityGroup) || ($.eventName = DeleteSecurityGroup) || ($.eventName = ModifySecurityGroupRules) }",
  network_acl_changes:
    "{ ($.eventName = CreateNetworkAcl) || ($.eventName = CreateNetworkAclEntry) || ($.eventName = DeleteNetworkAcl) || ($.eventName = DeleteNetworkAclEntry) || ($.eventName = ReplaceNetworkAclEntry) || ($.eventName = ReplaceNetworkAclAssociation) }",
  gateway_changes:
    "{ ($.eventName = CreateCustomerGateway) || ($.eventName = DeleteCustomerGateway) || ($.eventName = AttachInternetGateway) || ($.eventName = CreateInternetGateway) || ($.eventName = DeleteInternetGateway) || ($.eventName = DetachInternetGateway) }",
  route_table_changes:
    "{ ($.eventSource = ec2.amazonaws.com) && (($.eventName = CreateRoute) || ($.eventName = CreateRouteTable) || ($.eventName = ReplaceRoute) || ($.eventName = ReplaceRouteTableAssociation) || ($.eventName = DeleteRouteTable) || ($.eventName = DeleteRoute) || ($.eventName = DisassociateRouteTable)) }",
  vpc_changes:
    "{ ($.eventName = CreateVpc) || ($.eventName = DeleteVpc) || ($.eventName = ModifyVpcAttribute) || ($.eventName = AcceptVpcPeeringConnection) || ($.eventName = CreateVpcPeeringConnection) || ($.eventName = DeleteVpcPeeringConnection) || ($.eventName = RejectVpcPeeringConnection) || ($.eventName = AttachClassicLinkVpc) || ($.eventName = DetachClassicLinkVpc) || ($.eventName = DisableVpcClassicLink) || ($.eventName = EnableVpcClassicLink) }",
  organization_changes:
    "{ ($.eventSource = organizations.amazonaws.com) && (($.eventName = AcceptHandshake) || ($.eventName = AttachPolicy) || ($.eventName = CancelHandshake) || ($.eventName = CreateAccount) || ($.eventName = CreateOrganization) || ($.eventName = CreateOrganizationalUnit) || ($.eventName = CreatePolicy) || ($.eventName = DeclineHandshake) || ($.eventName = DeleteOrganization) || ($.eventName = DeleteOrganizationalUnit) || ($.eventName = DeletePolicy) || ($.eventName = DetachPolicy) || ($.eventName = DisablePolicyType) || ($.eventName = EnableAllFeatures) || ($.eventName = EnablePolicyType) || ($.eventName = InviteAccountToOrganization) || ($.eventName = LeaveOrganization) || ($.eventName = MoveAccount) || ($.eventName = RemoveAccountFromOrganization) || ($.eventName = UpdatePolicy) || ($.eventName = UpdateOrganizationalUnit)) }",
};

describe("the patterns for the logs", () => {
  it.each(Object.entries(PRINTED))("%s is to the letter what scanners look for", (id, pattern) => {
    expect(monitoring[id]?.filterPattern).toBe(pattern);
  });

  it("are those of CIS also without single sign-on and without the later call on security groups", () => {
    expect(plain.console_sign_in_without_mfa?.filterPattern).toBe(
      '{ ($.eventName = "ConsoleLogin") && ($.additionalEventData.MFAUsed != "Yes") }',
    );
    expect(plain.security_group_changes?.filterPattern).toBe(
      PRINTED.security_group_changes?.replace(" || ($.eventName = ModifySecurityGroupRules)", ""),
    );
    const others = Object.keys(PRINTED).filter(
      (id) => id !== "console_sign_in_without_mfa" && id !== "security_group_changes",
    );
    expect(others.filter((id) => plain[id]?.filterPattern !== PRINTED[id])).toEqual([]);
    expect(Object.keys(plain)).toEqual(Object.keys(PRINTED));
  });
});

describe("what is known only when Terraform plans", () => {
  const variable = <T>(name: string): Value<T> => new Expression<T>({ kind: "reference", path: `var.${name}` });

  it("stands in the patterns of the two alarms that have options", () => {
    const entries = monitoringAlarms({
      singleSignOn: variable("single_sign_on"),
      modifySecurityGroupRules: variable("modify_security_group_rules"),
    });
    expect(hcl(entries.console_sign_in_without_mfa.filterPattern)).toMatch(/^\(\n {2}var\.single_sign_on\n {2}\? /);
    expect(hcl(entries.console_sign_in_without_mfa.eventPattern)).toContain('var.single_sign_on ? "IAMUser" : ""');
    expect(hcl(entries.console_sign_in_without_mfa.eventPattern)).toContain('var.single_sign_on ? "Success" : ""');
    expect(hcl(entries.security_group_changes.filterPattern)).toContain("var.modify_security_group_rules ? ");
    expect(hcl(entries.security_group_changes.eventPattern)).toContain("var.modify_security_group_rules ? ");
    const unknown = Object.entries(entries).filter(([, each]) => hcl(each.filterPattern).includes("var."));
    expect(unknown.map(([id]) => id)).toEqual(["console_sign_in_without_mfa", "security_group_changes"]);
  });

  it("stands in the patterns of the alarms on the trail", () => {
    const entries = tamperAlarms({
      trailName: variable("name"),
      trailArn: variable("arn"),
      bucketName: variable("bucket"),
      hasKey: variable<boolean>("has_key"),
      keyArn: variable("key"),
      hasLogGroup: variable<boolean>("has_log_group"),
      logGroupName: variable("log_group"),
      topicPrefix: variable("topic"),
    });
    const used = Object.entries(entries).map(([id, { filterPattern, eventPattern, when }]) => [
      id,
      sorted((hcl(filterPattern).match(/var\.\w+/g) ?? []) as string[]),
      sorted((hcl(eventPattern).match(/var\.\w+/g) ?? []) as string[]),
      hcl(when),
    ]);
    expect(used).toEqual([
      ["tamper_trail", ["var.arn", "var.name"], ["var.arn", "var.name"], "true"],
      ["tamper_log_bucket", ["var.bucket"], ["var.bucket"], "true"],
      ["tamper_log_files", ["var.bucket"], ["var.bucket"], "true"],
      ["tamper_key", ["var.key"], ["var.key"], "var.has_key"],
      ["tamper_log_group", ["var.log_group"], ["var.log_group"], "var.has_log_group"],
      ["tamper_topic", ["var.topic"], ["var.topic"], "true"],
    ]);
  });

  it("is left out where the trail has no key and no log group", () => {
    const entries = tamperAlarms({ ...trailParts, hasKey: false, hasLogGroup: false });
    const missing = Object.entries(entries).filter(([, { when }]) => when === false);
    expect(missing.map(([id]) => id)).toEqual(["tamper_key", "tamper_log_group"]);
    expect(Object.values(tamperAlarms(trailParts)).map(({ when }) => when)).toEqual(Array(6).fill(true));
  });
});
