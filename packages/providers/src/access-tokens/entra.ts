import { credentialJson, headerValue, requiredField } from './credential-json.js';
import type { GrantReader } from './token-grant.js';

/**
 * Credentials of Azure: an API key, or the JSON of an application of Entra, `{tenantId, clientId, clientSecret}`, for
 * which a token is fetched. A `scope` in it is that of another resource; another cloud's address is the entry's to say.
 * https://learn.microsoft.com/en-us/entra/identity-platform/v2-oauth2-client-creds-grant-flow
 * @param scope what the token is for, unless the credential says
 */
export function entraGrant(scope: string): GrantReader {
  return (credential, { tokenUrl }) => {
    const fields = credentialJson(credential);
    if (fields === null) return { kind: 'headers', headers: { 'api-key': headerValue(credential) } };
    const tenant = encodeURIComponent(requiredField(fields, ['tenantId', 'tenant_id']));
    return {
      kind: 'fetch',
      request: {
        url: tokenUrl ?? `https://login.microsoftonline.com/${tenant}/oauth2/v2.0/token`,
        form: {
          grant_type: 'client_credentials',
          client_id: requiredField(fields, ['clientId', 'client_id']),
          client_secret: requiredField(fields, ['clientSecret', 'client_secret']),
          scope: text(fields['scope']) ?? scope,
        },
      },
    };
  };
}

function text(value: unknown): string | null {
  return typeof value === 'string' && value !== '' ? value : null;
}
