/** The tests that apply with the real Terraform to an emulator of AWS. */
const long = require("./build/long-tests.cjs");
const { testTimeout, transform } = require("./jest.config.cjs");

module.exports = {
  testEnvironment: "node",
  roots: ["<rootDir>/e2e"],
  testMatch: ["<rootDir>/e2e/**/*.test.ts"],
  testPathIgnorePatterns: ["/node_modules/", ...long.map((name) => `/e2e/${name}\\.test`)],
  transform,
  globalSetup: "<rootDir>/e2e/support/prepare.ts",
  // Much of what Terraform does here is to wait.
  maxWorkers: 2,
  testTimeout,
  verbose: true,
};
