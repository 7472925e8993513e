/** The unit tests; `jest.terraform.config.cjs` has those that run Terraform. */
module.exports = {
  testEnvironment: "node",
  testMatch: ["<rootDir>/__tests__/**/*.test.ts"],
  transform: { "^.+\\.ts$": ["@swc/jest", { jsc: { target: "es2022", parser: { syntax: "typescript" } } }] },
  modulePathIgnorePatterns: ["<rootDir>/dist", "<rootDir>/.build", "<rootDir>/.stryker-tmp"],
  testPathIgnorePatterns: ["/node_modules/", "/__tests__/fixtures/"],
  setupFilesAfterEnv: ["<rootDir>/__tests__/setup.ts"],
};
