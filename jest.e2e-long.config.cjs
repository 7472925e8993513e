/** The tests against servers that take many minutes. */
const long = require("./build/long-tests.cjs");
const base = require("./jest.e2e.config.cjs");

module.exports = {
  ...base,
  testMatch: long.map((name) => `<rootDir>/e2e/${name}.test.ts`),
  testPathIgnorePatterns: ["/node_modules/"],
};
