/** The tests that apply with the real Terraform to an emulator of AWS. */
const { transform } = require("./jest.config.cjs");

module.exports = {
  testEnvironment: "node",
  roots: ["<rootDir>/e2e"],
  testMatch: ["<rootDir>/e2e/**/*.test.ts"],
  transform,
  // Terraform and the emulator take both cores of a small machine.
  maxWorkers: 1,
  // The provider alone waits a minute for a lifecycle rule; the first run installs the emulator.
  testTimeout: 300_000,
  verbose: true,
};
