import type { Exception } from "../exceptions";
import type { FailedCheck, Scan } from "./checkov";

/** What is wrong with a scan. Everything empty and false where nothing is. */
export interface Judgement {
  readonly nothingPassed: boolean;
  readonly parsingErrors: number;
  readonly skipped: number;
  /** Types of resources that checkov did not look at. */
  readonly unseen: readonly string[];
  /** Checks that failed, and are not excepted. */
  readonly unlisted: readonly FailedCheck[];
  /** Exceptions of checks that did not fail. */
  readonly unneeded: readonly Exception[];
}

/** The judgement of a scan that found nothing but what is excepted. */
export const IN_ORDER: Judgement = {
  nothingPassed: false,
  parsingErrors: 0,
  skipped: 0,
  unseen: [],
  unlisted: [],
  unneeded: [],
};

/** Judges a scan of resources of these types. A scan that saw nothing is no success. */
export function judge(scan: Scan, types: Iterable<string>, exceptions: readonly Exception[]): Judgement {
  const isSame = (one: FailedCheck, other: FailedCheck): boolean =>
    one.check === other.check && one.resource === other.resource;
  return {
    nothingPassed: scan.passed === 0,
    parsingErrors: scan.parsingErrors,
    skipped: scan.skipped,
    unseen: [...types].filter((type) => !scan.types.has(type)),
    unlisted: scan.failed.filter((failed) => !exceptions.some((exception) => isSame(exception, failed))),
    unneeded: exceptions.filter((exception) => !scan.failed.some((failed) => isSame(exception, failed))),
  };
}
