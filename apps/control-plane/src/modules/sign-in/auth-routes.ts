import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { ApiError } from '../../http/api-error.js';
import { headersOf, type SignIn } from './sign-in.js';

/** Hands everything below `/api/auth` to the sign-in library. */
export function mountAuthRoutes(fastify: FastifyInstance, signIn: SignIn, dashboardUrl: string): void {
  fastify.route({
    method: ['GET', 'POST'],
    url: '/api/auth/*',
    handler: async (request, reply) => {
      const answer = await signIn.auth.handler(toWebRequest(request, dashboardUrl));
      if (answer.status < 500) return sendAnswer(answer, reply);
      // The library has logged why; where it was no query, it tells nobody whether it was the database.
      if (answer.status !== 503 && (await signIn.isDatabaseReady()))
        throw new ApiError('internal_error', 'Signing in went wrong here.');
      throw new ApiError('service_unavailable', 'The database does not answer. Try again in a moment.');
    },
  });
}

function toWebRequest(request: FastifyRequest, dashboardUrl: string): Request {
  const headers = headersOf(request);
  // Fastify has parsed the body; what is sent on is printed anew.
  headers.delete('content-length');
  headers.delete('transfer-encoding');
  // Browsers always tell where a changing request comes from; a program that has no page needs no defence against pages.
  if (!isFromBrowser(request)) headers.set('origin', dashboardUrl);
  const hasBody = request.method === 'POST' && request.body !== undefined && request.body !== null;
  return new Request(new URL(request.url, dashboardUrl), {
    method: request.method,
    headers,
    ...(hasBody ? { body: JSON.stringify(request.body) } : {}),
  });
}

/** Whether any of the headers that only browsers set is there. */
export function isFromBrowser(request: FastifyRequest): boolean {
  const { origin, referer } = request.headers;
  return [origin, referer, request.headers['sec-fetch-site']].some(Boolean);
}

async function sendAnswer(answer: Response, reply: FastifyReply): Promise<FastifyReply> {
  void reply.status(answer.status);
  for (const [name, value] of answer.headers) if (name !== 'set-cookie') void reply.header(name, value);
  const cookies = answer.headers.getSetCookie();
  if (cookies.length > 0) void reply.header('set-cookie', cookies);
  if (answer.status === 429) void reply.header('retry-after', answer.headers.get('x-retry-after') ?? '60');
  return reply.send(answer.body ? await answer.text() : null);
}
