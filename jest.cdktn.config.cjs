/** The tests of what stands on cdktf, with cdktn, its living fork, in its place. */
const base = require("./jest.config.cjs");

// The other folders know nothing of cdktf.
const folders = [
  "audit-trail",
  "authoring",
  "cdktn",
  "cli",
  "components",
  "configuration",
  "generator",
  "placement",
  "stacks",
  "state",
];

module.exports = {
  ...base,
  testMatch: folders.map((folder) => `<rootDir>/__tests__/${folder}/**/*.test.ts`),
  // What runs as a process of its own is a bundle, and has cdktf in it.
  testPathIgnorePatterns: [
    ...base.testPathIgnorePatterns.filter((pattern) => !pattern.includes("/cdktn/")),
    "__tests__/cli/(bundle|process)",
    // Policies and configurations are judged without cdktf.
    "decisions",
    "__tests__/configuration/any-configuration",
  ],
  moduleNameMapper: {
    "^cdktf$": "cdktn",
    "^cdktf/(.*)$": "cdktn/$1",
    "^@cdktf/provider-aws/(.*)$": "@cdktn/provider-aws/$1",
  },
};
