import { fromProps, isGiven } from "../inputs";
import { type AlarmChoices, alarmNotes } from "./alarm-notes";
import type { AuditTrailProps } from "./audit-trail";
import { auditTrailDefinition } from "./inputs";
import { noteWhen } from "./note";

/** What the notes look at, by Terraform's names. */
interface Choices {
  readonly multi_region?: boolean;
  readonly enable_logging?: boolean;
  readonly create_trail?: boolean;
  readonly organization?: object | null;
  readonly management_events?: {
    readonly read_write_type?: string;
    readonly exclude_event_sources?: readonly string[];
  } | null;
  readonly log_bucket?: { readonly transitions?: readonly { readonly storage_class: string }[] };
}

/** Storage classes out of which a log has to be restored before anybody can read it. */
const OFFLINE = ["GLACIER", "DEEP_ARCHIVE"];

/**
 * What somebody who reviews an audit trail would ask about: choices by which it sees or keeps less.
 *
 * @param forwarded the further regions whose events are forwarded to the alarms
 */
export function notes(inputs: AuditTrailProps, forwarded: readonly string[] = []): readonly string[] {
  const choices = fromProps(auditTrailDefinition.fields, inputs) as Choices;
  const events = choices.management_events;
  const excluded = events?.exclude_event_sources ?? [];
  const offline = (choices.log_bucket?.transitions ?? []).some(({ storage_class: each }) => OFFLINE.includes(each));
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
    ...noteWhen(
      offline,
      "log_bucket.transitions move logs to where they have to be restored before anybody, or Athena, can read them",
    ),
    ...alarmNotes(choices as AlarmChoices, forwarded),
  ];
}

/** One of several audit trails, by its name. */
export interface NamedTrail {
  readonly name: string;
  readonly inputs: AuditTrailProps;
}

/** What is recorded twice by trails beside an organization trail: AWS charges for every copy but the first. */
export function notesAmong(trails: readonly NamedTrail[]): readonly string[] {
  const choicesOf = ({ inputs }: NamedTrail): Choices => fromProps(auditTrailDefinition.fields, inputs) as Choices;
  const recording = trails.filter((trail) => {
    const { management_events: events, create_trail: create } = choicesOf(trail);
    return events !== null && create !== false;
  });
  const ofOrganization = recording.filter((trail) => isGiven(choicesOf(trail).organization));
  const ofAccount = recording.filter((trail) => !isGiven(choicesOf(trail).organization));
  const [first] = ofOrganization;
  return first === undefined
    ? []
    : ofAccount.map(
        ({ name }) =>
          `${name} records management events beside the organization trail ${first.name}: where its account is in that ` +
          "organization, AWS charges for the second copy",
      );
}
