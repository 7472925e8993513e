import { inCis, inSecurityHub, numbersOf, numbersText } from "../../src/compliance/frameworks";

test("numbers of CIS stand in the order of its versions, and 6.0 and 7.0 have the same", () => {
  expect(inCis("3.7", "3.5", "3.5", "4.5")).toEqual({
    "cis-1.4": ["3.7"],
    "cis-3.0": ["3.5"],
    "cis-5.0": ["3.5"],
    "cis-6.0": ["4.5"],
    "cis-7.0": ["4.5"],
  });
  expect(inCis("3.3", null, null, null)).toEqual({ "cis-1.4": ["3.3"] });
});

test("numbers of the catalogue of alarms are those of both", () => {
  expect(numbersOf({ "1.4": "4.1", "7.0": "5.1" }, "CloudWatch.2")).toEqual({
    "cis-1.4": ["4.1"],
    "cis-7.0": ["5.1"],
    fsbp: ["CloudWatch.2"],
  });
  expect(numbersOf({ "1.4": "4.15" })).toEqual({ "cis-1.4": ["4.15"] });
  expect(numbersOf()).toEqual({});
});

test.each([
  [
    { ...inCis("3.7", "3.5", "3.5", "4.5"), ...inSecurityHub("CloudTrail.2") },
    "CIS 3.7 (1.4), 3.5 (3.0, 5.0), 4.5 (6.0, 7.0); Security Hub CloudTrail.2",
  ],
  [inCis("3.2", "3.2", "3.2", "4.2"), "CIS 3.2 (1.4, 3.0, 5.0), 4.2 (6.0, 7.0)"],
  [{ "cis-7.0": ["4.10"] }, "CIS 4.10 (7.0)"],
  [{ "cis-7.0": [], "cis-1.4": [] }, "CIS (number not listed)"],
  [inSecurityHub("S3.2", "S3.3"), "Security Hub S3.2, S3.3"],
])("%j in words", (numbers, expected) => {
  expect(numbersText(numbers)).toBe(expected);
});
