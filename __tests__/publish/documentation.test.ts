import { readFileSync } from "node:fs";
import { join } from "node:path";
import { publishSteps } from "../../src/publish";
import { missingTests, NAMED_TEST } from "../support/named-tests";
import { tableRows } from "../support/tables";

const page = readFileSync(join(__dirname, "../../docs/publishing.md"), "utf8");

test.each(Object.entries(publishSteps))(
  "the page lists the steps to %s as they are, with what each leaves",
  (kind, steps) => {
    expect(tableRows(page, `Step to ${kind}`)).toEqual(
      steps.map(({ name, leaves }, index) => [`${index + 1}. ${name}`, leaves]),
    );
  },
);

test("the page names for every fault what becomes of it, and a test that is there", () => {
  const faults = tableRows(page, "Fault");
  expect(faults.length).toBeGreaterThan(15);
  for (const [fault, outcome, tried, ...rest] of faults) {
    expect([fault, outcome, rest]).toEqual([expect.stringMatching(/^[A-Z].{10}/), expect.stringMatching(/^[A-Z]/), []]);
    expect([...(tried as string).matchAll(NAMED_TEST)].map(([text]) => text)).toEqual([tried]);
  }
  expect(missingTests(faults.map((cells) => cells.join()))).toEqual([]);
});
