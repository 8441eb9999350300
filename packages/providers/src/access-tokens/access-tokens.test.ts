import { describe, expect, it } from '@jest/globals';
import { entraGrant } from './entra.js';
import { googleGrant } from './google.js';
import { readTokenAnswer } from './token-answer.js';

const here = { tokenUrl: null };
const account = JSON.stringify({
  type: 'service_account',
  private_key_id: 'k1',
  private_key: 'PEM',
  client_email: 'a@p.iam.gserviceaccount.com',
  token_uri: 'http://169.254.169.254/token',
});

describe('a credential of Google Cloud', () => {
  it("is a service account's statement, for the address that the entry says and not the credential", () => {
    const url = 'https://oauth2.googleapis.com/token';
    expect(googleGrant(account, here)).toEqual({
      kind: 'fetch',
      request: {
        url,
        form: { grant_type: 'urn:ietf:params:oauth:grant-type:jwt-bearer' },
        assertion: {
          field: 'assertion',
          algorithm: 'RS256',
          keyId: 'k1',
          privateKey: 'PEM',
          claims: {
            iss: 'a@p.iam.gserviceaccount.com',
            sub: 'a@p.iam.gserviceaccount.com',
            scope: 'https://www.googleapis.com/auth/cloud-platform',
            aud: url,
          },
        },
      },
    });
    expect(googleGrant(account, { tokenUrl: 'http://sim/token' })).toMatchObject({
      request: { url: 'http://sim/token', assertion: { claims: { aud: 'http://sim/token' } } },
    });
  });

  it('is a key or a token that is sent as it is', () => {
    expect(googleGrant('AIza-1', here)).toEqual({ kind: 'headers', headers: { 'x-goog-api-key': 'AIza-1' } });
    expect(googleGrant('ya29.t', here)).toEqual({
      kind: 'headers',
      headers: { authorization: 'Bearer ya29.t' },
    });
  });
});

describe('a credential of Azure', () => {
  const grantOf = entraGrant('https://cognitiveservices.azure.com/.default');

  it('is a key, or an application of Entra', () => {
    expect(grantOf('k', here)).toEqual({ kind: 'headers', headers: { 'api-key': 'k' } });
    const application = JSON.stringify({ tenantId: 't/1', clientId: 'c', clientSecret: 's' });
    expect(grantOf(application, here)).toEqual({
      kind: 'fetch',
      request: {
        url: 'https://login.microsoftonline.com/t%2F1/oauth2/v2.0/token',
        form: {
          grant_type: 'client_credentials',
          client_id: 'c',
          client_secret: 's',
          scope: 'https://cognitiveservices.azure.com/.default',
        },
      },
    });
  });
});

it.each(['{"client_email":"secret-a"', '{"client_email":"secret-a"}', 'secret a', 'secret\r\nx: 1'])(
  'a credential that is none is refused without being repeated: %j',
  (credential) => {
    for (const read of [googleGrant, entraGrant('s')]) {
      expect(() => read(credential, here)).toThrow(RangeError);
      expect(() => read(credential, here)).not.toThrow(/secret-a|secret a/);
    }
  },
);

describe("a token endpoint's answer", () => {
  const answer = (statusCode: number, body: unknown) =>
    readTokenAnswer({ statusCode, headers: {}, body: JSON.stringify(body), receivedMs: 0 });

  it('is a token and how long it holds', () => {
    expect(answer(200, { access_token: 't', expires_in: '3599' })).toEqual({
      kind: 'token',
      token: 't',
      expiresInSeconds: 3599,
    });
    expect(answer(200, { access_token: 't' })).toMatchObject({ expiresInSeconds: 3600 });
  });

  it.each([
    [400, { error: 'invalid_grant' }, 'credential_rejected'],
    [401, { error: 'invalid_client' }, 'credential_rejected'],
    [429, {}, 'rate_limited'],
    [500, {}, 'server_error'],
    [503, {}, 'overloaded'],
    [302, {}, 'server_error'],
    [200, { access_token: 'a b' }, 'malformed'],
    [200, null, 'malformed'],
  ])('%d with %j is %s', (status, body, outcome) => {
    expect(answer(status, body)).toMatchObject({ kind: 'failed', failure: { outcome } });
  });
});
