import type { S3Client, S3ClientConfig } from "@aws-sdk/client-s3";

/** The AWS SDK for S3, loaded where it is needed alone, as that takes a while. */
export function s3Sdk(): Promise<typeof import("@aws-sdk/client-s3")> {
  // It warns of versions of Node that later versions of it will not support; this one is pinned.
  process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED ??= "true";
  return import("@aws-sdk/client-s3");
}

/** The HTTP status with which S3 answered; undefined where it did not. */
export function statusOfS3Error(error: unknown): number | undefined {
  return (error as { readonly $metadata?: { readonly httpStatusCode?: number } }).$metadata?.httpStatusCode;
}

/** What S3 or the SDK says is wrong. */
export function messageOfS3Error(error: unknown): string {
  const { name, message } = error as Error;
  return message.includes(name) ? message : `${name}: ${message}`;
}

/** The region of the bucket that S3 names where it was asked in another one; undefined where it names none. */
export function regionOfS3Error(error: unknown): string | undefined {
  const { $response: response, Region: region } = error as {
    readonly $response?: { readonly headers?: Readonly<Record<string, string>> };
    readonly Region?: string;
  };
  return response?.headers?.["x-amz-bucket-region"] ?? region;
}

/** A client of S3, made when it is needed first. Credentials are those that the AWS SDK finds. */
export class S3Connection {
  private made: Promise<S3Client> | undefined;

  constructor(private readonly settings: S3ClientConfig) {}

  client(): Promise<S3Client> {
    this.made ??= s3Sdk().then(({ S3Client: Client }) => new Client(this.settings));
    return this.made;
  }

  close(): void {
    this.made?.then((client) => client.destroy()).catch(() => undefined);
  }
}
