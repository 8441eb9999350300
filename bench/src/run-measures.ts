import type { BenchOptions } from './bench-options.js';
import { measureChunkDelay } from './measures/chunk-delay.js';
import { measureEngineCost } from './measures/engine-cost.js';
import { measureEventCost } from './measures/event-cost.js';
import { measureFailover } from './measures/failover.js';
import { measureLatency } from './measures/latency.js';
import { measureOpenStreams } from './measures/open-streams.js';
import { measureThroughput } from './measures/throughput.js';
import { measureDrain } from './measures/worker-drain.js';
import { startWorker } from './platform/gateway.js';
import { jobFor } from './platform/subject.js';
import { type Platform, startFreshStamped } from './platform/start-platform.js';
import { runLoad } from './processes/run-load.js';
import { cpuSeconds } from './processes/usage-of.js';
import type { BenchResults } from './report/bench-results.js';

// What half load is when throughput was not measured in this run.
const USUAL_HALF = 3_000;
const WARM_UP_MS = 12_000;

/** Runs the parts that were asked for, one after another. */
export async function runMeasures(
  platform: Platform,
  options: BenchOptions,
  say: (line: string) => void,
): Promise<BenchResults> {
  const { stage } = platform;
  const { parts } = options;
  const results: BenchResults = {};
  say('warm up');
  await warmUp(platform, options.connections);
  if (parts.has('throughput')) {
    say('throughput, bare proxy and gateway in turn');
    results.throughput = await measureThroughput(stage, options);
  }
  if (parts.has('latency')) {
    const capacity = results.throughput?.gateway?.requestsPerSecond;
    const half = capacity !== undefined && Number.isFinite(capacity) ? Math.round(capacity / 2) : USUAL_HALF;
    say(`latency at ${half} requests/s`);
    results.latency = await measureLatency(stage, half, {
      ...options,
      rounds: Math.max(2, options.rounds - 2),
    });
  }
  if (parts.has('chunks')) {
    say('delay of chunks at half of the bare proxy’s rate');
    results.chunks = await measureChunkDelay(stage, options);
  }
  if (parts.has('events')) {
    say('cost of an event of a stream, way after way');
    results.events = await measureEventCost(stage, platform.facts, options);
  }
  if (parts.has('streams')) {
    say(`${options.streams} open streams`);
    results.streams = await measureOpenStreams(stage, await startFreshStamped(platform), options);
  }
  if (parts.has('engine')) {
    say('the engine alone');
    results.engine = await measureEngineCost(platform.root);
  }
  if (parts.has('failover') && stage.plain.gateway) {
    say('failover');
    results.failover = await measureFailover(stage, stage.plain.gateway);
  }
  if (parts.has('drain')) {
    say('the worker drains the queue');
    const { root, processes, facts, cores, pool } = platform;
    const worker = await startWorker(root, processes, facts, cores.measured);
    results.drain = await measureDrain(pool, () => cpuSeconds(worker.pid));
  }
  return results;
}

/** What runs for the first time is interpreted, and the gateway has twenty times the code of the bare proxy. */
async function warmUp({ stage }: Platform, connections: number): Promise<void> {
  const { plain, generator, core } = stage;
  for (const subject of [plain.bare, plain.gateway]) {
    if (!subject) continue;
    const cast = { generator, measured: subject.process, upstream: plain.upstreamProcess, core };
    await runLoad(
      cast,
      jobFor(subject, false, { kind: 'closed', connections, warmupMs: WARM_UP_MS, measureMs: 0 }),
    );
  }
}
