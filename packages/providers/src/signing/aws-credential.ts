/** Keys of an AWS account. */
export interface AwsKeys {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  /** Of temporary keys. */
  readonly sessionToken?: string;
}

/** What a credential of an AWS provider is: keys to sign with, or an API key that travels as it is. */
export type AwsCredential =
  | { readonly kind: 'keys'; readonly keys: AwsKeys }
  | { readonly kind: 'api-key'; readonly apiKey: string };

/**
 * Reads `accessKeyId:secretAccessKey[:sessionToken]`, or a Bedrock API key. No part has a colon in it: ids are letters
 * and digits, all else is base64.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html#identifiers-unique-ids
 * https://docs.aws.amazon.com/bedrock/latest/userguide/api-keys.html
 * @throws RangeError when it is neither; the message does not repeat it
 */
export function readAwsCredential(credential: string): AwsCredential {
  if (!credential.includes(':')) return { kind: 'api-key', apiKey: credential };
  const [accessKeyId = '', secretAccessKey = '', sessionToken, ...rest] = credential.split(':');
  const isWhole = /^\w{16,128}$/.test(accessKeyId) && secretAccessKey !== '' && sessionToken !== '';
  if (!isWhole || rest.length > 0)
    throw new RangeError('the credential is not of the form accessKeyId:secretAccessKey[:sessionToken]');
  const keys = { accessKeyId, secretAccessKey, ...(sessionToken === undefined ? {} : { sessionToken }) };
  return { kind: 'keys', keys };
}
