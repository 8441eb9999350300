import { connect } from 'node:net';

/** Whether a Redis on this loopback port lets us in and answers `PING` in time; while it loads its data it does not. */
export function pingRedis(port: number, password: string, timeoutMs: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ port, host: '127.0.0.1' });
    const done = (answer: boolean) => {
      socket.destroy();
      resolve(answer);
    };
    let received = '';
    socket.setTimeout(timeoutMs, () => done(false));
    socket.once('error', () => done(false));
    socket.once('close', () => resolve(false));
    socket.once('connect', () =>
      socket.write(
        `*2\r\n$4\r\nAUTH\r\n$${Buffer.byteLength(password)}\r\n${password}\r\n*1\r\n$4\r\nPING\r\n`,
      ),
    );
    socket.on('data', (chunk) => {
      received += chunk.toString();
      if (received === '+OK\r\n+PONG\r\n') done(true);
      else if (received.includes('-')) done(false);
    });
  });
}
