// Most mutants of a component show in its module: the test of that comes first, and ends the run where it fails.
const Sequencer = require("@jest/test-sequencer").default;

module.exports = class extends Sequencer {
  sort(tests) {
    const rank = ({ path }) => (path.endsWith("published-module.test.ts") ? 0 : 1);
    return super.sort(tests).sort((one, other) => rank(one) - rank(other));
  }
};
