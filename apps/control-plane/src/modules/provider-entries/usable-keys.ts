import { authHeaders, type ProviderAdapter } from '@trunkline/providers';
import { invalidField } from '../../http/api-error.js';

/**
 * Refuses keys that could never be sent, before anybody waits for an answer to them.
 * @throws ApiError `invalid_request` that names the key by its number
 */
export function requireUsableKeys(
  { auth, name }: ProviderAdapter,
  field: string,
  apiKeys: readonly string[],
): void {
  for (const [index, apiKey] of apiKeys.entries()) {
    if (apiKeys.indexOf(apiKey) < index)
      throw invalidField(`${field}.${index}`, 'This key stands here twice.');
    if (!isUsable(auth, apiKey))
      throw invalidField(`${field}.${index}`, `This is no key that ${name} takes.`);
  }
}

function isUsable(auth: ProviderAdapter['auth'], apiKey: string): boolean {
  try {
    if (auth.type === 'access-token') auth.grantOf(apiKey, { tokenUrl: null });
    else authHeaders(auth, apiKey, () => SAMPLE);
    return true;
  } catch {
    return false;
  }
}

/** Something to sign, for keys that sign. */
const SAMPLE = {
  method: 'POST',
  origin: 'https://bedrock-runtime.us-east-1.amazonaws.com',
  path: '/',
  headers: {},
  body: '',
  region: 'us-east-1',
  atMs: 0,
} as const;
