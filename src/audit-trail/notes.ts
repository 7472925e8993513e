import { fromProps, isGiven } from "../inputs";
import { type AlarmChoices, alarmNotes } from "./alarm-notes";
import type { AuditTrailProps } from "./audit-trail";
import { auditTrailDefinition } from "./inputs";
import { type LogBucketChoices, logBucketNotes } from "./log-bucket-notes";
import { noteWhen } from "./note";

/** What the notes look at, by Terraform's names. */
interface Choices {
  readonly multi_region?: boolean;
  readonly enable_logging?: boolean;
  readonly create_trail?: boolean;
  readonly account_id?: string;
  readonly region?: string;
  readonly organization?: { readonly id?: string } | null;
  readonly management_events?: {
    readonly read_write_type?: string;
    readonly exclude_event_sources?: readonly string[];
  } | null;
}

/**
 * What somebody who reviews an audit trail would ask about: choices by which it sees or keeps less.
 *
 * @param forwarded the further regions whose events are forwarded to the alarms
 */
export function notes(inputs: AuditTrailProps, forwarded: readonly string[] = []): readonly string[] {
  const choices = fromProps(auditTrailDefinition.fields, inputs) as Choices;
  const events = choices.management_events;
  const excluded = events?.exclude_event_sources ?? [];
  return [
    ...noteWhen(
      choices.multi_region === false,
      "multi_region is false: calls in other regions, and those to global services, are not recorded",
    ),
    ...noteWhen(choices.enable_logging === false, "enable_logging is false: nothing is recorded until it is true"),
    ...noteWhen(
      choices.create_trail === false,
      "create_trail is false: what is around the trail is made; the trail of that name has to be there, or come later",
    ),
    ...noteWhen(events === null, "management_events is null: controls of CIS and Security Hub count on them"),
    ...noteWhen(
      (events?.read_write_type ?? "All") !== "All",
      "management_events are recorded in part: controls of CIS and Security Hub count on reads and writes",
    ),
    ...noteWhen(
      excluded.length > 0,
      `management_events leave out ${excluded.join(" and ")}: controls of CIS and Security Hub count on all`,
    ),
    ...logBucketNotes(choices as LogBucketChoices),
    ...alarmNotes(choices as AlarmChoices, forwarded),
  ];
}

/** One of several audit trails, by its name. */
export interface NamedTrail {
  readonly name: string;
  readonly inputs: AuditTrailProps;
}

/** A trail that records management events, and what was chosen for it. */
interface Recording extends Choices {
  readonly name: string;
}

/** What is recorded twice by trails of one configuration: AWS charges for every copy but the first. */
export function notesAmong(trails: readonly NamedTrail[]): readonly string[] {
  const recording = trails
    .map(({ name, inputs }): Recording => ({ ...(fromProps(auditTrailDefinition.fields, inputs) as Choices), name }))
    .filter(({ management_events: events, create_trail: create }) => events !== null && create !== false);
  return [...copiesOfTheSame(recording), ...copiesBesideOrganization(recording)];
}

/** Trails that record the events of one account, or of one organization, which another one records, too. */
function copiesOfTheSame(recording: readonly Recording[]): readonly string[] {
  return recording.flatMap((trail, index) => {
    const first = recording.slice(0, index).find((other) => isOfTheSame(trail, other) && overlaps(trail, other));
    if (first === undefined) {
      return [];
    }
    const whose = isGiven(trail.organization) ? "organization" : "account";
    const region = [trail, first].find((each) => each.multi_region === false)?.region;
    return [
      `${trail.name} records management events of the same ${whose} as ${first.name}: AWS charges for the second copy` +
        (region === undefined ? "" : `, in ${region}`),
    ];
  });
}

function isOfTheSame(one: Recording, other: Recording): boolean {
  return isGiven(one.organization) || isGiven(other.organization)
    ? one.organization?.id === other.organization?.id
    : one.account_id === other.account_id;
}

/** Whether there are calls that both record: in a region of both, reads or writes of both. */
function overlaps(one: Recording, other: Recording): boolean {
  const types = [one, other].map(({ management_events: events }) => events?.read_write_type ?? "All");
  const shareRegion = one.region === other.region || [one, other].some((each) => each.multi_region !== false);
  const shareType = types.includes("All") || types[0] === types[1];
  return shareRegion && shareType;
}

/** Trails of accounts beside one of an organization. */
function copiesBesideOrganization(recording: readonly Recording[]): readonly string[] {
  const first = recording.find((trail) => isGiven(trail.organization));
  return first === undefined
    ? []
    : recording
        .filter((trail) => !isGiven(trail.organization))
        .map(
          ({ name }) =>
            `${name} records management events beside the organization trail ${first.name}: where its account is in that ` +
            "organization, AWS charges for the second copy",
        );
}
