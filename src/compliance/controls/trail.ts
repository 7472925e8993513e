import { blocks, listed, type Resource, type Stack } from "../../stacks/stack";
import { inCis, inSecurityHub } from "../frameworks";
import { trailOf, trailSeesGlobalServices } from "../rules/trail";
import { type Judgement, judged, manual, notApplicable, notSatisfied, satisfied } from "../verdict";
import { ALWAYS, type Control, NOTHING } from "./control";
import { costOf } from "./costs";

const TRAIL_TYPE = "aws_cloudtrail";
const TRAIL_TESTS = "__tests__/components/trail/trail.test.ts";
const SELECTOR_TESTS = "__tests__/components/trail/event-selectors.test.ts";

/** The type of the objects of S3 in event selectors. */
const OBJECTS = "AWS::S3::Object";

/** Where to look at a trail that is there already. */
type Look = "get-event-selectors" | "get-trail" | "get-trail-status" | "list-tags";

/** What is said of the trail; of one that is there already, where to look. */
export function ofTrail(
  stack: Stack,
  judge: (trail: Resource) => Judgement,
  ...looks: readonly [Look, ...Look[]]
): Judgement {
  const trail = trailOf(stack);
  return trail === undefined
    ? manual(
        "The trail is there already (create_trail is false): what it is like, AWS knows.",
        looks.map((look) => commandFor(stack, look)).join(" && "),
      )
    : judge(trail);
}

function commandFor(stack: Stack, look: Look): string {
  const name = stack.output("trail_name");
  const of = {
    "get-event-selectors": `--trail-name ${name}`,
    "get-trail": `--name ${name}`,
    "get-trail-status": `--name ${name}`,
    "list-tags": `--resource-id-list ${stack.output("trail_arn")}`,
  };
  return `aws cloudtrail ${look} ${of[look]} --region ${stack.region}`;
}

/** What keeps a trail from recording the management events of all regions; nothing where it does. */
export function gapsOf(stack: Stack, trail: Resource): readonly string[] {
  const management = selectorsOf(trail).find(({ category }) => category === "Management");
  const restricted = (management?.fields ?? []).filter(({ field }) => field !== "eventCategory");
  return [
    ...trailSeesGlobalServices.findings(stack).map(({ message }) => message),
    ...(trail.arguments.enable_logging === false ? ["is paused"] : []),
    ...(management === undefined ? ["records no management events"] : []),
    ...restricted.map(({ field }) =>
      field === "readOnly" ? "records reads or writes alone" : "leaves out management events of some services",
    ),
  ];
}

/** A selector of events, read. */
interface ReadSelector {
  readonly category: unknown;
  readonly resourceType: unknown;
  readonly fields: readonly Readonly<Record<string, unknown>>[];
}

function selectorsOf(trail: Resource): readonly ReadSelector[] {
  return blocks(trail.arguments.advanced_event_selector).map((selector) => {
    const fields = blocks(selector.field_selector);
    const wanted = (name: string): unknown => listed(fields.find(({ field }) => field === name)?.equals)[0];
    return { category: wanted("eventCategory"), resourceType: wanted("resources.type"), fields };
  });
}

/** The selectors of the objects of every bucket, but for those with the logs themselves. */
function selectorsOfObjects(trail: Resource): readonly ReadSelector[] {
  return selectorsOf(trail).filter(
    ({ resourceType, fields }) =>
      resourceType === OBJECTS &&
      fields.every(({ field, starts_with: chosen }) => field !== "eventName" && chosen === undefined),
  );
}

/** @param readOnly whether it is about calls that read: as selectors have it */
function objectEvents(stack: Stack, readOnly: "true" | "false", what: string): Judgement {
  return ofTrail(
    stack,
    (trail) => {
      const recorded = selectorsOfObjects(trail).some(({ fields }) =>
        fields.every(({ field, equals }) => field !== "readOnly" || listed(equals).includes(readOnly)),
      );
      if (!recorded) {
        const some = selectorsOf(trail).some(({ resourceType }) => resourceType === OBJECTS);
        return notSatisfied(
          some
            ? `${trail.address} records ${what} of chosen objects alone, or no ${what} at all.`
            : `${trail.address} records no ${what} of objects.`,
        );
      }
      return trail.arguments.is_multi_region_trail === true
        ? satisfied(`${trail.address} records ${what} of the objects of all buckets, but the delivery of its own logs.`)
        : notSatisfied(`${trail.address} records one region alone.`);
    },
    "get-trail",
    "get-event-selectors",
  );
}

/** What is wanted of a trail. */
export const trailControls: readonly Control[] = [
  {
    id: "trail_of_all_regions",
    title: "A trail records reads and writes in all regions, with the global services",
    numbers: { ...inCis("3.1", "3.1", "3.1", "4.1"), ...inSecurityHub("CloudTrail.1") },
    resource: TRAIL_TYPE,
    setting: "`multi_region: true`, `enable_logging: true`, `management_events: {}`",
    cost: costOf("management events"),
    provedBy: {
      file: SELECTOR_TESTS,
      test: "management events of all kinds have a selector also where they alone are recorded",
    },
    judge: (stack) =>
      ofTrail(
        stack,
        (trail) =>
          judged(
            gapsOf(stack, trail).map((message) => ({ resource: trail.address, message })),
            `${trail.address} records the management events of all regions, and leaves none out.`,
          ),
        "get-trail",
        "get-trail-status",
        "get-event-selectors",
      ),
  },
  {
    id: "trail_records",
    title: "A trail is there, and records",
    numbers: inSecurityHub("CloudTrail.3"),
    resource: TRAIL_TYPE,
    setting: "`create_trail: true`, `enable_logging: true`",
    cost: costOf("management events"),
    provedBy: { file: TRAIL_TESTS, test: "by default it records all regions, and nothing of it is optional" },
    judge: (stack) =>
      ofTrail(
        stack,
        (trail) =>
          trail.arguments.enable_logging === false
            ? notSatisfied(`${trail.address} is paused.`)
            : satisfied(`${trail.address} records.`),
        "get-trail-status",
      ),
  },
  {
    id: "log_file_validation",
    title: "Log files are validated, so that a change of one shows",
    numbers: { ...inCis("3.2", "3.2", "3.2", "4.2"), ...inSecurityHub("CloudTrail.4") },
    resource: TRAIL_TYPE,
    setting: ALWAYS,
    cost: NOTHING,
    provedBy: { file: TRAIL_TESTS, test: "log-file validation is on for every trail" },
    judge: (stack) =>
      ofTrail(
        stack,
        (trail) =>
          trail.arguments.enable_log_file_validation === true
            ? satisfied(`${trail.address} signs its log files.`)
            : notSatisfied(`${trail.address} does not sign its log files.`),
        "get-trail",
      ),
  },
  {
    id: "logs_in_cloudwatch",
    title: "The trail delivers to CloudWatch Logs, too",
    numbers: { ...inCis("3.4", null, null, null), ...inSecurityHub("CloudTrail.5") },
    resource: TRAIL_TYPE,
    setting: "`cloudwatch_logs: {}`",
    cost: costOf("CloudWatch Logs"),
    provedBy: {
      file: "__tests__/components/trail/cloudwatch-logs.test.ts",
      test: "CloudWatch Logs that are on are told to the trail with what stands for the streams, once the role may write",
    },
    judge: (stack) =>
      ofTrail(
        stack,
        (trail) =>
          trail.arguments.cloud_watch_logs_group_arn === undefined
            ? notSatisfied(`${trail.address} delivers to its bucket alone.`)
            : satisfied(`${trail.address} delivers to a log group.`),
        "get-trail",
      ),
  },
  {
    id: "logs_encrypted_with_key",
    title: "The trail encrypts its logs with a KMS key",
    numbers: { ...inCis("3.7", "3.5", "3.5", "4.5"), ...inSecurityHub("CloudTrail.2") },
    resource: TRAIL_TYPE,
    setting: "`encryption: {}`",
    cost: costOf("encryption key"),
    provedBy: { file: TRAIL_TESTS, test: "the key is told to the trail, and left out where there is none" },
    judge: (stack) =>
      ofTrail(
        stack,
        (trail) =>
          trail.arguments.kms_key_id === undefined
            ? notSatisfied(`${trail.address} has no key: S3 encrypts the logs.`)
            : satisfied(`${trail.address} encrypts with a KMS key.`),
        "get-trail",
      ),
  },
  {
    id: "object_writes_recorded",
    title: "Calls that write or delete objects of S3 are recorded",
    numbers: inCis("3.10", "3.8", "3.8", "4.8"),
    resource: TRAIL_TYPE,
    setting: "`s3_data_events: {}`",
    cost: costOf("S3 data events"),
    provedBy: {
      file: SELECTOR_TESTS,
      test: "S3 data events are those of all other buckets, and of the log bucket all but the delivery of logs",
    },
    judge: (stack) => objectEvents(stack, "false", "writes"),
  },
  {
    id: "object_reads_recorded",
    title: "Calls that read objects of S3 are recorded",
    numbers: inCis("3.11", "3.9", "3.9", "4.9"),
    resource: TRAIL_TYPE,
    setting: "`s3_data_events: {}`",
    cost: costOf("S3 data events"),
    provedBy: {
      file: SELECTOR_TESTS,
      test: "S3 data events are those of all other buckets, and of the log bucket all but the delivery of logs",
    },
    judge: (stack) => objectEvents(stack, "true", "reads"),
  },
  {
    id: "trail_tagged",
    title: "The trail has a tag",
    numbers: inSecurityHub("CloudTrail.9"),
    resource: TRAIL_TYPE,
    setting: "`owner`",
    cost: NOTHING,
    provedBy: {
      file: "__tests__/audit-trail/audit-trail.test.ts",
      test: "tags are on every resource that can have some, with that of the owner",
    },
    judge: (stack) =>
      ofTrail(
        stack,
        (trail) =>
          Object.keys((trail.arguments.tags as object | undefined) ?? {}).length > 0
            ? satisfied(`${trail.address} names its owner.`)
            : notSatisfied(`${trail.address} has no tags.`),
        "list-tags",
      ),
  },
  {
    id: "event_data_store_encrypted",
    title: "An event data store of CloudTrail Lake is encrypted with a KMS key",
    numbers: inSecurityHub("CloudTrail.10"),
    resource: "aws_cloudtrail_event_data_store",
    setting: "no event data store is made",
    cost: NOTHING,
    provedBy: {
      file: "__tests__/audit-trail/audit-trail.test.ts",
      test: "the default audit trail is a trail with its log bucket, and nothing else",
    },
    judge: (stack) => judgedStores(stack.of("aws_cloudtrail_event_data_store")),
  },
];

function judgedStores(stores: readonly Resource[]): Judgement {
  return stores.length === 0
    ? notApplicable("No event data store is made.")
    : judged(
        stores
          .filter((store) => store.arguments.kms_key_id === undefined)
          .map(({ address }) => ({ resource: address, message: "has no key" })),
        "Every event data store has a key.",
      );
}
