export { changelogEntry, subjectOf } from "./changelog";
export { type Comparison, compareReleases, type Release } from "./compare";
export type { Finding } from "./finding";
export { forcesReplacement, replacingArguments } from "./replacement";
