import { EXAMPLE_ADDRESS } from "../components/alarm-topics/inputs";
import type { Literal } from "../values";

/** A set of choices with a name: a place to begin. */
export interface Profile {
  /** What it is for, in a sentence. */
  readonly description: string;
  /** The inputs of the audit trail that it chooses, by Terraform's names. All others are as by default. */
  readonly inputs: Readonly<Record<string, Literal>>;
  /** Whether Terraform refuses to destroy buckets with logs and the key that encrypts them. */
  readonly preventDestroy: boolean;
}

/** Seven years, the longest that common rules ask for, with the leap days in them. */
const SEVEN_YEARS = 2557;

/**
 * The profiles.
 *
 * `cis` chooses what the CIS AWS Foundations Benchmark wants of a trail: all regions, all management events and data
 * events of S3, log-file validation (by default), a KMS key with rotation, CloudWatch Logs, access logs, and alarms that
 * somebody is told of.
 */
export const profiles = {
  essential: {
    description: "Everything is recorded, and nothing costs but S3 and the events themselves.",
    inputs: {},
    preventDestroy: false,
  },
  cis: {
    description:
      "The hardened trail that passes the CIS AWS Foundations Benchmark: encrypted with a KMS key, in CloudWatch Logs for " +
      "a year, with alarms, with access logs, kept for seven years and protected from destruction.",
    inputs: {
      encryption: {},
      cloudwatch_logs: {},
      alarms: { subscriptions: { security: { protocol: "email", endpoint: EXAMPLE_ADDRESS } } },
      log_bucket: { retention_days: SEVEN_YEARS, access_logs: {} },
    },
    preventDestroy: true,
  },
} as const satisfies Readonly<Record<string, Profile>>;

/** The name of a profile. */
export type ProfileName = keyof typeof profiles;
