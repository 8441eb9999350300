import { setTimeout as sleep } from 'node:timers/promises';
import type { createPool } from '@trunkline/prisma';

export interface WorkerDrain {
  readonly calls: number;
  readonly seconds: number;
  readonly callsPerSecond: number;
  /** Calls per second of the worker's own CPU time; Postgres' is not in it. */
  readonly callsPerCpuSecond: number;
  /** Whether nothing was left when the time was over. */
  readonly drained: boolean;
}

const AT_MOST_MS = 30_000;
// Longer than a gateway waits before it sends an unconfirmed batch again.
const QUIET_MS = 6_000;
const LOOK_MS = 250;

/** Watches the log grow until it stands still, for 30 s at most. */
export async function measureDrain(
  pool: ReturnType<typeof createPool>,
  workerCpuSeconds: () => number,
): Promise<WorkerDrain> {
  const startedMs = performance.now();
  const cpuBefore = workerCpuSeconds();
  const first = await callsIn(pool);
  let last = { calls: first, atMs: startedMs, cpu: cpuBefore };
  let drained = false;
  while (!drained && performance.now() - startedMs < AT_MOST_MS) {
    await sleep(LOOK_MS);
    const calls = await callsIn(pool);
    const nowMs = performance.now();
    if (calls > last.calls) last = { calls, atMs: nowMs, cpu: workerCpuSeconds() };
    else drained = last.calls > first && nowMs - last.atMs > QUIET_MS;
  }
  const seconds = (last.atMs - startedMs) / 1_000;
  const calls = last.calls - first;
  return {
    calls,
    seconds,
    callsPerSecond: calls === 0 ? 0 : calls / seconds,
    callsPerCpuSecond: calls / (last.cpu - cpuBefore),
    drained,
  };
}

async function callsIn(pool: ReturnType<typeof createPool>): Promise<number> {
  // The sums are moved in the transaction that writes the log; counting the log itself would slow down who writes it.
  const { rows } = await pool.query<{ calls: string }>(
    'SELECT coalesce(sum(calls), 0) AS calls FROM usage_rollup',
  );
  return Number(rows[0]?.calls ?? 0);
}
