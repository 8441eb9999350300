import { credentialJson, headerValue, requiredField } from './credential-json.js';
import type { GrantReader, TokenRequest } from './token-grant.js';

const TOKEN_URL = 'https://oauth2.googleapis.com/token';
const SCOPE = 'https://www.googleapis.com/auth/cloud-platform';

/**
 * Credentials of Google Cloud: the JSON of a service account, whose signed statement is exchanged for a token; that of
 * a person who logged in by `gcloud`; a token that was fetched elsewhere; or the API key of express mode.
 * https://developers.google.com/identity/protocols/oauth2/service-account#httprest
 */
export const googleGrant: GrantReader = (credential, { tokenUrl }) => {
  const fields = credentialJson(credential);
  if (fields === null) {
    const value = headerValue(credential);
    return {
      kind: 'headers',
      headers: value.startsWith('ya29.') ? { authorization: `Bearer ${value}` } : { 'x-goog-api-key': value },
    };
  }
  // Not the one that stands in the credential: whoever hands that in would choose whom we call.
  const url = tokenUrl ?? TOKEN_URL;
  if (fields['type'] === 'authorized_user') return { kind: 'fetch', request: refresh(fields, url) };
  const issuer = requiredField(fields, ['client_email']);
  const keyId = fields['private_key_id'];
  return {
    kind: 'fetch',
    request: {
      url,
      form: { grant_type: 'urn:ietf:params:oauth:grant-type:jwt-bearer' },
      assertion: {
        field: 'assertion',
        algorithm: 'RS256',
        keyId: typeof keyId === 'string' ? keyId : null,
        privateKey: requiredField(fields, ['private_key']),
        claims: { iss: issuer, sub: issuer, scope: SCOPE, aud: url },
      },
    },
  };
};

function refresh(fields: Record<string, unknown>, url: string): TokenRequest {
  return {
    url,
    form: {
      grant_type: 'refresh_token',
      client_id: requiredField(fields, ['client_id']),
      client_secret: requiredField(fields, ['client_secret']),
      refresh_token: requiredField(fields, ['refresh_token']),
    },
  };
}
