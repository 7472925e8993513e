import type { Stack } from "../../stacks/stack";
import type { Numbers } from "../frameworks";
import type { Judgement } from "../verdict";

/** A test of this repository. */
export interface Proof {
  readonly file: string;
  /** Its full name as jest prints it, with its placeholders. */
  readonly test: string;
}

/** What a framework wants, said in our own words. */
export interface Control {
  readonly id: string;
  /** What holds where it is satisfied. */
  readonly title: string;
  readonly numbers: Numbers;
  /** The type of the resource that satisfies it; where none of a trail does, who it is that has to. */
  readonly resource: string;
  /** The inputs that satisfy it, as they stand in a configuration; or by what else it is satisfied. */
  readonly setting: string;
  /** What that costs, in kind. */
  readonly cost: string;
  readonly provedBy: Proof;
  readonly judge: (stack: Stack) => Judgement;
}

/** Where nothing has to be chosen. */
export const ALWAYS = "always";

/** What nobody is charged for. */
export const NOTHING = "nothing";

const CONTROL_TESTS = "__tests__/compliance/controls.test.ts";

/** Of what no trail does. */
export const LOOKED_UP: Proof = {
  file: CONTROL_TESTS,
  test: "what is outside of a trail is looked up by a command, whatever the trail is",
};

/** Of what Terraform does not do. */
export const BY_HAND: Proof = {
  file: CONTROL_TESTS,
  test: "what is done by hand is told with the command for the log bucket",
};
