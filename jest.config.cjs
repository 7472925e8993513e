/** The unit tests; `jest.cdktn.config.cjs` runs some of them once more. */
module.exports = {
  testEnvironment: "node",
  testMatch: ["<rootDir>/__tests__/**/*.test.ts"],
  transform: { "^.+\\.ts$": ["@swc/jest", { jsc: { target: "es2022", parser: { syntax: "typescript" } } }] },
  modulePathIgnorePatterns: ["<rootDir>/dist", "<rootDir>/.build"],
  testPathIgnorePatterns: ["/node_modules/", "/__tests__/fixtures/", "/__tests__/cdktn/"],
  // Ends a test that hangs; how fast a machine is fails none.
  testTimeout: 900_000,
  setupFilesAfterEnv: ["<rootDir>/__tests__/setup.ts"],
};
