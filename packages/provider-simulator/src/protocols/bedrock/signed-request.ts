import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import type { IncomingHttpHeaders, IncomingMessage } from 'node:http';
import type { NativeProblem } from '../native-problem.js';

const AUTHORIZATION =
  /^AWS4-HMAC-SHA256 Credential=([^/,\s]+)\/(\d{8})\/([^/,\s]+)\/([^/,\s]+)\/aws4_request,\s*SignedHeaders=([^,\s]+),\s*Signature=([0-9a-f]{64})$/u;
/** `AKIASIM` and the number of the key: its secret is the API key of that number. */
const ACCESS_KEY = /^AKIASIM0*(\d{1,9})$/u;
const MOST_SKEW_MS = 300_000;

/**
 * The key of a request: an API key as bearer, or the one whose secret a request claims to be signed with.
 * https://docs.aws.amazon.com/bedrock/latest/userguide/api-keys-use.html
 */
export function readBedrockKey(headers: IncomingHttpHeaders): string | undefined {
  const { authorization = '' } = headers;
  const bearer = /^Bearer (.+)$/iu.exec(authorization)?.[1];
  if (bearer !== undefined) return bearer;
  const accessKeyId = AUTHORIZATION.exec(authorization)?.[1];
  if (accessKeyId === undefined) return undefined;
  const number = ACCESS_KEY.exec(accessKeyId)?.[1];
  return number === undefined ? accessKeyId : `sim-bedrock-${number}`;
}

/**
 * Makes the signature anew from what came, by Amazon's description alone.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html
 * @param secret the key that `readBedrockKey` found
 */
export function checkAwsSignature(
  request: IncomingMessage,
  body: Buffer,
  secret: string,
): NativeProblem | undefined {
  const { authorization = '' } = request.headers;
  if (/^Bearer /iu.test(authorization)) return undefined;
  const match = AUTHORIZATION.exec(authorization);
  if (match === null) return wrong('Authorization header requires Credential, SignedHeaders and Signature.');
  const [, , date = '', region = '', service = '', signedHeaders = '', signature = ''] = match;
  const time = single(request.headers['x-amz-date']);
  if (!time.startsWith(date) || !isNow(time)) return wrong(`Signature expired or not yet current: ${time}`);
  if (service !== 'bedrock') return wrong(`Credential should be scoped to correct service: 'bedrock'.`);
  const names = signedHeaders.split(';');
  const mustBeSigned = [
    'host',
    'x-amz-date',
    ...('x-amz-security-token' in request.headers ? ['x-amz-security-token'] : []),
  ];
  if (!mustBeSigned.every((name) => names.includes(name)))
    return wrong('Headers that must be signed are not.');
  const canonical = canonicalRequest(request, names, body);
  const scope = `${date}/${region}/${service}/aws4_request`;
  const toSign = ['AWS4-HMAC-SHA256', time, scope, sha256(canonical)].join('\n');
  const key = [date, region, service, 'aws4_request'].reduce<string | Buffer>(hmac, `AWS4${secret}`);
  const expected = hmac(key, toSign);
  if (timingSafeEqual(expected, Buffer.from(signature, 'hex'))) return undefined;
  return wrong(
    'The request signature we calculated does not match the signature you provided. Check your AWS Secret Access Key and signing method. Consult the service documentation for details.',
  );
}

/** Each part of the path is encoded once more than it was sent. */
function canonicalRequest(request: IncomingMessage, names: readonly string[], body: Buffer): string {
  const [path = '/', query = ''] = (request.url ?? '/').split('?', 2);
  const uri = path.split('/').map(encodeFully).join('/');
  const pairs = query === '' ? [] : query.split('&').map((pair) => (pair.includes('=') ? pair : `${pair}=`));
  const headers = names.map(
    (name) => `${name}:${single(request.headers[name]).trim().replaceAll(/ +/gu, ' ')}\n`,
  );
  return [request.method, uri, pairs.sort().join('&'), headers.join(''), names.join(';'), sha256(body)].join(
    '\n',
  );
}

function encodeFully(part: string): string {
  return encodeURIComponent(part).replaceAll(
    /[!'()*]/gu,
    (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}

function isNow(time: string): boolean {
  const at = time.replace(/^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/u, '$1-$2-$3T$4:$5:$6Z');
  return Math.abs(Date.parse(at) - Date.now()) <= MOST_SKEW_MS;
}

function hmac(key: string | Buffer, text: string): Buffer {
  return createHmac('sha256', key).update(text).digest();
}

function sha256(data: string | Buffer): string {
  return createHash('sha256').update(data).digest('hex');
}

function single(header: string | string[] | undefined): string {
  return typeof header === 'string' ? header : (header?.[0] ?? '');
}

function wrong(sentence: string): NativeProblem {
  return { kind: 'invalid', path: ['authorization'], reason: 'unsupported', expected: sentence };
}
