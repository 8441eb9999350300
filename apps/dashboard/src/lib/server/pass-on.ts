import 'server-only';

import { logFailure } from './log';

const HOP_BY_HOP = new Set([
  'connection',
  'content-encoding',
  'content-length',
  'host',
  'keep-alive',
  'proxy-authenticate',
  'proxy-authorization',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
]);

function withoutHopByHop(headers: Headers): Headers {
  const kept = new Headers();
  for (const [name, value] of headers) if (!HOP_BY_HOP.has(name)) kept.append(name, value);
  return kept;
}

/**
 * Passes a request on to another part of the platform and its answer back, byte by byte.
 * @param base origin of the part
 * @param allow header names that may pass; all end-to-end headers when it is missing
 */
export async function passOn(
  request: Request,
  base: string,
  path: string,
  allow?: readonly string[],
): Promise<Response> {
  const { search, host, protocol } = new URL(request.url);
  const headers = withoutHopByHop(request.headers);
  if (allow) for (const name of [...headers.keys()]) if (!allow.includes(name)) headers.delete(name);
  headers.set('accept-encoding', 'identity');
  headers.set('x-forwarded-host', request.headers.get('host') ?? host);
  headers.set('x-forwarded-proto', request.headers.get('x-forwarded-proto') ?? protocol.replace(':', ''));
  const hasBody = request.method !== 'GET' && request.method !== 'HEAD';
  try {
    const answer = await fetch(`${base}${path}${search}`, {
      method: request.method,
      headers,
      redirect: 'manual',
      signal: request.signal,
      cache: 'no-store',
      ...(hasBody ? { body: request.body, duplex: 'half' as const } : {}),
    });
    return new Response(answer.body, { status: answer.status, headers: withoutHopByHop(answer.headers) });
  } catch (cause) {
    if (request.signal.aborted) return new Response(null, { status: 499 });
    logFailure('a part of the platform did not answer', { path, cause });
    return Response.json(
      {
        error: {
          code: 'service_unavailable',
          message: 'This part of Trunkline does not answer. Try again in a moment.',
        },
      },
      { status: 503, headers: { 'retry-after': '2' } },
    );
  }
}
