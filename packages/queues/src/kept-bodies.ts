import { z } from 'zod';

/** The queue of kept bodies. */
export const BODIES_QUEUE = '{bodies}';

/** More jobs than this are not kept waiting: further bodies are dropped and counted, so that usage has the room. */
export const MAX_WAITING_BODIES = 2_000;

/**
 * The request (number 0) or the answer (number 1) of a call in a project that keeps bodies.
 *
 * Jobs in flight of older gateways: there has been this one shape so far.
 */
export const keptBody = z.strictObject({
  callId: z.uuidv7(),
  organizationId: z.uuid(),
  number: z.union([z.literal(0), z.literal(1)]),
  /** Bytes before media were replaced by hash and size and the rest was cut at 256 KiB. */
  originalBytes: z.int().nonnegative(),
  /** Deflated (zlib, raw), then `encryptBody` of secrets with the context `<call id>:<number>`; base64. */
  ciphertext: z.base64(),
});
export type KeptBody = z.infer<typeof keptBody>;

/** Job id of a body. */
export function bodyJobId(body: Pick<KeptBody, 'callId' | 'number'>): string {
  return `${body.callId}-${body.number}`;
}

/** What encrypted bodies are bound to. */
export function bodyContext(body: Pick<KeptBody, 'callId' | 'number'>): string {
  return `${body.callId}:${body.number}`;
}

/** Bodies may be lost: a few tries, and the dead ones are kept for a day. */
export const bodyJobOptions = {
  attempts: 5,
  backoff: { type: 'exponential', delay: 500, jitter: 0.5 },
  removeOnComplete: true,
  removeOnFail: { age: 24 * 3600, count: 1_000 },
} as const;
