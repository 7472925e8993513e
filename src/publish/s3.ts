import { messageOfS3Error, regionOfS3Error, S3Connection, s3Sdk, statusOfS3Error } from "../state";
import { type ArchivedFiles, LARGEST_ARCHIVE, unpack } from "./archive";
import type { ArchiveLayout } from "./archive-layout";
import { PublishProblem } from "./problem";
import type { PackedRelease, Published, Target, TargetStep } from "./release";
import type { SemanticVersion } from "./semantic-version";

/** Where archives lie in S3. */
export interface S3Options {
  readonly bucket: string;
  readonly region: string;
  /** What stands before the keys, without slashes around it; empty for nothing. */
  readonly prefix: string;
  readonly layout: ArchiveLayout;
  /** Says what is to be known on the way. */
  tell(line: string): void;
}

/** A bucket with archives, for Terraform itself or for a registry. Credentials are those that the AWS SDK finds. */
export class S3Target implements Target {
  readonly kind = "s3";
  private readonly connection: S3Connection;

  constructor(private readonly options: S3Options) {
    // Redirects to another region are not followed: callers would be told the wrong one.
    this.connection = new S3Connection({ region: options.region });
  }

  get place(): string {
    return `s3://${this.options.bucket}/${this.keyOf(this.options.layout.folder)}`;
  }

  /** @see https://developer.hashicorp.com/terraform/language/modules/sources#s3-bucket */
  callOf(version: string): readonly string[] {
    const { bucket, region, layout } = this.options;
    const suffix = region.startsWith("cn-") ? "amazonaws.com.cn" : "amazonaws.com";
    return [`source = "s3::https://s3.${region}.${suffix}/${bucket}/${this.keyOf(layout.pathOf(version))}"`];
  }

  async look(): Promise<Published> {
    const { ListObjectsV2Command } = await s3Sdk();
    const { bucket, layout } = this.options;
    const folder = `${this.keyOf(layout.folder)}/`;
    const names: string[] = [];
    let next: string | undefined;
    do {
      const page = await this.tried("list", async () =>
        (await this.connection.client()).send(
          new ListObjectsV2Command({
            Bucket: bucket,
            Prefix: folder,
            ...(next === undefined ? {} : { ContinuationToken: next }),
          }),
        ),
      );
      names.push(...(page.Contents ?? []).flatMap(({ Key }) => (Key === undefined ? [] : [Key.slice(folder.length)])));
      next = page.NextContinuationToken;
    } while (next !== undefined);
    return { versions: layout.versionsIn(names) };
  }

  async read(version: SemanticVersion): Promise<ArchivedFiles> {
    const { GetObjectCommand } = await s3Sdk();
    const key = this.keyOf(this.options.layout.pathOf(version.text));
    const bytes = await this.tried(`read ${key}`, async () => {
      const { Body, ContentLength = 0 } = await (await this.connection.client()).send(
        new GetObjectCommand({ Bucket: this.options.bucket, Key: key }),
      );
      if (ContentLength > LARGEST_ARCHIVE) {
        throw new Error(`it has more than ${LARGEST_ARCHIVE} bytes, which no module has`);
      }
      return Buffer.from((await Body?.transformToByteArray()) ?? []);
    });
    return unpack(bytes, `s3://${this.options.bucket}/${key}`);
  }

  /** Puts the archive, unless there is one. S3 has an object whole, or not at all. */
  async put(release: PackedRelease): Promise<void> {
    const key = this.keyOf(this.options.layout.pathOf(release.version.text));
    const taken = new PublishProblem(
      `s3://${this.options.bucket}/${key}: was published by somebody else at the same time; that one stays`,
    );
    try {
      await this.send(key, release, "*");
    } catch (error) {
      switch (statusOfS3Error(error)) {
        case 412:
        case 409:
          throw taken;
        case 501:
          this.options.tell(
            "this server knows no If-None-Match: it is only looked whether the version is there. Let nobody else publish now.",
          );
          if (await this.isThere(key)) {
            throw taken;
          }
          await this.tried(`write ${key}`, () => this.send(key, release));
          break;
        default:
          throw this.problem(`write ${key}`, error);
      }
    }
  }

  close(): void {
    this.connection.close();
  }

  private async send(key: string, { archive }: PackedRelease, ifNoneMatch?: "*"): Promise<void> {
    const { PutObjectCommand } = await s3Sdk();
    await (await this.connection.client()).send(
      new PutObjectCommand({
        Bucket: this.options.bucket,
        Key: key,
        Body: archive,
        ContentType: "application/gzip",
        ...(ifNoneMatch === undefined ? {} : { IfNoneMatch: ifNoneMatch }),
      }),
    );
  }

  private async isThere(key: string): Promise<boolean> {
    const { HeadObjectCommand } = await s3Sdk();
    try {
      await (await this.connection.client()).send(new HeadObjectCommand({ Bucket: this.options.bucket, Key: key }));
      return true;
    } catch (error) {
      if (statusOfS3Error(error) === 404) {
        return false;
      }
      throw this.problem(`look for ${key}`, error);
    }
  }

  private keyOf(path: string): string {
    return this.options.prefix === "" ? path : `${this.options.prefix}/${path}`;
  }

  private async tried<T>(what: string, ask: () => Promise<T>): Promise<T> {
    try {
      return await ask();
    } catch (error) {
      throw this.problem(what, error);
    }
  }

  private problem(what: string, error: unknown): PublishProblem {
    const { bucket, region } = this.options;
    const actual = regionOfS3Error(error) ?? region;
    return new PublishProblem(
      actual === region
        ? `s3://${bucket}: cannot ${what}: ${messageOfS3Error(error)}`
        : `s3://${bucket}: is not in ${region}: say --region ${actual}`,
    );
  }
}

/** The steps that publish to a bucket. */
export const s3Steps: readonly TargetStep<S3Target>[] = [
  {
    name: "put the archive into the bucket",
    leaves: "Everybody gets the version.",
    run: (target, release) => target.put(release),
  },
];
