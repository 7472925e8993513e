import type { CloudtrailAdvancedEventSelector, CloudtrailInsightSelector } from "@cdktf/provider-aws/lib/cloudtrail";
import type { Construct } from "constructs";
import type { InputValues } from "../../inputs";
import { type Arguments, type Blocks, blockForEach, blockWhen, blockWhenSet, local } from "../../placement";
import { bucketArn, logPath, objectArn } from "../../policy";
import {
  atLeast,
  choose,
  concat,
  equals,
  forEach,
  get,
  ifSet,
  length,
  listOf,
  not,
  onlyIf,
  onlyIfSet,
  text,
  type Value,
} from "../../values";
import type { trailDefinition } from "./inputs";

type Selector = Arguments<CloudtrailAdvancedEventSelector>;
type FieldSelectors = Selector["fieldSelector"];

/** What is recorded of one kind of event. */
type Recorded = Value<{ readonly read_write_type: string }>;

/** The name that auditors' scanners look for. */
const MANAGEMENT_SELECTOR = "Management events selector";

/**
 * The selectors of the events that the trail records.
 *
 * Management events have a selector also where they alone are recorded, which AWS does without one, too: the provider
 * cannot take the last selector off a trail, so that data events could not be turned off again.
 *
 * Several texts of a `not_` operator must all hold; of the others, one.
 *
 * @see https://docs.aws.amazon.com/awscloudtrail/latest/userguide/logging-data-events-with-cloudtrail.html
 */
export function eventSelectors(
  scope: Construct,
  inputs: InputValues<typeof trailDefinition.fields>,
  partition: Value<string>,
): Blocks<Selector> {
  const { managementEvents, s3DataEvents, lambdaDataEvents } = inputs;
  const logBucketArn = bucketArn(partition, inputs.s3BucketName);
  const accessLogArnPrefix = onlyIfSet(inputs.accessLogPath, (path) => bucketArn(partition, path));
  const logArnPrefixes = local(
    scope,
    "log_arn_prefixes",
    listOf<string>(objectArn(logBucketArn, local(scope, "log_path", logPath(inputs.s3KeyPrefix))), accessLogArnPrefix),
  );
  const selectedObjectArnPrefixes = local(
    scope,
    "selected_object_arn_prefixes",
    ifSet<typeof s3DataEvents, readonly string[]>(
      s3DataEvents,
      (events) =>
        concat<string>(
          forEach(get(events, "buckets"), "bucket", (bucket) => text`${bucketArn(partition, bucket)}/`),
          forEach(get(events, "prefixes"), "prefix", (prefix) => bucketArn(partition, prefix)),
        ),
      [],
    ),
  );
  const isSelected = atLeast(length(selectedObjectArnPrefixes), 1);
  return [
    blockWhenSet(managementEvents, (events) => ({
      name: MANAGEMENT_SELECTOR,
      fieldSelector: [
        { field: "eventCategory", equalTo: ["Management"] },
        readOnlySelector(events),
        blockWhen(atLeast(length(get(events, "exclude_event_sources")), 1), {
          field: "eventSource",
          notEquals: get(events, "exclude_event_sources"),
        }),
      ],
    })),
    blockWhenSet(s3DataEvents, (events) => ({
      name: choose(isSelected, "S3 data events of chosen buckets", "S3 data events of all objects but the logs"),
      fieldSelector: [
        ...dataEventsOf("AWS::S3::Object"),
        readOnlySelector(events),
        {
          field: "resources.ARN",
          startsWith: choose<readonly string[], null>(isSelected, selectedObjectArnPrefixes, null),
          notStartsWith: logArnPrefixes,
        },
      ],
    })),
    // Whoever reads or deletes logs is recorded, whichever calls on other buckets are. Calls on many objects name the bucket.
    blockWhenSet(s3DataEvents, () => ({
      name: "S3 data events of the log bucket but the delivery of logs",
      fieldSelector: [
        ...dataEventsOf("AWS::S3::Object"),
        { field: "resources.ARN", startsWith: listOf<string>(objectArn(logBucketArn, ""), accessLogArnPrefix) },
        { field: "eventName", notEquals: ["PutObject"] },
      ],
    })),
    blockWhenSet(lambdaDataEvents, (events) => {
      const functions = get(events, "functions");
      const areChosen = atLeast(length(functions), 1);
      return {
        name: choose(areChosen, "Lambda data events of chosen functions", "Lambda data events of all functions"),
        fieldSelector: [
          ...dataEventsOf("AWS::Lambda::Function"),
          readOnlySelector(events),
          blockWhen(areChosen, { field: "resources.ARN", equalTo: functions }),
        ],
      };
    }),
  ];
}

function dataEventsOf(resourceType: string): FieldSelectors {
  return [
    { field: "eventCategory", equalTo: ["Data"] },
    { field: "resources.type", equalTo: [resourceType] },
  ];
}

/** The selector of calls that only read, or only change something; none for both. */
function readOnlySelector(events: Recorded): FieldSelectors[number] {
  const type = get(events, "read_write_type");
  return blockWhen(not(equals(type, "All")), {
    field: "readOnly",
    equalTo: listOf<string>(choose(equals(type, "ReadOnly"), "true", "false")),
  });
}

/**
 * The kinds of unusual rates that CloudTrail Insights looks for.
 *
 * @see https://docs.aws.amazon.com/awscloudtrail/latest/userguide/logging-insights-events-with-cloudtrail.html
 */
export function insightSelectors(
  insights: InputValues<typeof trailDefinition.fields>["insights"],
): Blocks<Arguments<CloudtrailInsightSelector>> {
  const types = ifSet<typeof insights, readonly string[]>(
    insights,
    (kinds) =>
      listOf<string>(
        onlyIf(get(kinds, "api_call_rate"), "ApiCallRateInsight"),
        onlyIf(get(kinds, "api_error_rate"), "ApiErrorRateInsight"),
      ),
    [],
  );
  return [blockForEach(types, (insightType) => ({ insightType }))];
}
