import type { FastifyInstance } from 'fastify';
import { isFromBrowser } from '../modules/sign-in/index.js';
import { ApiError } from './api-error.js';

const CHANGING = new Set(['POST', 'PUT', 'PATCH', 'DELETE']);

export const SECURITY_HEADERS = {
  'cache-control': 'no-store',
  'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
  'cross-origin-resource-policy': 'same-origin',
  'referrer-policy': 'no-referrer',
  'strict-transport-security': 'max-age=31536000',
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
};

/** What holds for every request before any route: security headers, the request id, and where changes may come from. */
export function applyRequestRules(fastify: FastifyInstance, origins: readonly string[]): void {
  fastify.addHook('onRequest', (request, reply, done) => {
    void reply.headers(SECURITY_HEADERS).header('x-request-id', request.id);
    if (!CHANGING.has(request.method) || !isFromBrowser(request)) return done();
    // The sign-in library checks its own routes, which pages of other origins never call either.
    const { origin, referer } = request.headers;
    const from = origin || (referer && URL.canParse(referer) ? new URL(referer).origin : undefined);
    const isOwn =
      from === undefined ? request.headers['sec-fetch-site'] === 'same-origin' : origins.includes(from);
    done(isOwn ? undefined : new ApiError('untrusted_origin', 'This page may not change anything here.'));
  });
}
