import { connect, type Socket } from 'node:net';
import { AnswerReader } from './answer-reader.js';

/** What the owner of a connection hears. */
export interface ConnectionEvents {
  body?: (bytes: Buffer) => void;
  /** The answer to the last request is whole; the next may be sent. */
  answered: (status: number) => void;
  /** The last request has no whole answer. The next opens another connection. */
  broken: (why: string) => void;
}

/** One keep-alive connection with one request under way at a time, on bare sockets: cheap beside what it loads. */
export class LoadConnection {
  private socket: Socket | undefined;
  private busy = false;

  constructor(
    private readonly port: number,
    private readonly events: ConnectionEvents,
  ) {}

  /** @param request the whole HTTP request, head and body */
  send(request: Buffer): void {
    this.busy = true;
    this.socket ??= this.open();
    this.socket.write(request);
  }

  destroy(): void {
    this.busy = false;
    this.socket?.destroy();
    this.socket = undefined;
  }

  private open(): Socket {
    const socket = connect({ port: this.port, host: '127.0.0.1', noDelay: true });
    const reader = new AnswerReader({
      ...(this.events.body && { body: this.events.body }),
      end: (status, keepAlive) => {
        this.busy = false;
        if (!keepAlive) this.drop(socket);
        this.events.answered(status);
      },
    });
    socket.on('data', (bytes) => {
      try {
        reader.push(bytes);
      } catch (error) {
        this.fail(socket, error instanceof Error ? error.message : String(error));
      }
    });
    socket.on('error', (error) => this.fail(socket, (error as NodeJS.ErrnoException).code ?? error.message));
    socket.on('close', () => {
      if (reader.close() === 'cut') this.fail(socket, 'cut');
      else this.fail(socket, 'closed');
    });
    return socket;
  }

  private drop(socket: Socket): void {
    socket.destroy();
    if (this.socket === socket) this.socket = undefined;
  }

  private fail(socket: Socket, why: string): void {
    if (this.socket !== socket) return;
    this.drop(socket);
    if (!this.busy) return;
    this.busy = false;
    this.events.broken(why);
  }
}

/** A POST with this body, ready to be sent again and again. */
export function requestBytes(
  port: number,
  path: string,
  headers: Record<string, string>,
  body: string,
): Buffer {
  const lines = Object.entries({
    host: `127.0.0.1:${port}`,
    'content-type': 'application/json',
    'content-length': String(Buffer.byteLength(body)),
    ...headers,
  }).map(([name, value]) => `${name}: ${value}\r\n`);
  return Buffer.from(`POST ${path} HTTP/1.1\r\n${lines.join('')}\r\n${body}`);
}
