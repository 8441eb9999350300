import { createServer, type AddressInfo, type Socket } from 'node:net';

/** One request that came, and the connection to answer it on with whatever bytes. */
export interface RawExchange {
  readonly socket: Socket;
  /** How many requests this connection has brought, this one counted. */
  readonly ofConnection: number;
  readonly body: string;
}

type RawAnswerer = (exchange: RawExchange) => void;

export interface RawUpstream {
  readonly port: number;
  /** Requests since the last `answerWith`. */
  readonly requests: number;
  readonly openConnections: number;
  answerWith(answerer: RawAnswerer): void;
  close(): Promise<void>;
}

/** An upstream that is no HTTP server: it reads requests and answers with the very bytes that it is given. */
export async function startRawUpstream(): Promise<RawUpstream> {
  let answerer: RawAnswerer = ({ socket }) => socket.destroy();
  let requests = 0;
  const open = new Set<Socket>();
  const server = createServer({ allowHalfOpen: true }, (socket) => {
    open.add(socket);
    let ofConnection = 0;
    let pending: Buffer = Buffer.alloc(0);
    socket.on('data', (chunk: Buffer) => {
      pending = Buffer.concat([pending, chunk]);
      for (;;) {
        const headEnd = pending.indexOf('\r\n\r\n');
        if (headEnd < 0) return;
        const length = /content-length: (\d+)/i.exec(pending.subarray(0, headEnd).toString())?.[1] ?? 0;
        const end = headEnd + 4 + Number(length);
        if (pending.length < end) return;
        const body = pending.subarray(headEnd + 4, end).toString();
        pending = pending.subarray(end);
        ofConnection += 1;
        requests += 1;
        answerer({ socket, ofConnection, body });
      }
    });
    socket.on('end', () => socket.end());
    socket.on('error', () => socket.destroy());
    socket.on('close', () => open.delete(socket));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    port: (server.address() as AddressInfo).port,
    get requests() {
      return requests;
    },
    get openConnections() {
      return open.size;
    },
    answerWith(next) {
      answerer = next;
      requests = 0;
    },
    close: () =>
      new Promise((resolve) => {
        for (const socket of open) socket.destroy();
        server.close(() => resolve());
      }),
  };
}
