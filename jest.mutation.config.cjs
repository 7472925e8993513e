/** The unit tests of one folder of src, which a mutation tester runs again and again: see build/mutation.cjs. */
const base = require("./jest.config.cjs");

const tests = { components: ["components", "audit-trail"] };
const folder = process.env.MUTATED_FOLDER;

module.exports = {
  ...base,
  testMatch: (tests[folder] ?? [folder]).map((each) => `<rootDir>/__tests__/${each}/**/*.test.ts`),
  // An evaluator of policies is slow, and the exact texts of the policies are tested beside it.
  testPathIgnorePatterns: [...base.testPathIgnorePatterns, "decisions", "__tests__/policy/(evaluator|mutants)"],
};
