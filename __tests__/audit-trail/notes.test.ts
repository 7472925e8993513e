import type { AuditTrailProps } from "../../src/audit-trail/audit-trail";
import { notes, notesAmong } from "../../src/audit-trail/notes";

const props: AuditTrailProps = {
  accountId: "111122223333",
  accountName: "example",
  region: "eu-central-1",
  owner: "Example Owner",
};

const notesOf = (inputs: Partial<AuditTrailProps>) => notes({ ...props, ...inputs });

test("of choices by which nothing is lost there is nothing to note", () => {
  expect(notesOf({})).toEqual([]);
  expect(
    notesOf({
      multiRegion: true,
      enableLogging: true,
      createTrail: true,
      managementEvents: { readWriteType: "All", excludeEventSources: [] },
      logBucket: { transitions: [{ days: 90, storageClass: "GLACIER_IR" }] },
    }),
  ).toEqual([]);
});

test.each<[Partial<AuditTrailProps>, string]>([
  [
    { multiRegion: false },
    "multi_region is false: calls in other regions, and those to global services, are not recorded",
  ],
  [{ enableLogging: false }, "enable_logging is false: nothing is recorded until it is true"],
  [
    { createTrail: false },
    "create_trail is false: what is around the trail is made; the trail of that name has to be there, or come later",
  ],
  [{ managementEvents: null }, "management_events is null: controls of CIS and Security Hub count on them"],
  [
    { managementEvents: { readWriteType: "WriteOnly" } },
    "management_events are recorded in part: controls of CIS and Security Hub count on reads and writes",
  ],
  [
    { managementEvents: { excludeEventSources: ["kms.amazonaws.com", "rdsdata.amazonaws.com"] } },
    "management_events leave out kms.amazonaws.com and rdsdata.amazonaws.com: " +
      "controls of CIS and Security Hub count on all",
  ],
  ...(["GLACIER", "DEEP_ARCHIVE"] as const).map((storageClass): [Partial<AuditTrailProps>, string] => [
    { logBucket: { transitions: [{ days: 90, storageClass }] } },
    "log_bucket.transitions move logs to where they have to be restored before anybody, or Athena, can read them",
  ]),
])("%j is noted", (inputs, note) => {
  expect(notesOf(inputs)).toEqual([note]);
});

describe("beside an organization trail", () => {
  const organization = { id: "o-exampleorgid", managementAccountId: "111122223333" };
  const trail = (name: string, inputs: Partial<AuditTrailProps> = {}) => ({ name, inputs: { ...props, ...inputs } });
  const whole = trail("whole", { organization });

  test("each trail of an account that records management events is noted, as AWS charges for the second copy", () => {
    const note = (name: string) =>
      `${name} records management events beside the organization trail whole: where its account is in that ` +
      "organization, AWS charges for the second copy";
    expect(notesAmong([trail("a"), whole, trail("b")])).toEqual([note("a"), note("b")]);
  });

  test.each([
    ["a trail without management events", [whole, trail("a", { managementEvents: null })]],
    ["a trail that is not made", [whole, trail("a", { createTrail: false })]],
    [
      "a trail beside one that records no management events",
      [trail("a"), { ...whole, inputs: { ...whole.inputs, managementEvents: null } }],
    ],
    ["trails of accounts alone", [trail("a"), trail("b")]],
    ["the organization trail alone", [whole]],
  ])("%s is not noted", (_, trails) => {
    expect(notesAmong(trails)).toEqual([]);
  });
});
