import { COMMAND_NAME } from "../output/command-name";
import { bucketArn, deniesWithoutTls, denyInsecureTransport, partitionOf, readStatements } from "../policy";
import type { BucketReading, Presence, Read } from "./bucket-reader";
import type { StateBucketTarget } from "./target";

/** Whether one thing about a bucket is as it should be. */
export interface Finding {
  readonly check: string;
  readonly ok: boolean;
  /** What is there, in words. */
  readonly found: string;
  /** What to change; where there is nothing, null. */
  readonly remedy: string | null;
}

/** What was learnt of a bucket. */
export interface BucketEvidence {
  readonly presence: Presence;
  /** What S3 says of it; undefined where it may not be asked. */
  readonly reading: BucketReading | undefined;
  /** The version of Terraform; undefined where there is none. */
  readonly terraform: { readonly version: string; readonly knowsLockFile: boolean } | undefined;
  /** What became of a lock that was tried; undefined where none was. */
  readonly lock: Read<"once" | "twice"> | undefined;
}

const CLOSED = ["BlockPublicAcls", "IgnorePublicAcls", "BlockPublicPolicy", "RestrictPublicBuckets"];

/** Whether a bucket that somebody made is fit to keep states, and what to change where it is not. */
export function fitness(target: StateBucketTarget, evidence: BucketEvidence): readonly Finding[] {
  const { bucket, accountId } = target;
  const { presence, reading } = evidence;
  if (presence !== "there" || reading === undefined) {
    const inAccount = accountId === undefined ? "" : ` in the account ${accountId}`;
    return [
      presence === "absent"
        ? finding("exists", false, "there is no such bucket", `${COMMAND_NAME} state bootstrap`)
        : finding(
            "exists",
            false,
            `is not${inAccount}, or closed to these credentials`,
            "use credentials of its account that have s3:ListBucket, or another name",
          ),
    ];
  }
  return [
    finding("exists", true, accountId === undefined ? "is there" : `is there, in the account ${accountId}`),
    regionFinding(target, reading.region),
    versioning(bucket, reading.versioning),
    encryption(bucket, reading.encryption),
    publicAccess(bucket, reading.publicAccessBlock),
    ownership(bucket, reading.ownership),
    tls(target, reading.policy),
    lock(target, evidence),
  ];
}

function finding(check: string, ok: boolean, found: string, remedy: string | null = null): Finding {
  return { check, ok, found, remedy: ok ? null : remedy };
}

/** A finding about what was read, or that it could not be read. */
function about<T>(check: string, right: string, read: Read<T>, judge: (value: T) => Finding): Finding {
  return "error" in read
    ? finding(check, false, `could not be read: ${read.error}`, `use credentials that have ${right}`)
    : judge(read.value);
}

function regionFinding({ region }: StateBucketTarget, read: Read<string>): Finding {
  return about("region", "s3:GetBucketLocation", read, (found) =>
    finding("region", found === region, `is ${found}`, `in the configuration: state: { s3: { region: "${found}" } }`),
  );
}

function versioning(bucket: string, read: Read<string>): Finding {
  return about("versioning", "s3:GetBucketVersioning", read, (status) =>
    finding(
      "versioning",
      status === "Enabled",
      `is ${status.toLowerCase()}`,
      `aws s3api put-bucket-versioning --bucket ${bucket} --versioning-configuration Status=Enabled`,
    ),
  );
}

function encryption(bucket: string, read: Read<string>): Finding {
  const rule = { Rules: [{ ApplyServerSideEncryptionByDefault: { SSEAlgorithm: "AES256" } }] };
  return about("encryption", "s3:GetEncryptionConfiguration", read, (algorithm) =>
    finding(
      "encryption",
      algorithm !== "none",
      `is ${algorithm}`,
      `aws s3api put-bucket-encryption --bucket ${bucket} --server-side-encryption-configuration '${JSON.stringify(rule)}'`,
    ),
  );
}

function publicAccess(bucket: string, read: Read<Readonly<Record<string, boolean | undefined>>>): Finding {
  return about("public access block", "s3:GetBucketPublicAccessBlock", read, (block) => {
    const open = CLOSED.filter((each) => block[each] !== true);
    return finding(
      "public access block",
      open.length === 0,
      open.length === 0 ? "is complete" : `lacks ${open.join(", ")}`,
      `aws s3api put-public-access-block --bucket ${bucket} --public-access-block-configuration ` +
        CLOSED.map((each) => `${each}=true`).join(","),
    );
  });
}

function ownership(bucket: string, read: Read<string>): Finding {
  return about("ownership", "s3:GetBucketOwnershipControls", read, (found) =>
    finding(
      "ownership",
      found === "BucketOwnerEnforced",
      `is ${found}`,
      `aws s3api put-bucket-ownership-controls --bucket ${bucket} --ownership-controls ` +
        "'Rules=[{ObjectOwnership=BucketOwnerEnforced}]'",
    ),
  );
}

function tls({ bucket, region }: StateBucketTarget, read: Read<string | null>): Finding {
  return about("TLS only", "s3:GetBucketPolicy", read, (policy) => {
    const [denial] = denyInsecureTransport(bucketArn(partitionOf(region), bucket));
    const resources = [denial.Resource].flat().map(String);
    const ok = readStatements(policy ?? "{}").some((each) => deniesWithoutTls(each, `${denial.Action}`, resources));
    return finding(
      "TLS only",
      ok,
      ok ? "is demanded by the bucket policy" : "is not demanded by the bucket policy",
      `add to the bucket policy: ${JSON.stringify(denial)}`,
    );
  });
}

function lock({ usesLockFile }: StateBucketTarget, { terraform, lock: tried }: BucketEvidence): Finding {
  if (!usesLockFile) {
    return finding("lock", false, "is switched off", "in the configuration: state: { s3: { use_lockfile: true } }");
  }
  if (terraform === undefined) {
    return finding(
      "lock",
      false,
      "needs Terraform 1.10, and there is none on the PATH",
      "install Terraform 1.10 or later",
    );
  }
  if (!terraform.knowsLockFile) {
    const found = `needs Terraform 1.10, and this is ${terraform.version}`;
    return finding("lock", false, found, "install Terraform 1.10 or later");
  }
  const by = `is a lock file, which Terraform ${terraform.version} knows`;
  if (tried === undefined) {
    return finding("lock", true, `${by}; it was not tried (--try-lock)`);
  }
  return about("lock", "s3:PutObject and s3:DeleteObject on keys that end with .tflock", tried, (taken) =>
    finding(
      "lock",
      taken === "once",
      taken === "once" ? `${by}; tried: taken once, refused once, given back` : "was taken by two at once",
      "this storage does not take conditional writes (If-None-Match): keep the states elsewhere",
    ),
  );
}
