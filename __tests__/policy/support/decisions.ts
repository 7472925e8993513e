import type { Expectation } from "./calls";
import { type Decision, decide, type PolicyDocument, type ServiceCall } from "./evaluator";
import type { Mutant } from "./mutants";

/** A kind of policy, in all its layouts, with the calls that it has to decide rightly. */
export interface DecidedPolicy<L extends { readonly name: string }> {
  /** What the policy is that of: `the policy of a log bucket`. */
  readonly title: string;
  readonly layouts: readonly L[];
  /** Those in which mistakes are made. A mistake is in the same place in others, to save time. */
  readonly mistakenLayouts: readonly L[];
  policyOf(layout: L): PolicyDocument;
  expectationsOf(layout: L): readonly Expectation[];
  mutantsOf(policy: PolicyDocument, layout: L): readonly Mutant[];
  /** Mistakes that are none in the layout: no call shows them. By name, with the reason. */
  withoutEffect?(layout: L): Readonly<Record<string, string>>;
  /** How the policy decides. By default as that of the resource. */
  decide?(policy: PolicyDocument, call: ServiceCall): Promise<Decision>;
}

/** The tests of a kind of policy: each call is decided rightly, and after each mistake one is not. */
export function describeDecisions<L extends { readonly name: string }>(about: DecidedPolicy<L>): void {
  const { title, layouts, mistakenLayouts, policyOf, expectationsOf, mutantsOf } = about;
  const withoutEffect = (layout: L): Readonly<Record<string, string>> => about.withoutEffect?.(layout) ?? {};
  const guesses = new Guesses();

  const decisionOf = (policy: PolicyDocument, { call, added }: Expectation): Promise<Decision> =>
    (about.decide ?? decide)(
      added === undefined ? policy : { ...policy, Statement: [...policy.Statement, added] },
      call,
    );

  /** The first call that a policy decides wrongly. */
  async function wrongDecision(policy: PolicyDocument, all: readonly Expectation[]): Promise<Expectation | undefined> {
    for (const each of all) {
      if ((await decisionOf(policy, each)) !== each.expected) {
        return each;
      }
    }
    return undefined;
  }

  describe.each(layouts)(`${title} decides: $name`, (layout: L) => {
    const policy = policyOf(layout);
    const expectations = expectationsOf(layout);
    const mutants = mutantsOf(policy, layout);

    test.each(expectations)("$name", async (each) => {
      expect(await decisionOf(policy, each)).toBe(each.expected);
    });

    test("every call has a name of its own, and every statement its mistakes", () => {
      expect(new Set(expectations.map(({ name }) => name)).size).toBe(expectations.length);
      expect(new Set(mutants.map(({ name }) => name)).size).toBe(mutants.length);
      expect(new Set(mutants.map(({ name }) => name.split(":")[0]))).toEqual(
        new Set(policy.Statement.map(({ Sid }) => Sid)),
      );
    });
  });

  describe.each(mistakenLayouts)(`a mistake in ${title} shows: $name`, (layout: L) => {
    const policy = policyOf(layout);
    const expectations = expectationsOf(layout);
    const mutants = mutantsOf(policy, layout);
    const reasons = withoutEffect(layout);
    const hasEffect = ({ name }: Mutant): boolean => !Object.hasOwn(reasons, name);

    test.each(mutants.filter(hasEffect))("a call is decided wrongly after: $name", async ({ name, document }) => {
      const shown = await wrongDecision(document, guesses.first(name, expectations));
      expect(shown).toBeDefined();
      guesses.remember(name, shown?.name ?? "");
    });

    const others = mutants.filter((mutant) => !hasEffect(mutant));
    if (others.length > 0) {
      test.each(others)("no call shows, as it is no mistake: $name", async ({ document }) => {
        expect(await wrongDecision(document, expectations)).toBeUndefined();
      });
    }

    test("what is no mistake is one of those that are made", () => {
      expect(Object.keys(reasons).filter((name) => !mutants.some((mutant) => mutant.name === name))).toEqual([]);
    });
  });
}

/** Which calls are likely to show a mistake: those that have shown the same one, or another in the same statement. */
class Guesses {
  private readonly shown = new Map<string, readonly string[]>();

  /** The calls, the likely ones first. */
  first(mistake: string, all: readonly Expectation[]): readonly Expectation[] {
    const likely = [...(this.shown.get(kindOf(mistake)) ?? []), ...(this.shown.get(statementOf(mistake)) ?? [])];
    const rank = (each: Expectation): number => {
      const index = likely.indexOf(each.name);
      return index < 0 ? likely.length : index;
    };
    return all.toSorted((left, right) => rank(left) - rank(right));
  }

  remember(mistake: string, call: string): void {
    for (const key of [kindOf(mistake), statementOf(mistake)]) {
      this.shown.set(key, [call, ...(this.shown.get(key) ?? []).filter((each) => each !== call)]);
    }
  }
}

/** A mistake without the one of several values in which it is made. */
function kindOf(mistake: string): string {
  return mistake.replace(/, in the place of .*$/, "");
}

function statementOf(mistake: string): string {
  return mistake.replace(/:.*$/, "");
}
