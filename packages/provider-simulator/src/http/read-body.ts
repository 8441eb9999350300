import type { IncomingMessage } from 'node:http';

export const BODY_LIMIT_BYTES = 64 * 1024 * 1024;

/** Reads a request's body; `too_large` over 64 MiB, `client_gone` when the client left in the middle of it. */
export async function readBody(request: IncomingMessage): Promise<Buffer | 'too_large' | 'client_gone'> {
  if (Number(request.headers['content-length'] ?? 0) > BODY_LIMIT_BYTES) return 'too_large';
  return new Promise((resolve) => {
    const chunks: Buffer[] = [];
    let bytes = 0;
    request.on('data', (chunk: Buffer) => {
      bytes += chunk.length;
      if (bytes <= BODY_LIMIT_BYTES) {
        chunks.push(chunk);
        return;
      }
      // What still comes is let go, so that the client can read its refusal.
      chunks.length = 0;
      resolve('too_large');
    });
    request.once('end', () =>
      resolve(chunks.length === 1 ? (chunks[0] ?? Buffer.alloc(0)) : Buffer.concat(chunks)),
    );
    request.once('error', () => resolve('client_gone'));
    request.once('close', () => resolve('client_gone'));
  });
}
