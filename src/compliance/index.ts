export { complianceDocument, type ProfileReport } from "./document";
export { reportHtml } from "./formats/html";
export { reportJson } from "./formats/json";
export { reportMarkdown } from "./formats/markdown";
export { reportText } from "./formats/text";
export { type Framework, frameworks } from "./frameworks";
export { reportOn, type StackFile, type TrailReport } from "./report";
export type { Verdict } from "./verdict";
