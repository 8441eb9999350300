import { Histogram } from '../statistics/histogram.js';
import { median } from '../statistics/percentile.js';
import type { Subject } from '../platform/subject.js';
import { inTurn, type Round, type Stage } from './stage.js';

/** Percentiles in microseconds: medians of the rounds' own. */
export interface Delay {
  readonly p50: number;
  readonly p99: number;
  readonly strangers: number;
  readonly voidRounds: number;
}

/** The same for each way; undefined for one that was not measured. */
export type Delays = Partial<Record<Subject['name'], Delay>>;

export interface Latency {
  readonly requestsPerSecond: number;
  readonly delays: Delays;
}

/** How long an answer takes when requests come at this rate, on each way. */
export async function measureLatency(
  stage: Stage,
  requestsPerSecond: number,
  options: { rounds: number; seconds: number; connections: number },
): Promise<Latency> {
  const { plain } = stage;
  const ways = [plain.upstream, plain.bare, plain.gateway];
  const rounds = await inTurn(stage, plain, ways, options.rounds, false, {
    kind: 'open',
    ratePerSecond: requestsPerSecond,
    connections: options.connections,
    warmupMs: 1_000,
    measureMs: options.seconds * 1_000,
  });
  return { requestsPerSecond, delays: delaysOf(rounds) };
}

/** Sums up rounds per way. */
export function delaysOf(rounds: readonly Round[]): Delays {
  const names = [...new Set(rounds.map(({ subject }) => subject))];
  return Object.fromEntries(
    names.map((name) => {
      const all = rounds.filter(({ subject }) => subject === name);
      const valid = all.filter(({ voidBecause }) => voidBecause === undefined);
      const histograms = valid.map(({ load }) => new Histogram(load.durations));
      return [
        name,
        {
          p50: median(histograms.map((histogram) => histogram.percentile(0.5))),
          p99: median(histograms.map((histogram) => histogram.percentile(0.99))),
          strangers: median(valid.map(({ cpu }) => cpu.strangers)),
          voidRounds: all.length - valid.length,
        },
      ];
    }),
  );
}
