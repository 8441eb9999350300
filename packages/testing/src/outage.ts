import type { ProcessExit, RunningService } from '@trunkline/local-services';
import { freezeProcesses } from './freeze-processes.js';

/** A server of the test's own, which may be frozen, killed and brought back at the same address with the same data. */
export interface OwnServer {
  url: string;
  port: number;
  readonly pid: number;
  /** Stops it and its children from answering without closing a connection, as a machine that stands still would. */
  freeze(): void;
  thaw(): void;
  /** `kill -9`; resolves when it is gone. */
  kill(): Promise<ProcessExit>;
  /** Brings it back after `kill`. */
  restart(): Promise<void>;
  stop(): Promise<void>;
}

/** Wraps a way to start a server, always on the same port, into one that tests can break. */
export async function ownServer(start: () => Promise<RunningService>): Promise<OwnServer> {
  let service = await start();
  const { url, port } = service;
  let goOn = (): void => undefined;
  return {
    url,
    port,
    get pid() {
      return service.pid;
    },
    freeze: () => {
      goOn = freezeProcesses(service.pid);
    },
    thaw: () => goOn(),
    kill: async () => {
      process.kill(service.pid, 'SIGKILL');
      return service.exited;
    },
    restart: async () => {
      service = await start();
    },
    stop: () => service.stop(),
  };
}
