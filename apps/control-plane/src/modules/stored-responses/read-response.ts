import { promisify } from 'node:util';
import { inflateRaw } from 'node:zlib';
import type { StoredResponse } from '@trunkline/contracts';
import { forOrganization, type StoredResponse as StoredRow } from '@trunkline/prisma';
import { responseContext } from '@trunkline/queues';
import { decryptBody, type GatewayCaller, type MasterKeys } from '@trunkline/secrets';
import type { Database } from '../../database/database.module.js';
import { notFound } from '../../http/api-error.js';

const inflate = promisify(inflateRaw);
/** Gateways keep none above 4 MiB; what blows up to more is not theirs. */
const MAX_RESPONSE_BYTES = 8 * 1024 * 1024;
/** Of one question for single items. */
export const MAX_ITEMS = 100;

/** What a reader of stored responses works with. */
export interface ResponseReader {
  readonly client: Database['client'];
  readonly masterKeys: MasterKeys;
}

/**
 * A response of the caller's project, by the id that its client was given; the newest where a provider gave an id twice.
 * @throws ApiError `not_found` for another project's, and for one that is still on its way
 */
export async function readResponse(
  { client, masterKeys }: ResponseReader,
  caller: GatewayCaller,
  responseId: string,
): Promise<StoredResponse & { callId: string }> {
  const { organizationId, projectId } = caller;
  const row = await forOrganization(client, organizationId).storedResponse.findFirst({
    where: { responseId, projectId },
    orderBy: { createdAt: 'desc' },
  });
  if (!row) throw notFound('response');
  return { ...(await open(row, masterKeys)), callId: row.callId };
}

/**
 * Items that responses of the caller's project gave, those of the ids that are known.
 * @param ids at most as many as {@link MAX_ITEMS}
 */
export async function readItems(
  { client, masterKeys }: ResponseReader,
  { organizationId, projectId }: GatewayCaller,
  ids: readonly string[],
): Promise<Record<string, unknown>[]> {
  const wanted = new Set(ids.slice(0, MAX_ITEMS));
  const rows = await forOrganization(client, organizationId).storedResponse.findMany({
    where: { projectId, itemIds: { hasSome: [...wanted] } },
    orderBy: { createdAt: 'desc' },
    take: MAX_ITEMS,
  });
  const found: Record<string, unknown>[] = [];
  for (const row of rows) {
    if (!row.itemIds.some((id) => wanted.has(id))) continue;
    const { output } = (await open(row, masterKeys)).response;
    for (const item of Array.isArray(output) ? (output as Record<string, unknown>[]) : [])
      if (wanted.delete(String(item['id']))) found.push(item);
  }
  return found;
}

async function open(
  row: Pick<StoredRow, 'callId' | 'ciphertext'>,
  masterKeys: MasterKeys,
): Promise<StoredResponse> {
  const packed = decryptBody(row.ciphertext, masterKeys, responseContext(row));
  const plain = await inflate(packed, { maxOutputLength: MAX_RESPONSE_BYTES });
  // Guarantee: a gateway wrote it, and the encryption has proved that nobody else did.
  return JSON.parse(plain.toString('utf8')) as StoredResponse;
}

/** @throws ApiError `not_found` */
export async function deleteResponse(
  { client }: Pick<ResponseReader, 'client'>,
  { organizationId, projectId }: GatewayCaller,
  responseId: string,
): Promise<{ id: string; object: 'response'; deleted: true }> {
  const { count } = await forOrganization(client, organizationId).storedResponse.deleteMany({
    where: { responseId, projectId },
  });
  if (count === 0) throw notFound('response');
  return { id: responseId, object: 'response', deleted: true };
}
