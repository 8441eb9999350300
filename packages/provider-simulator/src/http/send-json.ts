import type { ServerResponse } from 'node:http';

/** Sends a whole JSON answer of the simulator's own, not a provider's. */
export function sendJson(response: ServerResponse, status: number, value: unknown): void {
  const body = JSON.stringify(value);
  response.writeHead(status, {
    'content-type': 'application/json',
    'content-length': Buffer.byteLength(body),
  });
  response.end(body);
}
