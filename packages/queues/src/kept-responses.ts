import { z } from 'zod';

/** More of them than this are not kept waiting, as each may be large: further ones are dropped and counted. */
export const MAX_WAITING_RESPONSES = 200;

/**
 * A response that its client asked to have stored, in a project that keeps bodies. Jobs of the queue of kept bodies, by
 * the name `response`.
 *
 * Jobs in flight of older gateways have no `isBegun`.
 */
export const keptResponse = z.strictObject({
  callId: z.uuidv7(),
  organizationId: z.uuid(),
  projectId: z.uuid(),
  /** As the client knows it: the provider's. */
  responseId: z.string().min(1).max(256),
  /** Of its output. */
  itemIds: z.array(z.string().max(256)).max(1_000),
  /** It still runs in the background: what it ends as comes in a job of its own, and stays. */
  isBegun: z.literal(true).optional(),
  /** Bytes before it was deflated. */
  originalBytes: z.int().nonnegative(),
  /** A `StoredResponse` as JSON, deflated (zlib, raw), then `encryptBody` of secrets with `responseContext`; base64. */
  ciphertext: z.base64(),
});
export type KeptResponse = z.infer<typeof keptResponse>;

export const RESPONSE_JOB = 'response';

/** Job id of a response. */
export function responseJobId({ callId, isBegun }: Pick<KeptResponse, 'callId' | 'isBegun'>): string {
  return isBegun ? `${callId}-response-begun` : `${callId}-response`;
}

/** What encrypted responses are bound to. */
export function responseContext({ callId }: Pick<KeptResponse, 'callId'>): string {
  return `${callId}:response`;
}
