import {
  compareVersions,
  isHighEnough,
  leastVersionAfter,
  parseVersion,
  type SemanticVersion,
  type Severity,
} from "../../src/publish/semantic-version";

const version = (text: string): SemanticVersion => parseVersion(text) as SemanticVersion;

test.each(["v1.2.3", "1.2", "01.2.3", "1.2.3-", "1.2.3-01", "1.2.3+build", "1.2.3 ", "latest", ""])(
  "%j is no version",
  (text) => {
    expect(parseVersion(text)).toBeUndefined();
  },
);

test("versions are in the order of semver", () => {
  const ordered = [
    "0.9.9",
    "1.0.0-alpha",
    "1.0.0-alpha.1",
    "1.0.0-alpha.beta",
    "1.0.0-beta",
    "1.0.0-beta.2",
    "1.0.0-beta.11",
    "1.0.0-rc.1",
    "1.0.0",
    "1.0.1",
    "1.2.0",
    "1.10.0",
    "2.0.0",
  ];
  const shuffled = [...ordered].reverse().map(version);
  expect(shuffled.sort(compareVersions).map(({ text }) => text)).toEqual(ordered);
});

test.each<[string, Severity, string]>([
  ["1.2.3", "major", "2.0.0"],
  ["1.2.3", "minor", "1.3.0"],
  ["1.2.3", "patch", "1.2.4"],
  ["0.2.3", "major", "0.3.0"],
  ["0.2.3", "minor", "0.2.4"],
  ["0.2.3", "patch", "0.2.4"],
])("after %s, a %s change needs at least %s", (previous, severity, least) => {
  expect(leastVersionAfter(version(previous), severity).text).toBe(least);
});

test.each<[string, string, Severity, boolean]>([
  ["2.0.0", "1.2.3", "major", true],
  ["1.9.0", "1.2.3", "major", false],
  ["2.0.0-rc.1", "1.2.3", "major", true],
  ["2.0.0-rc.1", "2.0.0-rc.2", "patch", false],
  ["1.3.0", "1.2.3", "minor", true],
  ["1.2.9", "1.2.3", "minor", false],
  ["1.2.3", "1.2.3", "patch", false],
])("%s after %s is high enough for a %s change: %p", (next, previous, severity, expected) => {
  expect(isHighEnough(version(next), version(previous), severity)).toBe(expected);
});
