import fc from "fast-check";
import type { AuditTrailProps } from "../../../src/audit-trail/audit-trail";
import { ACCOUNT_ID } from "./identity-server";

const words = fc.stringMatching(/^[a-z0-9]{1,8}(-[a-z0-9]{1,8}){0,2}$/);
const tagText = fc.stringMatching(/^[A-Za-z0-9äß漢 _.:/=+@-]{1,20}$/).map((text) => text.normalize("NFC"));
const readWriteType = fc.constantFrom("All", "ReadOnly", "WriteOnly");
const recorded = fc.record({ readWriteType }, { requiredKeys: [] });

/** Something, or null, or left out. */
function switched<T>(value: fc.Arbitrary<T>): fc.Arbitrary<T | null> {
  return fc.option(value, { nil: null, freq: 3 });
}

const optionalInputs = {
  name: fc.stringMatching(/^[A-Za-z0-9]{3,10}([._-][A-Za-z0-9]{1,10}){0,2}$/),
  organization: switched(
    fc.record({ id: fc.stringMatching(/^o-[a-z0-9]{10,32}$/), managementAccountId: fc.stringMatching(/^[0-9]{12}$/) }),
  ),
  multiRegion: fc.boolean(),
  enableLogging: fc.boolean(),
  managementEvents: switched(
    fc.record(
      {
        readWriteType,
        excludeEventSources: fc.uniqueArray(fc.constantFrom("kms.amazonaws.com", "rdsdata.amazonaws.com")),
      },
      { requiredKeys: [] },
    ),
  ),
  s3DataEvents: switched(recorded),
  lambdaDataEvents: switched(recorded),
  insights: switched(fc.record({ apiCallRate: fc.boolean(), apiErrorRate: fc.boolean() }, { requiredKeys: [] })),
  logBucket: fc.record(
    {
      name: switched(fc.stringMatching(/^[a-z0-9]{3,20}(-[a-z0-9]{1,10}){0,3}$/)),
      prefix: switched(fc.stringMatching(/^[A-Za-z0-9!_.'()-]{1,20}(\/[A-Za-z0-9!_.'()-]{1,20}){0,2}$/)),
      retentionDays: switched(fc.integer({ min: 90, max: 36500 })),
      forceDestroy: fc.boolean(),
    },
    { requiredKeys: [] },
  ),
  tags: fc.dictionary(
    tagText.filter((key) => !/^aws:/i.test(key) && key !== "Own"),
    tagText,
    { maxKeys: 4 },
  ),
};

/** Any audit trail that the schema accepts. */
export const configurations: fc.Arbitrary<AuditTrailProps> = fc
  .record(
    {
      accountId: fc.constant(ACCOUNT_ID),
      accountName: words,
      region: fc.constantFrom("eu-central-1", "us-east-1", "ap-southeast-2", "cn-north-1", "us-gov-west-1"),
      owner: tagText,
      ...optionalInputs,
    },
    { requiredKeys: ["accountId", "accountName", "region", "owner"] },
  )
  .filter(isAllowed) as fc.Arbitrary<AuditTrailProps>;

/** The rules between inputs. */
function isAllowed(props: object): boolean {
  const { managementEvents, s3DataEvents, lambdaDataEvents, insights } = props as AuditTrailProps & {
    readonly managementEvents?: { readonly readWriteType?: string } | null;
    readonly insights?: { readonly apiCallRate?: boolean } | null;
  };
  if (managementEvents === null && s3DataEvents === null && lambdaDataEvents === null) {
    return false;
  }
  if (insights === undefined || insights === null) {
    return true;
  }
  return (
    managementEvents !== null && (managementEvents?.readWriteType !== "ReadOnly" || insights.apiCallRate === false)
  );
}

/** The same configurations in every run. */
export function sampleConfigurations(count: number): readonly AuditTrailProps[] {
  return fc.sample(configurations, { numRuns: count, seed: 20261122 });
}

/** Which inputs are given, null or left out in some configuration: `insights given`, `insights null`. */
export function coverage(sample: readonly AuditTrailProps[]): ReadonlySet<string> {
  const seen = new Set<string>();
  const cover = (path: string, value: unknown, names: readonly string[]): void => {
    for (const name of names) {
      const item = (value as Record<string, unknown>)[name];
      const at = `${path}${name}`;
      seen.add(`${at} ${item === undefined ? "left out" : item === null ? "null" : "given"}`);
      if (typeof item === "boolean") {
        seen.add(`${at} ${item}`);
      }
      if (typeof item === "object" && item !== null && name !== "tags") {
        cover(`${at}.`, item, Object.keys(item));
      }
    }
  };
  for (const props of sample) {
    cover("", props, Object.keys(optionalInputs));
  }
  return seen;
}

/** The names of the inputs that may be left out. */
export const optionalInputNames = Object.keys(optionalInputs);
