import { readFileSync } from "node:fs";
import { join } from "node:path";
import { publishSteps } from "../../src/publish";
import { expectFaultsTried, tableRows } from "../support/tables";

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
  expectFaultsTried(faults);
});
