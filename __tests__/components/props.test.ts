import type { IResolvable } from "cdktf";
import type { AuditTrail } from "../../src/audit-trail/audit-trail";
import type * as components from "../../src/components";
import type { Fields, Props } from "../../src/inputs";

type Classes = typeof components & { readonly AuditTrail: typeof AuditTrail };

/** What the constructor of a component takes: the generated interface. */
type Taken<C> = C extends new (scope: never, id: never, props: infer P, structure: never) => unknown ? P : never;

/** What the definition of a component says that it takes. */
type Defined<C> = C extends { definition: { fields: infer F extends Fields } } ? Props<F> : never;

/** A type without tokens, at any depth. The two differ in these: texts and numbers hold them as they are. */
type WithoutTokens<T> = T extends IResolvable
  ? never
  : T extends null | undefined | boolean | number | string
    ? T
    : { readonly [Key in keyof T]: WithoutTokens<T[Key]> };

/** A type of which nothing may be left out, at any depth. */
type Whole<T> = T extends null | boolean | number | string ? T : { readonly [Key in keyof T]-?: Whole<T[Key]> };

type Equal<A, B> = [A] extends [B] ? ([B] extends [A] ? true : false) : false;

interface Comparison<A, B> {
  readonly isTaken: [A] extends [B] ? true : false;
  readonly isRequired: Equal<WithoutTokens<A>, WithoutTokens<B>>;
  readonly isWhole: Equal<Whole<WithoutTokens<A>>, Whole<WithoutTokens<B>>>;
}

const same = { isTaken: true, isRequired: true, isWhole: true } as const;

test("the generated interface of each component takes what its definition says, no more and no less", () => {
  const compared: { readonly [Name in keyof Classes]: Comparison<Taken<Classes[Name]>, Defined<Classes[Name]>> } = {
    AccessLogBucket: same,
    AlarmTopics: same,
    Alarms: same,
    AuditTrail: same,
    DeploymentRole: same,
    EncryptionKey: same,
    EventForwarding: same,
    LogBucket: same,
    LogBucketPolicy: same,
    StateBucket: same,
    Trail: same,
  };
  expect(Object.keys(compared)).not.toEqual([]);
});

test("a difference at any depth is found", () => {
  interface Inner {
    readonly days: number;
    readonly name?: string | undefined;
  }
  interface Outer {
    readonly inner: Readonly<Record<string, Inner>>;
  }
  type With<I> = Comparison<{ readonly inner: Readonly<Record<string, I>> }, Outer>;
  const equal: With<Inner> = same;
  const otherType: With<Inner & { readonly days: 1 }> = { isTaken: true, isRequired: false, isWhole: false };
  const optional: With<Partial<Inner>> = { isTaken: false, isRequired: false, isWhole: true };
  const required: With<Required<Inner>> = { isTaken: true, isRequired: false, isWhole: true };
  const missing: With<Pick<Inner, "days">> = { isTaken: true, isRequired: true, isWhole: false };
  const more: With<Inner & { readonly more?: 1 }> = { isTaken: true, isRequired: true, isWhole: false };
  expect([equal, otherType, optional, required, missing, more]).toHaveLength(6);
});
