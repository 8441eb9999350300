import { setTimeout as sleep } from 'node:timers/promises';
import { startClosedLoop } from './load/closed-loop.js';
import type { LoadJob, LoadReport } from './load/load-job.js';
import { LoadMeter } from './load/load-meter.js';
import { startOpenLoop } from './load/open-loop.js';
import { startStreamLoop } from './load/stream-loop.js';

/** The load generator's process: does one job after another, as its parent says, and ends with it. */
const loops = { closed: startClosedLoop, open: startOpenLoop, streams: startStreamLoop };

async function work(job: LoadJob): Promise<void> {
  const meter = new LoadMeter();
  const stop = loops[job.kind](job, meter);
  await sleep(job.warmupMs);
  meter.start();
  report({ kind: 'measuring' });
  await sleep(job.measureMs);
  meter.stop();
  report({ kind: 'done', result: meter.result() });
  stop();
}

function report(message: LoadReport): void {
  process.send?.(message);
}

process.on('message', (job) => void work(job as LoadJob));
process.on('disconnect', () => process.exit(0));
