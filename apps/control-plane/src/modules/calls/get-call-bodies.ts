import { promisify } from 'node:util';
import { inflateRaw } from 'node:zlib';
import type { CallBodies } from '@trunkline/contracts/control-plane';
import { forOrganization, type CallBody } from '@trunkline/prisma';
import { bodyContext } from '@trunkline/queues';
import { decryptBody } from '@trunkline/secrets';
import type { ControlPlaneConfig } from '../../config/environment.js';
import type { Database } from '../../database/database.module.js';
import type { MemberActor } from '../../http/actor.js';
import { notFound } from '../../http/api-error.js';
import { timeOf } from './get-call.js';

const inflate = promisify(inflateRaw);
/** Gateways cut at 256 KiB; what blows up to more is not theirs. */
const MAX_BODY_BYTES = 1024 * 1024;

/** Request and answer of a call, decrypted, where its project keeps them. */
export async function getCallBodies(
  { client }: Database,
  { masterKeys }: ControlPlaneConfig,
  actor: MemberActor,
  callId: string,
): Promise<CallBodies> {
  const scoped = forOrganization(client, actor.organizationId);
  const createdAt = timeOf(callId);
  const [isOwn, rows] = await Promise.all([
    scoped.call.count({ where: { createdAt, id: callId } }),
    scoped.callBody.findMany({ where: { createdAt, callId } }),
  ]);
  if (isOwn === 0) throw notFound('call');
  const open = async (number: 0 | 1) => {
    const row = rows.find((body) => body.number === number);
    return row ? openBody(row, number, masterKeys) : null;
  };
  return { request: await open(0), answer: await open(1) };
}

async function openBody(row: CallBody, number: 0 | 1, keys: ControlPlaneConfig['masterKeys']) {
  const packed = decryptBody(row.ciphertext, keys, bodyContext({ callId: row.callId, number }));
  const plain = await inflate(packed, { maxOutputLength: MAX_BODY_BYTES });
  // The cut may go through a character: what is left of it becomes U+FFFD.
  return {
    text: plain.toString('utf8'),
    originalBytes: row.originalBytes,
    truncated: plain.length < row.originalBytes,
  };
}
