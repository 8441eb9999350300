import aws4 from 'aws4';
import type { AwsKeys } from './aws-credential.js';

/** A request as it goes out. */
export interface RequestToSign {
  readonly method: 'POST' | 'GET';
  /** Scheme, host and port. */
  readonly origin: string;
  /** With the query, encoded as it is sent. */
  readonly path: string;
  /** Of the adapter, lower-case names; only the content type is signed of them. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  /** What the entry says; else the host must name it. */
  readonly region: string | null;
  /** Unix milliseconds; Amazon refuses a request that is five minutes off. */
  readonly atMs: number;
}

/** Within a host: `bedrock-runtime.us-east-1.amazonaws.com`, `….eu-west-1.vpce.amazonaws.com`, `….us-gov-west-1.…`. */
const REGION = /(?:^|\.)([a-z]{2}(?:-[a-z]+){1,3}-\d{1,2})(?:\.|$)/;

/**
 * Signs a request with Signature Version 4.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html
 * @returns the headers that the signature adds, lower-case
 * @throws RangeError when nobody says the region
 */
export function signAwsRequest(
  service: string,
  keys: AwsKeys,
  request: RequestToSign,
): Record<string, string> {
  const { host, hostname } = new URL(request.origin);
  const region = request.region ?? REGION.exec(hostname)?.[1];
  if (!region) throw new RangeError('neither the entry nor its address names an AWS region');
  const date = amzDate(request.atMs);
  const contentType = request.headers['content-type'];
  const added = {
    'x-amz-date': date,
    ...(keys.sessionToken === undefined ? {} : { 'x-amz-security-token': keys.sessionToken }),
  };
  const signer = new aws4.RequestSigner(
    {
      method: request.method,
      service,
      region,
      path: request.path,
      headers: { host, ...(contentType ? { 'content-type': contentType } : {}), ...added },
      body: request.body,
      doNotModifyHeaders: true,
    },
    { ...keys },
  );
  signer.datetime = date;
  return { ...added, authorization: signer.authHeader() };
}

/** `20150830T123600Z`. */
function amzDate(atMs: number): string {
  return new Date(atMs).toISOString().replaceAll(/[-:]|\.\d{3}/g, '');
}
