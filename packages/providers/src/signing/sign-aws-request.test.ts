import { describe, expect, it } from '@jest/globals';
import { readAwsCredential } from './aws-credential.js';
import { signAwsRequest, type RequestToSign } from './sign-aws-request.js';

/** Of Amazon's own test suite, as are the expected signatures. */
const keys = { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY' };
const request: RequestToSign = {
  method: 'POST',
  origin: 'https://example.amazonaws.com',
  path: '/',
  headers: {},
  body: '',
  region: 'us-east-1',
  atMs: Date.UTC(2015, 7, 30, 12, 36),
};
const sign = (changes: Partial<RequestToSign>, service = 'service') =>
  signAwsRequest(service, keys, { ...request, ...changes });

describe('the signature of a request to Amazon', () => {
  it('is that of the published test suite (get-vanilla, post-vanilla)', () => {
    expect(sign({})).toEqual({
      'x-amz-date': '20150830T123600Z',
      authorization:
        'AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20150830/us-east-1/service/aws4_request, ' +
        'SignedHeaders=host;x-amz-date, ' +
        'Signature=5da7c1a2acd57cee7505fc6676e4e544621c30862966e37dddb68e92efbe5d6b',
    });
    expect(sign({ method: 'GET' })['authorization']).toContain(
      'Signature=5fa00fa31553b73ebf1942676e86291e8372ff2a2260956d9b8aae1d763fbf31',
    );
  });

  it.each([
    ['https://bedrock-runtime.us-east-1.amazonaws.com', 'us-east-1'],
    ['https://bedrock-runtime-fips.us-gov-west-1.amazonaws.com', 'us-gov-west-1'],
    ['https://vpce-0a1b.bedrock-runtime.ap-southeast-2.vpce.amazonaws.com', 'ap-southeast-2'],
    ['https://bedrock-runtime.cn-north-1.amazonaws.com.cn', 'cn-north-1'],
  ])('is for the region that %s names', (origin, region) => {
    expect(sign({ origin, region: null })['authorization']).toContain(`/20150830/${region}/service/`);
  });

  it("prefers the entry's region, and refuses to guess one", () => {
    expect(sign({ region: 'eu-west-3' })['authorization']).toContain('/eu-west-3/');
    expect(() => sign({ region: null })).toThrow(RangeError);
  });

  it('covers body, path, content type and session token', () => {
    const path = '/model/a.b-v1%3A0/converse';
    const json = { 'content-type': 'application/json' };
    const signatures = [
      sign({ path, headers: json, body: '{}' }),
      sign({ path, headers: json, body: '{ }' }),
      sign({ path: `${path}-stream`, headers: json, body: '{}' }),
      sign({ path: path.replace('%3A', ':'), headers: json, body: '{}' }),
      sign({ path, body: '{}' }),
      signAwsRequest(
        'service',
        { ...keys, sessionToken: 't' },
        { ...request, path, headers: json, body: '{}' },
      ),
    ].map((headers) => headers['authorization']);
    expect(new Set(signatures).size).toBe(signatures.length);
    expect(signatures[0]).toContain('SignedHeaders=content-type;host;x-amz-date');
    expect(signatures[5]).toContain('SignedHeaders=content-type;host;x-amz-date;x-amz-security-token');
  });
});

describe('a credential of an AWS provider', () => {
  it('is keys, keys with a token, or an API key', () => {
    expect(readAwsCredential('AKIAIOSFODNN7EXAMPLE:s/e+c=')).toEqual({
      kind: 'keys',
      keys: { accessKeyId: 'AKIAIOSFODNN7EXAMPLE', secretAccessKey: 's/e+c=' },
    });
    expect(readAwsCredential('ASIAIOSFODNN7EXAMPLE:secret:token==')).toMatchObject({
      keys: { sessionToken: 'token==' },
    });
    expect(readAwsCredential('ABSKQmVkcm9ja0==')).toEqual({ kind: 'api-key', apiKey: 'ABSKQmVkcm9ja0==' });
  });

  it.each([
    'AKIAIOSFODNN7EXAMPLE:',
    ':secret',
    'short:secret',
    'AKIAIOSFODNN7EXAMPLE:a:',
    'AKIAIOSFODNN7EXAMPLE:a:b:c',
  ])('is refused as %s, without being repeated', (credential) => {
    expect(() => readAwsCredential(credential)).toThrow(RangeError);
    expect(() => readAwsCredential(credential)).not.toThrow(/EXAMPLE|:secret$/);
  });
});
