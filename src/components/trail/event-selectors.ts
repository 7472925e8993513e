import type { CloudtrailAdvancedEventSelector, CloudtrailInsightSelector } from "@cdktf/provider-aws/lib/cloudtrail";
import type { Construct } from "constructs";
import type { InputValues } from "../../inputs";
import { type Arguments, type Blocks, blockForEach, blockWhen, blockWhenSet, local } from "../../placement";
import { bucketArn, partitionOf } from "../../policy";
import { atLeast, choose, equals, get, ifSet, length, listOf, not, onlyIf, text, type Value } from "../../values";
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
export function eventSelectors(scope: Construct, inputs: InputValues<typeof trailDefinition.fields>): Blocks<Selector> {
  const { managementEvents, s3DataEvents, lambdaDataEvents } = inputs;
  const logBucket = local(
    scope,
    "log_bucket_objects",
    text`${bucketArn(local(scope, "partition", partitionOf(inputs.region)), inputs.s3BucketName)}/`,
  );
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
      name: "S3 data events of all buckets but the log bucket",
      fieldSelector: [
        ...dataEventsOf("AWS::S3::Object"),
        readOnlySelector(events),
        { field: "resources.ARN", notStartsWith: [logBucket] },
      ],
    })),
    // Whoever reads or deletes logs is recorded, whichever calls on other buckets are.
    blockWhenSet(s3DataEvents, () => ({
      name: "S3 data events of the log bucket but the delivery of logs",
      fieldSelector: [
        ...dataEventsOf("AWS::S3::Object"),
        { field: "resources.ARN", startsWith: [logBucket] },
        { field: "eventName", notEquals: ["PutObject"] },
      ],
    })),
    blockWhenSet(lambdaDataEvents, (events) => ({
      name: "Lambda data events of all functions",
      fieldSelector: [...dataEventsOf("AWS::Lambda::Function"), readOnlySelector(events)],
    })),
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
