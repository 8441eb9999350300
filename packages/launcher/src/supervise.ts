import { setTimeout as sleep } from 'node:timers/promises';
import { processToken, type ServiceProcess } from '@trunkline/local-services';
import type { PidFiles } from './pid-files.js';
import type { Screen } from './screen.js';

/** A part that is kept alive. */
export interface SupervisedPart {
  name: string;
  /** Starts it once. For a server this resolves when it answers, for another part when its process exists. */
  start: () => Promise<ServiceProcess>;
}

/** Handle of a supervised part. */
export interface Supervision {
  name: string;
  /** How often it ended by itself. */
  readonly ends: number;
  /** Ends it for good; resolves when its process is gone. */
  stop(): Promise<void>;
  /** `kill -9`, for one that is stopping and takes too long. */
  kill(): void;
}

/** Pauses before the next start, in ms; a part that had run a minute begins at the first again. */
export interface Backoff {
  firstMs: number;
  mostMs: number;
  calmMs: number;
}

const usualBackoff: Backoff = { firstMs: 1_000, mostMs: 30_000, calmMs: 60_000 };

/**
 * Starts a part and starts it again whenever it ends: after 1 s, then 2, 4 … 30. A process is started only when the
 * one before it is gone, so that nobody shares a spool or a port with his own ghost.
 *
 * @throws what the first start throws; a later one that fails is said on the screen and tried again
 */
export async function supervise(
  part: SupervisedPart,
  files: PidFiles,
  screen: Screen,
  backoff = usualBackoff,
): Promise<Supervision> {
  const stopping = new AbortController();
  let ends = 0;
  let current = await begin();
  const watching = watch();

  async function begin(): Promise<ServiceProcess> {
    const started = await part.start();
    files.write(part.name, started.pid, started.token);
    return started;
  }

  async function watch(): Promise<void> {
    let pauseMs = backoff.firstMs;
    for (;;) {
      const since = performance.now();
      const { code, signal } = await current.exited;
      files.remove(part.name);
      if (stopping.signal.aborted) return;
      ends += 1;
      if (performance.now() - since > backoff.calmMs) pauseMs = backoff.firstMs;
      screen.step(
        `${part.name} ended (${signal ?? `exit code ${code}`}); starting it again in ${pauseMs / 1000} s`,
      );
      const again = await beginAgain(pauseMs);
      if (again === undefined) return;
      [current, pauseMs] = again;
      // Asked to stop while it was starting.
      if (stopping.signal.aborted) void current.stop();
    }
  }

  /** `undefined` when the part is to stay down. */
  async function beginAgain(pause: number): Promise<[ServiceProcess, number] | undefined> {
    let pauseMs = pause;
    for (;;) {
      await sleep(pauseMs, undefined, { signal: stopping.signal }).catch(() => undefined);
      if (stopping.signal.aborted) return undefined;
      pauseMs = Math.min(pauseMs * 2, backoff.mostMs);
      try {
        const started = await begin();
        screen.step(`${part.name} runs again (process ${started.pid})`);
        return [started, pauseMs];
      } catch (error) {
        screen.step(
          `${part.name} does not start: ${error instanceof Error ? error.message : String(error)}; trying again in ${pauseMs / 1000} s`,
        );
      }
    }
  }

  return {
    name: part.name,
    get ends() {
      return ends;
    },
    stop: async () => {
      stopping.abort();
      await current.stop();
      await watching;
    },
    kill: () => {
      if (processToken(current.pid) === current.token) process.kill(current.pid, 'SIGKILL');
    },
  };
}
