import { describe, expect, it } from '@jest/globals';
import { authHeaders as headersFor } from './auth-headers.js';

const request = {
  method: 'POST',
  origin: 'https://bedrock-runtime.eu-west-1.amazonaws.com',
  path: '/model/m/converse',
  headers: {},
  body: '{}',
  region: null,
  atMs: 1_750_000_000_000,
} as const;
const authHeaders = (auth: Parameters<typeof headersFor>[0], credential: string | null) =>
  headersFor(auth, credential, () => request);

describe('the header of a credential', () => {
  it('is what the provider wants', () => {
    expect(authHeaders({ type: 'bearer' }, 'k')).toEqual({ authorization: 'Bearer k' });
    expect(authHeaders({ type: 'header', header: 'x-api-key' }, 'k')).toEqual({ 'x-api-key': 'k' });
    expect(authHeaders({ type: 'optional-bearer' }, null)).toEqual({});
    expect(authHeaders({ type: 'optional-bearer' }, 'k')).toEqual({ authorization: 'Bearer k' });
  });

  it("signs the request with Amazon's keys, and sends an API key as it is", () => {
    const auth = { type: 'aws', service: 'bedrock' } as const;
    expect(authHeaders(auth, 'AKIAIOSFODNN7EXAMPLE:secret')['authorization']).toMatch(
      /^AWS4-HMAC-SHA256 Credential=AKIAIOSFODNN7EXAMPLE\/\d{8}\/eu-west-1\/bedrock\/aws4_request, /,
    );
    expect(authHeaders(auth, 'ABSKQmVkcm9ja0==')).toEqual({ authorization: 'Bearer ABSKQmVkcm9ja0==' });
    expect(() => authHeaders(auth, 'AKIAIOSFODNN7EXAMPLE:')).toThrow(RangeError);
  });

  it('cannot smuggle another header in, and the error does not repeat the credential', () => {
    for (const credential of ['secret\r\nx-evil: 1', 'secret ', 'sécret', '']) {
      expect(() => authHeaders({ type: 'bearer' }, credential)).toThrow(RangeError);
      expect(() => authHeaders({ type: 'bearer' }, credential)).not.toThrow(/secret/);
    }
    expect(() => authHeaders({ type: 'bearer' }, null)).toThrow('needs a credential');
  });
});
