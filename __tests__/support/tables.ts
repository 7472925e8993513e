import { missingTests, NAMED_TEST } from "./named-tests";

/** The rows of all tables of a page that have a heading, as cells. */
export function tableRows(page: string, heading: string): readonly (readonly string[])[] {
  const [, ...below] = page.split(`\n| ${heading} |`);
  return below.flatMap((text) => {
    const [table = ""] = text.trimEnd().split("\n\n");
    return table
      .split("\n")
      .slice(2)
      .map((line) => line.slice(2, -2).split(" | "));
  });
}

/** Tests that a table of faults says of each what becomes of it, and names one test that is there. */
export function expectFaultsTried(faults: readonly (readonly string[])[]): void {
  for (const [fault, outcome, tried, ...rest] of faults) {
    expect([fault, outcome, rest]).toEqual([expect.stringMatching(/^[A-Z].{10}/), expect.stringMatching(/^[A-Z]/), []]);
    expect([...(tried as string).matchAll(NAMED_TEST)].map(([text]) => text)).toEqual([tried]);
  }
  expect(missingTests(faults.map((cells) => cells.join()))).toEqual([]);
}
