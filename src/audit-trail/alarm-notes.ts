import { alarmIdsWith, isAboutTrail } from "../components/alarms/catalogue";
import { isGiven } from "../inputs";
import { partitionOf } from "../policy";
import { watchedByDefault } from "./alarms-inputs";
import { noteWhen } from "./note";
import { SIGN_IN_REGIONS } from "./sign-in-regions";

/** What the notes on alarms look at, by Terraform's names. */
export interface AlarmChoices {
  readonly region?: string;
  readonly account_id?: string;
  readonly multi_region?: boolean;
  readonly enable_logging?: boolean;
  readonly create_trail?: boolean;
  readonly organization?: object | null;
  readonly cloudwatch_logs?: object | null;
  readonly management_events?: {
    readonly read_write_type?: string;
    readonly exclude_event_sources?: readonly string[];
  } | null;
  readonly encryption?: object | null;
  readonly log_bucket?: { readonly existing_bucket?: { readonly event_notifications?: boolean } | null };
  readonly alarms?: {
    readonly watch?: "event" | "metric" | null;
    readonly changed_alarms?: Readonly<
      Record<string, { readonly enabled?: boolean; readonly watch?: string | null } | undefined>
    >;
    readonly own_alarms?: Readonly<Record<string, { readonly watch?: string | null }>>;
    readonly silence?: { readonly delivery?: boolean };
    readonly subscriptions?: Readonly<Record<string, { readonly protocol?: string }>>;
    readonly existing_topics?: Readonly<Record<string, object>>;
    readonly accept_organization?: boolean;
  } | null;
}

/** What lets messages of a topic in, where no subscriber confirms. */
const LETS_IN: Readonly<Record<string, string>> = {
  lambda: "a permission of the function lets sns.amazonaws.com invoke it for the topic (lambda:AddPermission)",
  sqs: "the policy of the queue lets sns.amazonaws.com send to it for the topic, and the key of an encrypted queue, too",
};

/**
 * What alarms do not see, or do not tell: every alarm, region and account that is not covered.
 *
 * @param forwarded the further regions whose events are forwarded to the alarms
 */
export function alarmNotes(choices: AlarmChoices, forwarded: readonly string[]): readonly string[] {
  const { alarms, region = "", account_id: account = "", management_events: events } = choices;
  if (!isGiven(alarms)) {
    return [];
  }
  const byEvent = watchingByEvent(choices);
  const ofRegions = byEvent.filter((id) => isAboutTrail(id) === false);
  const named = `(${ofRegions.join(", ")})`;
  const seen = choices.multi_region === false ? [region] : [region, ...forwarded];
  const signIns = byEvent.filter((id) => id.startsWith("console_sign_in_"));
  const unseenSignIns =
    partitionOf(region) === "aws" && choices.multi_region !== false
      ? SIGN_IN_REGIONS.filter((each) => !seen.includes(each))
      : [];
  const excluded = events?.exclude_event_sources ?? [];
  const isKept =
    Object.keys(alarms?.subscriptions ?? {}).length + Object.keys(alarms?.existing_topics ?? {}).length > 0;
  const bucket = choices.log_bucket?.existing_bucket;
  return [
    ...noteWhen(!isKept, "alarms tell nobody: alarms.subscriptions has no subscriber, alarms.existing_topics no topic"),
    ...noteWhen(
      ofRegions.length > 0,
      `alarms that watch by event ${named} see calls in ${seen.join(" and ")} alone: in any other region a call raises ` +
        "none; alarm_regions adds regions",
    ),
    ...["lambda", "sqs"]
      .filter((each) => Object.values(alarms.subscriptions ?? {}).some(({ protocol }) => protocol === each))
      .map((protocol) => `alarms.subscriptions by ${protocol} arrive only where ${LETS_IN[protocol]}`),
    ...noteWhen(
      signIns.length > 0 && unseenSignIns.length > 0,
      `${signIns.join(" and ")} miss sign-ins of IAM users that arrive in ${unseenSignIns.join(", ")}, as those of whoever ` +
        "used the alias of the account before do; alarm_regions adds regions",
    ),
    ...noteWhen(
      ofRegions.length > 0 && isGiven(choices.organization),
      choices.alarms?.accept_organization === true
        ? `alarms that watch by event ${named} see account ${account}, and those accounts of the organization alone in ` +
            "which event-forwarding is placed"
        : `alarms that watch by event ${named} see account ${account} alone: calls in other accounts of the organization ` +
            "raise none; alarms.accept_organization lets them in, event-forwarding is placed in each",
    ),
    ...noteWhen(
      byEvent.length > 0,
      "alarms that watch by event need a trail that logs, as EventBridge is told of calls by that alone, and as well as " +
        "it can be: AWS promises no delivery. Those that watch by metric see whatever the trail records",
    ),
    ...noteWhen(
      events === null || (events?.read_write_type ?? "All") === "ReadOnly",
      "alarms see no call that writes, as management_events leave those out",
    ),
    ...noteWhen(
      events?.read_write_type === "WriteOnly",
      "alarms see no call that only reads, as management_events leave those out: unauthorized_calls and root_use see less",
    ),
    ...noteWhen(
      excluded.includes("kms.amazonaws.com"),
      "key_disabled_or_deleted and tamper_key see nothing, as management_events leave out kms.amazonaws.com",
    ),
    ...noteWhen(
      alarms?.silence?.delivery !== false && isGiven(bucket) && bucket?.event_notifications !== true,
      "nobody is told that no log arrives: log_bucket.existing_bucket does not tell EventBridge of new objects",
    ),
  ];
}

/** The ids of the alarms that watch by event. */
function watchingByEvent(choices: AlarmChoices): readonly string[] {
  const { alarms, encryption, cloudwatch_logs: logs = null } = choices;
  const byDefault = watchedByDefault(alarms?.watch ?? null, logs);
  const changed = alarms?.changed_alarms ?? {};
  const own = Object.entries(alarms?.own_alarms ?? {});
  return [
    ...alarmIdsWith({ hasKey: isGiven(encryption), hasLogGroup: isGiven(logs) }).filter(
      (id) => changed[id]?.enabled !== false && (changed[id]?.watch ?? byDefault) === "event",
    ),
    ...own.filter(([, { watch }]) => (watch ?? byDefault) === "event").map(([id]) => id),
  ];
}
