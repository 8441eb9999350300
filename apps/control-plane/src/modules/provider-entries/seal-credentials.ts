import type { Transaction } from '@trunkline/prisma';
import { encryptSecret, type MasterKeys } from '@trunkline/secrets';
import { uuidv7 } from 'uuidv7';

/** Stores provider keys under the master key; each ciphertext opens only as its own row's. */
export async function addCredentials(
  tx: Transaction,
  keys: MasterKeys,
  entryId: string,
  apiKeys: readonly string[],
): Promise<void> {
  const rows = apiKeys.map((apiKey) => {
    const id = uuidv7();
    return { id, entryId, ciphertext: encryptSecret(apiKey, keys, id), hint: hintOf(apiKey) };
  });
  await tx.providerCredential.createMany({ data: rows });
}

/** First and last characters, for people to recognise a key by; of a short one nothing. */
function hintOf(apiKey: string): string {
  return apiKey.length < 16 ? '…' : `${apiKey.slice(0, 4)}…${apiKey.slice(-4)}`;
}
