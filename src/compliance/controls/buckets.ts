import { allows, principalsOf, type ReadStatement, rootMfaDeviceArn } from "../../policy";
import { blocks, listed, type Resource, type Stack } from "../../stacks/stack";
import { inCis, inSecurityHub } from "../frameworks";
import { bucketStatements, bucketsDenyHttp, bucketsHavePolicies, bucketsOf, lifecycleRules } from "../rules/buckets";
import type { Finding } from "../rules/rule";
import { trailOf } from "../rules/trail";
import { type Judgement, judged, manual, notApplicable, notSatisfied, satisfied } from "../verdict";
import { ALWAYS, BY_HAND, type Control, LOOKED_UP, NOTHING } from "./control";
import { costOf } from "./costs";

const BUCKET_TESTS = "__tests__/components/log-bucket/log-bucket.test.ts";
const CLOSED = "it is versioned, encrypted, closed to the public, and without ACLs";
const LOG_BUCKET = "aws_s3_bucket.log_bucket";
const ACCESS_LOG_BUCKET = "aws_s3_bucket.access_log_bucket";

/** The name of the log bucket, be it made or there already. */
function logBucketName(stack: Stack): string {
  const bucket = stack.at(LOG_BUCKET)?.arguments.bucket ?? trailOf(stack)?.arguments.s3_bucket_name;
  return stack.text(bucket) ?? stack.output("log_bucket_name") ?? "";
}

/**
 * What is said of the buckets that are made; of a log bucket that is there already, where to look.
 *
 * @param look the command of `aws s3api`
 */
function ofBuckets(stack: Stack, look: string, findings: readonly Finding[], why: string): Judgement {
  const isMade = stack.at(LOG_BUCKET) !== undefined;
  return isMade || findings.length > 0
    ? judged(findings, why)
    : manual("The log bucket is there already: what it is like, AWS knows.", s3api(stack, look));
}

function s3api(stack: Stack, command: string): string {
  return `aws s3api ${command} --bucket ${logBucketName(stack)} --region ${stack.region}`;
}

/** Of each bucket that is made, what is wrong with it. */
function findingsOf(stack: Stack, message: string, isRight: (bucket: Resource) => boolean): readonly Finding[] {
  return bucketsOf(stack)
    .filter((bucket) => !isRight(bucket))
    .map(({ address }) => ({ resource: address, message }));
}

/** Whether a bucket has a resource of a type that says some things. */
function hasPart(
  stack: Stack,
  bucket: Resource,
  type: string,
  isRight: (given: Readonly<Record<string, unknown>>) => boolean,
): boolean {
  return stack.belongingTo(bucket, type, "bucket").some((part) => isRight(part.arguments));
}

const BLOCKS = ["block_public_acls", "block_public_policy", "ignore_public_acls", "restrict_public_buckets"];

function openings(stack: Stack): readonly Finding[] {
  return findingsOf(stack, "lets the public in", (bucket) =>
    hasPart(stack, bucket, "aws_s3_bucket_public_access_block", (given) =>
      BLOCKS.every((block) => given[block] === true),
    ),
  );
}

function algorithmsOf(stack: Stack, bucket: Resource): readonly unknown[] {
  return stack
    .belongingTo(bucket, "aws_s3_bucket_server_side_encryption_configuration", "bucket")
    .flatMap((encryption) => blocks(encryption.arguments.rule))
    .flatMap((rule) => blocks(rule.apply_server_side_encryption_by_default))
    .map(({ sse_algorithm: algorithm }) => algorithm);
}

/** What Security Hub does not want other accounts to be allowed. */
const SENSITIVE = [
  "s3:DeleteBucketPolicy",
  "s3:PutBucketAcl",
  "s3:PutBucketPolicy",
  "s3:PutEncryptionConfiguration",
  "s3:PutObjectAcl",
];

/** Whether a statement allows principals of other accounts one of the sensitive actions. */
function opensToOthers(stack: Stack, statement: ReadStatement): boolean {
  const others = principalsOf(statement, "AWS").filter((each) => !String(each).includes(`:${stack.accountId}:`));
  return (
    allows(statement) &&
    (others.length > 0 || statement.NotPrincipal !== undefined) &&
    SENSITIVE.some((action) => isAbout(statement, action))
  );
}

/** Whether a statement is about an action. */
function isAbout({ Action, NotAction }: ReadStatement, action: string): boolean {
  const isIn = (patterns: unknown): boolean => listed(patterns).some((each) => covers(String(each), action));
  return NotAction === undefined ? isIn(Action) : !isIn(NotAction);
}

/** Whether an action of a policy, which may have asterisks, is about one of S3. */
function covers(pattern: string, action: string): boolean {
  const source = pattern.split("*").map((part) => part.replace(/[^\w:]/g, "\\$&"));
  return new RegExp(`^${source.join(".*")}$`, "i").test(action);
}

/** What is wanted of S3 buckets. */
export const bucketControls: readonly Control[] = [
  {
    id: "buckets_not_public",
    title: "The log bucket can be neither read nor written by the public",
    numbers: { ...inCis("3.3", null, null, null), ...inSecurityHub("CloudTrail.6", "S3.2", "S3.3") },
    resource: "aws_s3_bucket_public_access_block",
    setting: ALWAYS,
    cost: NOTHING,
    provedBy: { file: BUCKET_TESTS, test: CLOSED },
    judge: (stack) =>
      ofBuckets(
        stack,
        "get-bucket-policy-status",
        [...openings(stack), ...bucketsHavePolicies.findings(stack)],
        "Every bucket that is made blocks the public.",
      ),
  },
  {
    id: "buckets_block_public_access",
    title: "Every bucket has all four blocks of public access",
    numbers: { ...inCis("2.1.5", "2.1.4", "2.1.4", "3.1.4"), ...inSecurityHub("S3.8") },
    resource: "aws_s3_bucket_public_access_block",
    setting: ALWAYS,
    cost: NOTHING,
    provedBy: { file: BUCKET_TESTS, test: CLOSED },
    judge: (stack) =>
      ofBuckets(stack, "get-public-access-block", openings(stack), "All four are on for every bucket that is made."),
  },
  {
    id: "account_blocks_public_access",
    title: "The account blocks public access of S3 as a whole",
    numbers: inSecurityHub("S3.1"),
    resource: "aws_s3_account_public_access_block",
    setting: "outside of a trail: a choice about every bucket of the account",
    cost: NOTHING,
    provedBy: LOOKED_UP,
    judge: (stack) =>
      manual(
        "Security Hub looks at the account, the trail closes its own buckets alone.",
        `aws s3control get-public-access-block --account-id ${stack.accountId} --region ${stack.region}`,
      ),
  },
  {
    id: "buckets_access_logged",
    title: "Server access logs say who reads the logs",
    numbers: { ...inCis("3.6", "3.4", "3.4", "4.4"), ...inSecurityHub("CloudTrail.7", "S3.9") },
    resource: "aws_s3_bucket_logging",
    setting: "`log_bucket: { access_logs: {} }`",
    cost: costOf("access logs"),
    provedBy: {
      file: BUCKET_TESTS,
      test: "access logs go to a bucket of their own, which is named after the log bucket, under the name of the log bucket",
    },
    judge: (stack) =>
      ofBuckets(
        stack,
        "get-bucket-logging",
        findingsOf(
          stack,
          "has no access logs",
          (bucket) =>
            bucket.address === ACCESS_LOG_BUCKET || hasPart(stack, bucket, "aws_s3_bucket_logging", () => true),
        ),
        exceptAccessLogs(stack, "The log bucket has access logs.", "would log itself without end"),
      ),
  },
  {
    id: "buckets_deny_http",
    title: "Buckets deny everything that comes without TLS",
    numbers: { ...inCis("2.1.2", "2.1.1", "2.1.1", "3.1.1"), ...inSecurityHub("S3.5") },
    resource: "aws_s3_bucket_policy",
    setting: ALWAYS,
    cost: NOTHING,
    provedBy: {
      file: "__tests__/components/log-bucket-policy/decisions.test.ts",
      test: "every statement of any layout has its mistakes in one",
    },
    judge: (stack) =>
      ofBuckets(
        stack,
        "get-bucket-policy",
        bucketsDenyHttp.findings(stack),
        "The policy of every bucket that is made denies it to everybody.",
      ),
  },
  {
    id: "buckets_need_mfa_to_delete",
    title: "Versions of logs are deleted with MFA alone",
    numbers: { ...inCis("2.1.3", "2.1.2", "2.1.2", "3.1.2"), ...inSecurityHub("S3.20") },
    resource: "aws_s3_bucket_versioning",
    setting: "by hand, by the root user with an MFA device",
    cost: NOTHING,
    provedBy: BY_HAND,
    judge: (stack) =>
      manual(
        "Terraform cannot do it: it takes the root user and a code of the MFA device. S3 wants a bucket to have no " +
          "lifecycle configuration then, by which logs expire and move here: it is one or the other.",
        `aws s3api put-bucket-versioning --bucket ${logBucketName(stack)} --region ${stack.region} ` +
          "--versioning-configuration Status=Enabled,MFADelete=Enabled " +
          `--mfa "${rootMfaDeviceArn(stack.partition, stack.accountId)} CODE"`,
      ),
  },
  {
    id: "buckets_encrypted",
    title: "Buckets encrypt what is put into them",
    numbers: inCis("2.1.1", null, null, null),
    resource: "aws_s3_bucket_server_side_encryption_configuration",
    setting: ALWAYS,
    cost: NOTHING,
    provedBy: { file: BUCKET_TESTS, test: CLOSED },
    judge: (stack) =>
      ofBuckets(
        stack,
        "get-bucket-encryption",
        findingsOf(stack, "does not encrypt", (bucket) => algorithmsOf(stack, bucket).length > 0),
        "Every bucket that is made encrypts.",
      ),
  },
  {
    id: "buckets_encrypted_with_key",
    title: "The log bucket encrypts with a KMS key",
    numbers: inSecurityHub("S3.17"),
    resource: "aws_s3_bucket_server_side_encryption_configuration",
    setting: "`encryption: {}`",
    cost: costOf("encryption key"),
    provedBy: { file: BUCKET_TESTS, test: "encryption with a key has a bucket key, which saves requests" },
    judge: (stack) =>
      ofBuckets(
        stack,
        "get-bucket-encryption",
        findingsOf(
          stack,
          "has no key: S3 encrypts",
          (bucket) => bucket.address === ACCESS_LOG_BUCKET || algorithmsOf(stack, bucket).includes("aws:kms"),
        ),
        exceptAccessLogs(
          stack,
          "The log bucket encrypts with a key.",
          "takes deliveries with S3's own encryption alone",
        ),
      ),
  },
  {
    id: "buckets_closed_to_other_accounts",
    title: "No bucket policy gives other accounts rights by which they could open the bucket",
    numbers: inSecurityHub("S3.6"),
    resource: "aws_s3_bucket_policy",
    setting: "always, unless `log_bucket.additional_policy` does",
    cost: NOTHING,
    provedBy: {
      file: "__tests__/components/log-bucket-policy/log-bucket-policy.test.ts",
      test: "the policy of a log bucket for one account is what AWS documents, and three denials",
    },
    judge: (stack) =>
      ofBuckets(
        stack,
        "get-bucket-policy",
        findingsOf(
          stack,
          "lets another account change who may use it",
          (bucket) => !bucketStatements(stack, bucket).some((each) => opensToOthers(stack, each)),
        ),
        "No policy of a bucket that is made allows another account such a thing.",
      ),
  },
  {
    id: "buckets_replicated",
    title: "Logs are replicated to another region",
    numbers: inSecurityHub("S3.7"),
    resource: "aws_s3_bucket_replication_configuration",
    setting: "by hand: there is no input for a copy yet",
    cost: "storage of every log a second time, requests, and transfer between regions",
    provedBy: LOOKED_UP,
    judge: (stack) =>
      stack.of("aws_s3_bucket_replication_configuration").length > 0
        ? satisfied("The log bucket is replicated.")
        : manual(
            "A copy in another region needs a bucket there and a role, which are outside of a trail.",
            s3api(stack, "get-bucket-replication"),
          ),
  },
  {
    id: "buckets_have_lifecycle",
    title: "Buckets have a lifecycle",
    numbers: inSecurityHub("S3.10", "S3.13"),
    resource: "aws_s3_bucket_lifecycle_configuration",
    setting: "always; `log_bucket.retention_days`",
    cost: NOTHING,
    provedBy: {
      file: BUCKET_TESTS,
      test: "the lifecycle of logs is for ever by default; only uploads that were never completed are removed",
    },
    judge: (stack) =>
      ofBuckets(
        stack,
        "get-bucket-lifecycle-configuration",
        findingsOf(stack, "has no lifecycle", (bucket) => lifecycleRules(stack, bucket).length > 0),
        "Every bucket that is made has rules for what is old.",
      ),
  },
  {
    id: "buckets_notify",
    title: "The log bucket tells of new objects",
    numbers: inSecurityHub("S3.11"),
    resource: "aws_s3_bucket_notification",
    setting: "`log_bucket: { event_notifications: true }`; alarms on silence turn it on, too",
    cost: costOf("events of the log bucket"),
    provedBy: {
      file: "__tests__/audit-trail/alarms.test.ts",
      test: "the delivery of logs is told where that is asked for, without alarms, too",
    },
    judge: (stack) =>
      ofBuckets(
        stack,
        "get-bucket-notification-configuration",
        findingsOf(
          stack,
          "tells nobody of new objects",
          (bucket) =>
            bucket.address === ACCESS_LOG_BUCKET || hasPart(stack, bucket, "aws_s3_bucket_notification", () => true),
        ),
        exceptAccessLogs(stack, "The log bucket tells EventBridge.", "has nobody who waits for access logs"),
      ),
  },
  {
    id: "buckets_without_acls",
    title: "ACLs are off",
    numbers: inSecurityHub("S3.12"),
    resource: "aws_s3_bucket_ownership_controls",
    setting: ALWAYS,
    cost: NOTHING,
    provedBy: { file: BUCKET_TESTS, test: CLOSED },
    judge: (stack) =>
      ofBuckets(
        stack,
        "get-bucket-ownership-controls",
        findingsOf(stack, "has ACLs", (bucket) =>
          hasPart(stack, bucket, "aws_s3_bucket_ownership_controls", ({ rule }) =>
            blocks(rule).some(({ object_ownership: ownership }) => ownership === "BucketOwnerEnforced"),
          ),
        ),
        "Everything in a bucket that is made is its owner's.",
      ),
  },
  {
    id: "buckets_versioned",
    title: "Buckets keep every version",
    numbers: inSecurityHub("S3.14"),
    resource: "aws_s3_bucket_versioning",
    setting: ALWAYS,
    cost: NOTHING,
    provedBy: { file: BUCKET_TESTS, test: CLOSED },
    judge: (stack) =>
      ofBuckets(
        stack,
        "get-bucket-versioning",
        findingsOf(stack, "keeps no versions", (bucket) =>
          hasPart(stack, bucket, "aws_s3_bucket_versioning", ({ versioning_configuration: versioning }) =>
            blocks(versioning).some(({ status }) => status === "Enabled"),
          ),
        ),
        "Every bucket that is made is versioned.",
      ),
  },
  {
    id: "buckets_locked",
    title: "Logs are under Object Lock",
    numbers: inSecurityHub("S3.15"),
    resource: "aws_s3_bucket_object_lock_configuration",
    setting: "by hand: there is no input for a lock yet",
    cost: "storage of logs that nobody can delete before their time",
    provedBy: BY_HAND,
    judge: (stack) =>
      stack.of("aws_s3_bucket_object_lock_configuration").length > 0
        ? satisfied("The log bucket has a lock.")
        : manual(
            "A lock can be put on the bucket at any time. For so many days nobody deletes a log but who has " +
              "s3:BypassGovernanceRetention; with COMPLIANCE in place of GOVERNANCE, nobody at all.",
            `${s3api(stack, "put-object-lock-configuration")} --object-lock-configuration ` +
              '\'{"ObjectLockEnabled":"Enabled","Rule":{"DefaultRetention":{"Mode":"GOVERNANCE","Days":DAYS}}}\'',
          ),
  },
  {
    id: "access_points_block_public_access",
    title: "Access points have all four blocks of public access",
    numbers: inSecurityHub("S3.19"),
    resource: "aws_s3_access_point",
    setting: "no access point is made",
    cost: NOTHING,
    provedBy: { file: BUCKET_TESTS, test: "a log bucket is these resources" },
    judge: (stack) =>
      stack.of("aws_s3_access_point").length === 0
        ? notApplicable("No access point is made.")
        : notSatisfied("There are access points, at which nobody has looked."),
  },
];

/** What holds of the log bucket, and why it does not of the bucket for its access logs. */
function exceptAccessLogs(stack: Stack, why: string, reason: string): string {
  return stack.at(ACCESS_LOG_BUCKET) === undefined ? why : `${why} ${ACCESS_LOG_BUCKET} is excepted: it ${reason}.`;
}
