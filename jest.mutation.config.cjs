/** The unit tests of one file or folder of src, which a mutation tester runs again and again: see build/mutation.cjs. */
const base = require("./jest.config.cjs");

const tests = process.env.MUTATION_TESTS;

module.exports = {
  ...base,
  testSequencer: "<rootDir>/build/module-first.cjs",
  testMatch: [tests.endsWith(".ts") ? `<rootDir>/${tests}` : `<rootDir>/${tests}/**/*.test.ts`],
  // An evaluator of policies is slow, and the exact texts of most policies are tested beside it.
  testPathIgnorePatterns: [
    ...base.testPathIgnorePatterns,
    "(?<!/(alarm-topics|event-forwarding)/)decisions",
    "__tests__/policy/(evaluator|mutants)",
  ],
};
