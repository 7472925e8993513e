/** The unit tests; `jest.cdktn.config.cjs` runs some of them once more. */
module.exports = {
  testEnvironment: "node",
  testMatch: ["<rootDir>/__tests__/**/*.test.ts"],
  transform: { "^.+\\.ts$": ["@swc/jest", { jsc: { target: "es2022", parser: { syntax: "typescript" } } }] },
  modulePathIgnorePatterns: ["<rootDir>/dist", "<rootDir>/.build", "<rootDir>/.stryker-tmp"],
  testPathIgnorePatterns: ["/node_modules/", "/__tests__/fixtures/", "/__tests__/cdktn/"],
  setupFilesAfterEnv: ["<rootDir>/__tests__/setup.ts"],
};
