import { Fn, Lazy, Token } from "cdktf";
import { withoutStackTraces } from "../../src/cli/stack-traces";

/** How many calls the tokens of cdktf remember to have been made in. */
function remembered(): readonly number[] {
  const tokens = [Lazy.stringValue({ produce: () => "" }), Fn.join("-", ["a", "b"])];
  return tokens.map((token) => Token.asAny(token).creationStack.length);
}

test("stack traces of tokens are taken until they are switched off", () => {
  expect(remembered()).not.toContain(0);
  withoutStackTraces();
  expect(remembered()).toEqual([0, 0]);
});
