import { Agent } from 'undici';
import type { AddressGuard } from './address-guard.js';
import { guardedConnector } from './guarded-connector.js';

export interface GuardedRequest {
  readonly guard: AddressGuard;
  readonly url: URL;
  readonly method: 'GET' | 'POST';
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | null;
  /** From the start to the answer's last byte. */
  readonly timeoutMs: number;
  /** Of the body nothing more is read. */
  readonly maxBytes: number;
}

export interface GuardedAnswer {
  readonly statusCode: number;
  /** Lower-case names. */
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: string;
}

/**
 * Sends one request to an address that a tenant named, over a connection of its own. Redirects are not followed.
 * @throws BlockedAddressError for an address that is not allowed; TimeoutError (by name) when the time is over; and
 *   whatever the connection breaks with
 */
export async function guardedRequest(request: GuardedRequest): Promise<GuardedAnswer> {
  const { guard, url, method, headers, body, timeoutMs, maxBytes } = request;
  const agent = new Agent({ connect: guardedConnector({ guard, timeoutMs }) });
  try {
    const answer = await agent.request({
      origin: url.origin,
      path: url.pathname + url.search,
      method,
      // What is not compressed need not be bounded twice.
      headers: { ...headers, 'accept-encoding': 'identity' },
      body,
      signal: AbortSignal.timeout(timeoutMs),
    });
    return {
      statusCode: answer.statusCode,
      headers: answer.headers,
      body: await readBounded(answer.body, maxBytes),
    };
  } finally {
    void agent.destroy();
  }
}

async function readBounded(body: AsyncIterable<Buffer>, maxBytes: number): Promise<string> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of body) {
    chunks.push(chunk.subarray(0, maxBytes - bytes));
    bytes += chunk.length;
    if (bytes >= maxBytes) break;
  }
  return Buffer.concat(chunks).toString('utf8');
}
