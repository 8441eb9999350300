import type { ProcessExit, RunningService } from '@trunkline/local-services';

/** A server of the test's own, which may be frozen, killed and brought back at the same address with the same data. */
export interface OwnServer {
  url: string;
  port: number;
  readonly pid: number;
  /** Stops it from answering without closing a connection, as an overloaded disk would. */
  freeze(): void;
  thaw(): void;
  /** `kill -9`; resolves when it is gone. */
  kill(): Promise<ProcessExit>;
  /** Brings it back after `kill`. */
  restart(): Promise<void>;
  stop(): Promise<void>;
}

/** Wraps a way to start a server on a given port (0 at first: a free one) into one that tests can break. */
export async function ownServer(start: (port: number) => Promise<RunningService>): Promise<OwnServer> {
  let service = await start(0);
  const { url, port } = service;
  return {
    url,
    port,
    get pid() {
      return service.pid;
    },
    freeze: () => void process.kill(service.pid, 'SIGSTOP'),
    thaw: () => void process.kill(service.pid, 'SIGCONT'),
    kill: async () => {
      process.kill(service.pid, 'SIGKILL');
      return service.exited;
    },
    restart: async () => {
      service = await start(port);
    },
    stop: () => service.stop(),
  };
}
