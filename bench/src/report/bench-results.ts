import type { ChunkDelay } from '../measures/chunk-delay.js';
import type { EngineCost } from '../measures/engine-cost.js';
import type { EventCost } from '../measures/event-cost.js';
import type { Failover } from '../measures/failover.js';
import type { Latency } from '../measures/latency.js';
import type { OpenStreams } from '../measures/open-streams.js';
import type { Throughput } from '../measures/throughput.js';
import type { WorkerDrain } from '../measures/worker-drain.js';

/** What a run found; a part that was not asked for is missing. */
export interface BenchResults {
  throughput?: Throughput;
  latency?: Latency;
  chunks?: ChunkDelay;
  events?: EventCost[];
  streams?: OpenStreams;
  engine?: EngineCost;
  failover?: Failover;
  drain?: WorkerDrain;
}

/** One figure: what was measured, what it came to, and what design promises of it. */
export interface Row {
  readonly what: string;
  readonly measured: string;
  readonly promise: string;
}
