import { readFileSync } from "node:fs";
import { join } from "node:path";
import { bootstrapSteps } from "../../src/state";
import { expectFaultsTried, tableRows } from "../support/tables";

function pageOf(name: string): string {
  return readFileSync(join(__dirname, "../../docs", `${name}.md`), "utf8");
}

test("the page lists the steps as they are, in their order, with what each leaves", () => {
  expect(tableRows(pageOf("state"), "Step")).toEqual(
    bootstrapSteps.map(({ name, leaves }, index) => [`${index + 1}. ${name}`, leaves]),
  );
});

test.each([
  ["state", 20],
  ["hcp-terraform", 7],
  ["moving-state", 9],
])("the page %s names for each of its %i faults what becomes of it, and a test that is there", (name, count) => {
  const faults = tableRows(pageOf(name), "Fault");
  expect(faults).toHaveLength(count);
  expectFaultsTried(faults);
});

test("the page says of the steps where the state is what they say", () => {
  const names = bootstrapSteps.map(({ name }) => name);
  // "The state is on this machine from the fifth step to the last one", and "the ninth step pushes it once more".
  expect(names.indexOf("make the bucket")).toBe(5 - 1);
  expect(names.at(-1)).toBe("remove the state from this machine");
  expect(names.indexOf("give the state its lineage back")).toBe(9 - 1);
});
