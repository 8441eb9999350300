import { createServer, type Server } from 'node:net';

// Below the ports that systems hand out by themselves, so that no connection takes one: not before its server listens,
// and not while that is killed to be started again.
const FIRST = 20_000;
const LAST = 32_000;
const TRIES = 50;

/**
 * Finds TCP ports in a row that are free on loopback, for processes that count up from a base.
 * @returns the first of them
 * @throws Error when none are found in fifty places
 */
export async function freePorts(count: number): Promise<number> {
  for (let tried = 0; tried < TRIES; tried += 1) {
    const first = FIRST + Math.floor(Math.random() * (LAST - FIRST - count));
    const listening = await Promise.all(Array.from({ length: count }, (_, index) => listen(first + index)));
    const servers = listening.filter((server) => server !== null);
    await Promise.all(servers.map(close));
    if (servers.length === count) return first;
  }
  throw new Error(`no ${count} ports in a row are free`);
}

/** Null where the port is taken. */
function listen(port: number): Promise<Server | null> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(null));
    server.listen(port, '127.0.0.1', () => resolve(server));
  });
}

function close(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
  });
}
