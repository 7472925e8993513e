import { isGiven } from "../inputs";
import { noteWhen } from "./note";

/** What the notes on the log bucket look at, by Terraform's names. */
export interface LogBucketChoices {
  readonly log_bucket?: {
    readonly transitions?: readonly { readonly storage_class: string }[];
    readonly transition_default_minimum_object_size?: string;
    readonly force_destroy?: boolean;
    readonly additional_policy?: string | null;
    readonly deny_tampering?: { readonly except: readonly string[] } | null;
    readonly access_logs?: { readonly force_destroy?: boolean; readonly existing_bucket?: object | null } | null;
    readonly existing_bucket?: { readonly access_log_path?: string | null } | null;
  };
}

/** A statement of a policy that was given as JSON: whatever stands there. */
interface GivenStatement {
  readonly Effect?: unknown;
  readonly Principal?: unknown;
  readonly NotPrincipal?: unknown;
  readonly Condition?: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
}

/** Storage classes out of which a log has to be restored before anybody can read it. */
const OFFLINE = ["GLACIER", "DEEP_ARCHIVE"];

/** A pattern of ARNs that leaves out nobody. */
const EVERY_ROLE = /:(role|user)\/\*+$/;

/** How operators of conditions begin that let in only what they name. */
const NAMING = /^(ForAnyValue:)?(Arn(Equals|Like)|String(Equals|Like|EqualsIgnoreCase)|IpAddress)$/;

/**
 * Keys by which a statement about everybody is about somebody who is named, so that S3 does not take it as public.
 *
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-control-block-public-access.html
 */
const NAMED_BY = [
  ...["aws:sourceip", "aws:sourcearn", "aws:sourcevpc", "aws:sourcevpce", "aws:sourceowner", "aws:sourceaccount"],
  ...["aws:principalarn", "aws:principalaccount", "aws:principalorgid", "aws:userid"],
  ...["s3:x-amz-server-side-encryption-aws-kms-key-id", "s3:dataaccesspointarn", "s3:dataaccesspointaccount"],
];

/** What somebody who reviews an audit trail would ask about its bucket: by what logs can go, or be no evidence. */
export function logBucketNotes({ log_bucket: bucket = {} }: LogBucketChoices): readonly string[] {
  const { transitions = [], additional_policy: policy, access_logs: accessLogs, existing_bucket: existing } = bucket;
  return [
    ...noteWhen(
      transitions.some(({ storage_class: each }) => OFFLINE.includes(each)),
      "log_bucket.transitions move logs to where they have to be restored before anybody, or Athena, can read them",
    ),
    ...noteWhen(
      transitions.length > 0 && !movesSmallLogs(bucket),
      "log_bucket.transitions leave logs under 128 KB where they are, and most are smaller: to GLACIER and DEEP_ARCHIVE " +
        "alone S3 moves those, too",
    ),
    ...noteWhen(
      bucket.force_destroy === true,
      "log_bucket.force_destroy is true: terraform destroy deletes all logs, and every version of them",
    ),
    ...noteWhen(
      accessLogs?.force_destroy === true,
      "log_bucket.access_logs.force_destroy is true: terraform destroy deletes all access logs",
    ),
    ...noteWhen(
      bucket.deny_tampering?.except.some((each) => EVERY_ROLE.test(each)) === true,
      "log_bucket.deny_tampering.except stands for every role, or every user, of an account: it denies them nothing",
    ),
    ...noteWhen(
      isGiven(policy) && statementsOf(policy as string).some(isPublic),
      "log_bucket.additional_policy allows everybody something: with public access blocked, as it is on the log bucket, S3 " +
        "refuses such a policy when it is applied",
    ),
    ...noteWhen(isGiven(accessLogs?.existing_bucket), forgeable("log_bucket.access_logs.existing_bucket")),
    ...noteWhen(isGiven(existing?.access_log_path), forgeable("log_bucket.existing_bucket.access_log_path")),
  ];
}

/**
 * Whether a transition moves logs of every size.
 *
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/lifecycle-transition-general-considerations.html
 */
function movesSmallLogs({
  transitions = [],
  transition_default_minimum_object_size: minimum,
}: NonNullable<LogBucketChoices["log_bucket"]>): boolean {
  return (
    minimum !== "all_storage_classes_128K" && transitions.some(({ storage_class: each }) => OFFLINE.includes(each))
  );
}

/** Whose policy is not made here may let people write what nobody records. */
function forgeable(path: string): string {
  return (
    `${path}: the trail does not record what is put there, so that the policy of that bucket has to deny it to everybody ` +
    "but AWS services, or somebody inside could forge access logs unseen"
  );
}

function statementsOf(policy: string): readonly GivenStatement[] {
  return listed((JSON.parse(policy) as { readonly Statement: unknown }).Statement) as readonly GivenStatement[];
}

/** Whether S3 takes a statement as public: it allows something to everybody, and no condition says to whom. */
function isPublic({ Effect, Principal, NotPrincipal, Condition = {} }: GivenStatement): boolean {
  const principals =
    typeof Principal === "object" && Principal !== null ? Object.values(Principal).flatMap(listed) : listed(Principal);
  const isNamed = Object.entries(Condition).some(
    ([operator, tests]) =>
      NAMING.test(operator) &&
      Object.entries(tests).some(
        ([key, values]) => NAMED_BY.includes(key.toLowerCase()) && listed(values).every(isFixed),
      ),
  );
  return Effect === "Allow" && (principals.includes("*") || NotPrincipal !== undefined) && !isNamed;
}

/** Whether a value of a condition is that alone: no wildcard, no variable, not every address. */
function isFixed(value: unknown): boolean {
  return !/[*?]|\$\{|\/0$/.test(String(value));
}

function listed(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [value];
}
