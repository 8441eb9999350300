import { setTimeout as sleep } from 'node:timers/promises';
import { processToken } from './process-identity.js';

/** One step of ending a process: the signal, and how long to wait for it to work. */
export interface StopStep {
  signal: NodeJS.Signals;
  waitMs: number;
}

/** Asks, waits ten seconds, then kills. */
export const politeStop: readonly StopStep[] = [
  { signal: 'SIGTERM', waitMs: 10_000 },
  { signal: 'SIGKILL', waitMs: 5_000 },
];

/**
 * Ends the process that `token` names (see `processToken`), step by step, and resolves with whether it is gone.
 * A frozen process is woken after each signal, otherwise it could not obey. Does nothing when the pid now belongs to another one.
 */
export async function endProcess(
  pid: number,
  token: string,
  steps: readonly StopStep[] = politeStop,
): Promise<boolean> {
  for (const step of steps) {
    if (processToken(pid) !== token) return true;
    send(pid, step.signal);
    send(pid, 'SIGCONT');
    const deadline = performance.now() + step.waitMs;
    while (performance.now() < deadline) {
      if (processToken(pid) !== token) return true;
      await sleep(25);
    }
  }
  return processToken(pid) !== token;
}

function send(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal);
  } catch (error) {
    // Gone between look and signal; one that we may not signal shows as still alive to the caller.
    if (!['ESRCH', 'EPERM'].includes((error as NodeJS.ErrnoException).code ?? '')) throw error;
  }
}
