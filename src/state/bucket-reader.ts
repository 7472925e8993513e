import { randomBytes } from "node:crypto";
import { StateProblem } from "./problem";
import { messageOfS3Error, S3Connection, s3Sdk, statusOfS3Error } from "./s3";
import type { StateBucketTarget } from "./target";

/** What was read of a bucket, or why it could not be. */
export type Read<T> = { readonly value: T } | { readonly error: string };

/** What there is of a bucket: `closed` is one that these credentials may not look at, as that of another account. */
export type Presence = "there" | "absent" | "closed";

/** What S3 says of a bucket. */
export interface BucketReading {
  readonly region: Read<string>;
  readonly versioning: Read<string>;
  /** The algorithm with which S3 encrypts what asks for none. */
  readonly encryption: Read<string>;
  readonly publicAccessBlock: Read<Readonly<Record<string, boolean | undefined>>>;
  readonly ownership: Read<string>;
  readonly policy: Read<string | null>;
}

/** Reads buckets, with the credentials that the AWS SDK finds where Terraform does. */
export class BucketReader {
  private readonly connection: S3Connection;

  constructor(private readonly target: Pick<StateBucketTarget, "bucket" | "region" | "provider" | "accountId">) {
    if (target.provider.role_arn !== null) {
      throw new StateProblem(
        `state.s3.role_arn: this command assumes no role itself; give it credentials of ${target.provider.role_arn} by a ` +
          "profile of the AWS configuration that assumes it, as state.s3.profile",
      );
    }
    const { region, provider } = target;
    const profile = provider.profile === null ? {} : { profile: provider.profile };
    this.connection = new S3Connection({ region, followRegionRedirects: true, ...profile });
  }

  async presence(): Promise<Presence> {
    const { HeadBucketCommand } = await s3Sdk();
    try {
      await (await this.connection.client()).send(new HeadBucketCommand(this.owned()));
      return "there";
    } catch (error) {
      switch (statusOfS3Error(error)) {
        case 404:
          return "absent";
        case 403:
        case 301:
          return "closed";
        default:
          throw unreachable(error);
      }
    }
  }

  /** An object as text; undefined where there is none. */
  async object(key: string): Promise<string | undefined> {
    const { GetObjectCommand } = await s3Sdk();
    try {
      const { Body } = await (await this.connection.client()).send(new GetObjectCommand({ ...this.owned(), Key: key }));
      return await Body?.transformToString();
    } catch (error) {
      if (statusOfS3Error(error) === 404) {
        return undefined;
      }
      throw statusOfS3Error(error) === 403
        ? new StateProblem(
            `the state ${key} in the bucket ${this.target.bucket} may not be read: ${messageOfS3Error(error)}`,
          )
        : unreachable(error);
    }
  }

  async read(): Promise<BucketReading> {
    const s3 = await this.connection.client();
    const of = this.owned();
    const {
      GetBucketEncryptionCommand,
      GetBucketLocationCommand,
      GetBucketOwnershipControlsCommand,
      GetBucketPolicyCommand,
      GetBucketVersioningCommand,
      GetPublicAccessBlockCommand,
    } = await s3Sdk();
    return {
      region: await tried(async () => regionOf((await s3.send(new GetBucketLocationCommand(of))).LocationConstraint)),
      versioning: await tried(
        async () => (await s3.send(new GetBucketVersioningCommand(of))).Status ?? "never enabled",
      ),
      encryption: await tried(async () => {
        const { ServerSideEncryptionConfiguration: found } = await s3.send(new GetBucketEncryptionCommand(of));
        return found?.Rules?.[0]?.ApplyServerSideEncryptionByDefault?.SSEAlgorithm ?? "none";
      }, ["ServerSideEncryptionConfigurationNotFoundError", "none"]),
      publicAccessBlock: await tried(
        async () => ({ ...(await s3.send(new GetPublicAccessBlockCommand(of))).PublicAccessBlockConfiguration }),
        ["NoSuchPublicAccessBlockConfiguration", {}],
      ),
      ownership: await tried(async () => {
        const { OwnershipControls: found } = await s3.send(new GetBucketOwnershipControlsCommand(of));
        return found?.Rules?.[0]?.ObjectOwnership ?? "none";
      }, ["OwnershipControlsNotFoundError", "none"]),
      policy: await tried<string | null>(
        async () => (await s3.send(new GetBucketPolicyCommand(of))).Policy ?? null,
        ["NoSuchBucketPolicy", null],
      ),
    };
  }

  /**
   * Takes a lock as Terraform does, finds that nobody else can take it, and gives it back. The lock is none that Terraform
   * uses, nor anybody else who tries one.
   *
   * @returns how often it could be taken: `once` or `twice`
   */
  async tryLock(): Promise<Read<"once" | "twice">> {
    const { DeleteObjectCommand, PutObjectCommand } = await s3Sdk();
    const s3 = await this.connection.client();
    const lock = { ...this.owned(), Key: `audit-trail/state-check-${randomBytes(6).toString("hex")}.tflock` };
    const take = () => s3.send(new PutObjectCommand({ ...lock, Body: "{}", IfNoneMatch: "*" }));
    const taken = await tried<"once" | "twice">(async () => {
      await take();
      return take().then(
        () => "twice",
        (error) => (isTaken(error) ? "once" : Promise.reject(error)),
      );
    });
    // Also where it seems not to have been taken: the answer may have been lost.
    const givenBack = await tried(() => s3.send(new DeleteObjectCommand(lock)));
    return "value" in taken && "error" in givenBack ? givenBack : taken;
  }

  close(): void {
    this.connection.close();
  }

  /** The bucket; S3 refuses where it belongs to another account. */
  private owned(): { readonly Bucket: string; readonly ExpectedBucketOwner?: string } {
    const { bucket, accountId } = this.target;
    return { Bucket: bucket, ...(accountId === undefined ? {} : { ExpectedBucketOwner: accountId }) };
  }
}

/** S3 says nothing of the region in which it began, and of the second one what it was called at first. */
export function regionOf(constraint: string | undefined): string {
  return constraint === "EU" ? "eu-west-1" : constraint || "us-east-1";
}

/** S3 has an object there already, or somebody else is about to put one. */
function isTaken(error: unknown): boolean {
  const status = statusOfS3Error(error);
  return status === 412 || status === 409;
}

/** S3 was not reached, or not with credentials that it knows. */
function unreachable(error: unknown): StateProblem {
  return new StateProblem(`S3 cannot be asked: ${messageOfS3Error(error)}`);
}

async function tried<T>(read: () => Promise<T>, absent?: readonly [name: string, value: T]): Promise<Read<T>> {
  try {
    return { value: await read() };
  } catch (error) {
    return absent !== undefined && (error as Error).name === absent[0]
      ? { value: absent[1] }
      : { error: messageOfS3Error(error) };
  }
}
