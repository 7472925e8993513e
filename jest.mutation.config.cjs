/** The unit tests that a mutation tester runs again and again: without Terraform, without processes. */
const base = require("./jest.config.cjs");

module.exports = {
  ...base,
  testMatch: ["values", "inputs", "policy", "components", "placement", "audit-trail", "generator"].map(
    (folder) => `<rootDir>/__tests__/${folder}/**/*.test.ts`,
  ),
};
