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
