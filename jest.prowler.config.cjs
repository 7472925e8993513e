/** Prowler on what the real Terraform makes of the profile `cis` in an emulator of AWS: too heavy for every change. */
const { transform } = require("./jest.config.cjs");

module.exports = {
  testEnvironment: "node",
  roots: ["<rootDir>/prowler"],
  testMatch: ["<rootDir>/prowler/**/*.test.ts"],
  transform,
  globalSetup: "<rootDir>/prowler/support/install.ts",
  maxWorkers: 1,
  // Terraform needs a minute or two, and so does Prowler.
  testTimeout: 900_000,
  verbose: true,
};
