import { connect, type Socket } from 'node:net';

/** What came over the socket, byte for byte, and how it ended. */
export interface RawAnswer {
  readonly bytes: Buffer;
  readonly head: string;
  /** Behind the head, without the framing of chunks. */
  readonly body: Buffer;
  readonly ending: 'end' | 'reset' | 'open';
  /** Whether a chunked body came to its last, empty chunk, or a counted one to its length. */
  readonly complete: boolean;
  readonly elapsedMs: number;
}

export interface RawRequest {
  readonly port: number;
  readonly path: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body: unknown;
  /** Stops waiting after this time and says `open`. */
  readonly patienceMs?: number;
}

/** Sends a request over a bare socket. */
export async function rawRequest({
  port,
  path,
  headers = {},
  body,
  patienceMs = 10_000,
}: RawRequest): Promise<RawAnswer> {
  const payload = Buffer.from(typeof body === 'string' ? body : JSON.stringify(body));
  const lines = Object.entries({
    host: 'simulator',
    connection: 'close',
    'content-type': 'application/json',
    'content-length': payload.length,
    ...headers,
  });
  const started = performance.now();
  return new Promise((resolve) => {
    const chunks: Buffer[] = [];
    const socket: Socket = connect(port, '127.0.0.1', () => {
      socket.write(
        `POST ${path} HTTP/1.1\r\n${lines.map(([name, value]) => `${name}: ${value}\r\n`).join('')}\r\n`,
      );
      socket.write(payload);
    });
    const finish = (ending: RawAnswer['ending']): void => {
      clearTimeout(timer);
      socket.destroy();
      resolve({ ...split(Buffer.concat(chunks)), ending, elapsedMs: performance.now() - started });
    };
    const timer = setTimeout(() => finish('open'), patienceMs);
    socket.on('data', (chunk) => chunks.push(chunk));
    socket.once('end', () => finish('end'));
    socket.once('error', () => finish('reset'));
  });
}

function split(bytes: Buffer): Pick<RawAnswer, 'bytes' | 'head' | 'body' | 'complete'> {
  const border = bytes.indexOf('\r\n\r\n');
  if (border === -1) return { bytes, head: bytes.toString('latin1'), body: Buffer.alloc(0), complete: false };
  const head = bytes.toString('latin1', 0, border);
  const rest = bytes.subarray(border + 4);
  const length = /content-length: (\d+)/iu.exec(head)?.[1];
  if (length !== undefined) return { bytes, head, body: rest, complete: rest.length === Number(length) };
  return { bytes, head, ...unchunk(rest) };
}

function unchunk(rest: Buffer): { body: Buffer; complete: boolean } {
  const parts: Buffer[] = [];
  let at = 0;
  for (;;) {
    const line = rest.indexOf('\r\n', at);
    const size = line === -1 ? Number.NaN : Number.parseInt(rest.toString('latin1', at, line), 16);
    if (Number.isNaN(size)) return { body: Buffer.concat(parts), complete: false };
    if (size === 0) return { body: Buffer.concat(parts), complete: true };
    parts.push(rest.subarray(line + 2, line + 2 + size));
    at = line + 2 + size + 2;
  }
}

/** The data lines of a stream, in order. */
export function dataLines(body: Buffer): string[] {
  return body
    .toString('utf8')
    .split('\n')
    .filter((line) => line.startsWith('data: '))
    .map((line) => line.slice('data: '.length));
}
