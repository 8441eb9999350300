import { Histogram } from '../statistics/histogram.js';
import { median } from '../statistics/percentile.js';
import { delaysOf, type Delays } from './latency.js';
import { inTurn, type Round, type Stage } from './stage.js';

export interface ChunkDelay {
  /** What would fill the bare proxy's core, from its CPU time per chunk. */
  readonly bareChunksPerSecond: number;
  /** The same for the gateway. */
  readonly gatewayChunksPerSecond: number | undefined;
  /** Half of the bare proxy's: what was offered to all. */
  readonly offeredPerSecond: number;
  /** From the source's write to the generator's read. */
  readonly delays: Delays;
}

const STREAMS = 64;
const CHUNKS_PER_STREAM = 2_000;
// Enough to see the cost of a chunk and few enough that no chunk is read together with the next.
const CALM_CHUNKS_PER_SECOND = 6_000;

/** How long a chunk is under way at half of the bare proxy's chunk rate. */
export async function measureChunkDelay(
  stage: Stage,
  options: { rounds: number; seconds: number },
): Promise<ChunkDelay> {
  const { stamped, source } = stage;
  const measureMs = options.seconds * 1_000;
  const job = { kind: 'streams', connections: STREAMS, warmupMs: 1_500, measureMs } as const;
  const setRate = (chunksPerSecond: number): void =>
    source.process.send({ chunksPerSecond: chunksPerSecond / STREAMS, chunks: CHUNKS_PER_STREAM });

  setRate(CALM_CHUNKS_PER_SECOND);
  const calm = await inTurn(stage, stamped, [stamped.bare, stamped.gateway], 2, true, job);
  const bareChunksPerSecond = chunkRate(calm, 'bare');
  const offeredPerSecond = Math.round(bareChunksPerSecond / 2);
  setRate(offeredPerSecond);
  const ways = [stamped.upstream, stamped.bare, stamped.gateway];
  const rounds = await inTurn(stage, stamped, ways, Math.max(2, options.rounds - 2), true, job);
  return {
    bareChunksPerSecond,
    gatewayChunksPerSecond: stamped.gateway && chunkRate(calm, 'gateway'),
    offeredPerSecond,
    delays: delaysOf(rounds),
  };
}

function chunkRate(rounds: readonly Round[], name: Round['subject']): number {
  const own = rounds.filter(({ subject }) => subject === name);
  return median(
    own.map(({ load, cpu }) => new Histogram(load.durations).count / (load.elapsedMs / 1_000) / cpu.measured),
  );
}
