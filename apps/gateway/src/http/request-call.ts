import { toAppError } from '@trunkline/errors';
import type { FastifyRequest } from 'fastify';
import type { Principal } from '../pipeline/ports.js';
import type { RequestContext } from '../pipeline/request-context.js';

declare module 'fastify' {
  interface FastifyRequest {
    /** Set by the first hook; null only for what never reached it. */
    call: RequestContext | null;
  }
  interface FastifyContextConfig {
    /** The route needs a key. */
    needsKey?: boolean;
    /** The route takes a form, and no JSON. */
    takesForm?: boolean;
  }
}

/** The context of a request that passed the hooks. */
export function callOf(request: FastifyRequest): RequestContext {
  if (!request.call) throw new Error('the request has no context: its hook did not run');
  return request.call;
}

/** Guarantee: the only content type parser gives a Buffer; without a body there is none. */
export function bodyOf(request: FastifyRequest): Buffer {
  return Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0);
}

/** Guarantee: only routes that need a key ask, so that the hook has found who calls. */
export function principalOf(request: FastifyRequest): Principal {
  const { principal } = callOf(request);
  if (!principal) throw toAppError(new Error('the request was not authenticated'));
  return principal;
}

/** Several headers of one name come as one, joined by commas, which is what they mean. */
export function betasOf({ headers }: FastifyRequest): string | null {
  const betas = headers['anthropic-beta'];
  return Array.isArray(betas) ? betas.join(',') : (betas ?? null);
}
