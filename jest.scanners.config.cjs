/** The scanners that users run, on the published modules as they are committed. */
const { testTimeout, transform } = require("./jest.config.cjs");

module.exports = {
  testEnvironment: "node",
  roots: ["<rootDir>/scanners"],
  testMatch: ["<rootDir>/scanners/**/*.test.ts"],
  transform,
  globalSetup: "<rootDir>/scanners/support/install.ts",
  // checkov and Terraform take both cores of a small machine, which other tests may use, too.
  maxWorkers: 1,
  testTimeout,
  verbose: true,
};
