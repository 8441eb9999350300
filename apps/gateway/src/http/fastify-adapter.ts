import { FastifyAdapter } from '@nestjs/platform-fastify';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { newCallId } from '../pipeline/new-id.js';
import { dialectOf } from './door.js';
import { asAppError, printError } from './error-reply.js';
import { answerClientError } from './client-errors.js';

/** Room for long keys and many `x-trunkline-…` headers; more is 431. */
const MAX_HEADER_BYTES = 32 * 1024;
/** A request has to be there, whole, within this time. */
const REQUEST_TIMEOUT_MS = 120_000;
const HEADERS_TIMEOUT_MS = 15_000;
/** Longer than the 60 s of common load balancers, so that they and not we close idle connections. */
const KEEP_ALIVE_MS = 75_000;
const CHECK_CONNECTIONS_MS = 2_000;

/** Fastify as the gateway needs it: bounded in time and size, its own errors in our envelope. */
export function createFastifyAdapter(): FastifyAdapter {
  return new FastifyAdapter({
    logger: false,
    skipMiddie: true,
    multipart: false,
    exposeHeadRoutes: false,
    // Bodies are read and bounded by `read-body.ts`; Fastify's own bound must not come first.
    bodyLimit: Number.MAX_SAFE_INTEGER,
    requestTimeout: REQUEST_TIMEOUT_MS,
    keepAliveTimeout: KEEP_ALIVE_MS,
    http: {
      maxHeaderSize: MAX_HEADER_BYTES,
      headersTimeout: HEADERS_TIMEOUT_MS,
      connectionsCheckingInterval: CHECK_CONNECTIONS_MS,
    },
    // A base URL that ends with a slash makes `/v1//chat/completions` of some clients.
    routerOptions: { maxParamLength: 512, ignoreTrailingSlash: true, ignoreDuplicateSlashes: true },
    frameworkErrors: (error: Error, request: FastifyRequest, reply: FastifyReply) => {
      const url = request.raw.url ?? '';
      const printed = printError(asAppError(error), dialectOf(url, request.raw.headers), newCallId());
      void reply.status(printed.status).headers(printed.headers).send(printed.body);
    },
    clientErrorHandler: answerClientError,
  });
}
