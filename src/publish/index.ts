export { type Comparison, changelogEntry, compareReleases, type Finding, type Release, subjectOf } from "./comparison";
export { PublishProblem } from "./problem";
export { readRelease } from "./release-files";
export { SEVERITIES, type Severity } from "./semantic-version";
