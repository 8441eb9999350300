import type { Transaction } from '@trunkline/prisma';
import { encryptSecret, type MasterKeys } from '@trunkline/secrets';
import { uuidv7 } from 'uuidv7';

/** A provider's key as it is stored. */
export interface SealedCredential {
  id: string;
  ciphertext: string;
  hint: string;
}

/** Stores provider keys under the master key. */
export async function addCredentials(
  tx: Transaction,
  keys: MasterKeys,
  entryId: string,
  apiKeys: readonly string[],
): Promise<void> {
  const rows = sealCredentials(keys, apiKeys).map((sealed) => ({ ...sealed, entryId }));
  await tx.providerCredential.createMany({ data: rows });
}

/** Encrypts provider keys; each ciphertext opens only as its own row's. */
export function sealCredentials(keys: MasterKeys, apiKeys: readonly string[]): SealedCredential[] {
  return apiKeys.map((apiKey) => {
    const id = uuidv7();
    return { id, ciphertext: encryptSecret(apiKey, keys, id), hint: hintOf(apiKey) };
  });
}

/** First and last characters, for people to recognise a key by; of a short one, or of a whole file, nothing. */
function hintOf(apiKey: string): string {
  return apiKey.length < 16 || /\s/.test(apiKey) ? '…' : `${apiKey.slice(0, 4)}…${apiKey.slice(-4)}`;
}
