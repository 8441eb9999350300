import { setTimeout as sleep } from 'node:timers/promises';
import type { Subject } from '../platform/subject.js';
import { residentBytes } from '../processes/usage-of.js';
import { median } from '../statistics/percentile.js';
import { delaysOf, type Delays } from './latency.js';
import { inTurn, type Lineup, type Round, type Stage } from './stage.js';

export interface OpenStreams {
  readonly streams: number;
  readonly delays: Delays;
  readonly cpu: Partial<Record<Subject['name'], number>>;
  /** Resident memory that the streams added, per stream. */
  readonly bytesPerStream: Partial<Record<Subject['name'], number>>;
}

const CHUNKS_PER_SECOND = 2;
// Of 250 bytes each: an answer of 2 KB.
const CHUNKS_PER_STREAM = 8;
const SAMPLE_MS = 250;

/** Holds streams open at two events a second, in processes that did nothing before: what they cost in memory and time. */
export async function measureOpenStreams(
  stage: Stage,
  fresh: Lineup,
  options: { streams: number; seconds: number },
): Promise<OpenStreams> {
  const { source } = stage;
  source.process.send({ chunksPerSecond: CHUNKS_PER_SECOND, chunks: CHUNKS_PER_STREAM });
  const bytesPerStream: Partial<Record<Subject['name'], number>> = {};
  const rounds: Round[] = [];
  for (const subject of [fresh.bare, fresh.gateway, fresh.unarmed]) {
    if (!subject) continue;
    // Code that is loaded or compiled at the first stream is no stream's memory.
    await inTurn(stage, fresh, [subject], 1, true, {
      kind: 'streams',
      connections: 20,
      warmupMs: 500,
      measureMs: 2_000,
    });
    await sleep(1_000);
    const before = residentBytes(subject.process.pid);
    const samples: number[] = [];
    const sampling = setInterval(() => samples.push(residentBytes(subject.process.pid)), SAMPLE_MS);
    const job = {
      kind: 'streams',
      connections: options.streams,
      warmupMs: 3_000 + options.streams,
      measureMs: Math.max(4, options.seconds) * 1_000,
    } as const;
    rounds.push(...(await inTurn(stage, fresh, [subject], 1, true, job)));
    clearInterval(sampling);
    // Those of the last four seconds, when all streams were open.
    const open = samples.slice(-4_000 / SAMPLE_MS);
    bytesPerStream[subject.name] = (median(open) - before) / options.streams;
  }
  const cpu = Object.fromEntries(rounds.map((round) => [round.subject, round.cpu.measured]));
  return { streams: options.streams, delays: delaysOf(rounds), cpu, bytesPerStream };
}
