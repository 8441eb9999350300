import {
  HEALTH_WINDOWS,
  type HealthFigures,
  type HealthReport,
  type HealthWindow,
  histogramQuantile,
  LATENCY_BOUNDS_MS,
  type Percentiles,
  type TargetHealth,
  THROUGHPUT_BOUNDS,
} from '@trunkline/contracts';
import { Prisma, type PrismaClient } from '@trunkline/prisma';

/** Windows up to this are read from buckets of a minute, longer ones from those of a quarter of an hour. */
const LONGEST_IN_MINUTES = 3_600;

/** Sums of `attempt_rollup` over one window. */
interface HealthSums {
  succeeded: bigint;
  down: bigint;
  refused: bigint;
  first_token_histogram: bigint[];
  throughput_histogram: bigint[];
}
type HealthRow = HealthSums & { span: string; provider_id: string; model_id: string };

const sumOf = (column: string, places: number) =>
  `ARRAY[${Array.from({ length: places }, (_, place) => `sum(r.${column}[${place + 1}])::int8`).join(', ')}] AS ${column}`;
const SUMS = Prisma.raw(
  [
    ...['succeeded', 'down', 'refused'].map((name) => `sum(r.${name})::int8 AS ${name}`),
    sumOf('first_token_histogram', LATENCY_BOUNDS_MS.length + 1),
    sumOf('throughput_histogram', THROUGHPUT_BOUNDS.length + 1),
  ].join(', '),
);
const WINDOWS = Prisma.raw(
  Object.entries(HEALTH_WINDOWS)
    .map(([name, seconds]) => `('${name}', ${seconds}, ${seconds <= LONGEST_IN_MINUTES ? 60 : 900})`)
    .join(', '),
);

export interface Health extends HealthReport {
  /** The same by provider, all models together. */
  readonly providers: readonly Omit<TargetHealth, 'modelId'>[];
}

/**
 * How every provider's model did over each window. One query over what the windows have buckets for.
 * @param modelId this one alone; all when it is missing
 */
export async function readHealth(client: PrismaClient, at: Date, modelId?: string): Promise<Health> {
  const rows = await client.$queryRaw<HealthRow[]>(Prisma.sql`
    SELECT w.name AS span, r.provider_id, r.model_id, ${SUMS}
    FROM (VALUES ${WINDOWS}) AS w (name, seconds, span_seconds)
    JOIN attempt_rollup r ON r.span_seconds = w.span_seconds
      AND r.bucket_start > ${at}::timestamptz - make_interval(secs => w.seconds)
      ${modelId === undefined ? Prisma.empty : Prisma.sql`AND r.model_id = ${modelId}`}
    GROUP BY w.name, r.provider_id, r.model_id`);
  const targets = new Map<string, TargetHealth>();
  const sums = new Map<string, Map<HealthWindow, HealthSums>>();
  for (const row of rows) {
    const window = row.span as HealthWindow;
    const name = `${row.provider_id}\n${row.model_id}`;
    const target = targets.get(name) ?? {
      providerId: row.provider_id,
      modelId: row.model_id,
      windows: {},
    };
    targets.set(name, target);
    target.windows[window] = figuresOf(row);
    const ofProvider = sums.get(row.provider_id) ?? new Map<HealthWindow, HealthSums>();
    sums.set(row.provider_id, ofProvider);
    const known = ofProvider.get(window);
    ofProvider.set(window, known ? add(known, row) : row);
  }
  return {
    madeAtMs: at.getTime(),
    targets: [...targets.values()],
    providers: [...sums].map(([providerId, windows]) => ({
      providerId,
      windows: Object.fromEntries([...windows].map(([window, sum]) => [window, figuresOf(sum)])),
    })),
  };
}

function figuresOf(sums: HealthSums): HealthFigures {
  const { succeeded, down, refused } = sums;
  const attempts = succeeded + down + refused;
  return {
    attempts: Number(attempts),
    uptimePpm: perMillion(succeeded, succeeded + down),
    errorPpm: perMillion(down + refused, attempts),
    firstTokenMs: percentilesOf((share) =>
      histogramQuantile(LATENCY_BOUNDS_MS, sums.first_token_histogram, share),
    ),
    // Of speeds the p99 is what 99 % reach: the slow end.
    tokensPerSecond: percentilesOf((share) =>
      histogramQuantile(THROUGHPUT_BOUNDS, sums.throughput_histogram, 1 - share),
    ),
  };
}

function perMillion(part: bigint, whole: bigint): number | null {
  return whole === 0n ? null : Number((part * 1_000_000n) / whole);
}

function percentilesOf(quantile: (share: number) => number | null): Percentiles | null {
  const at = (share: number) => {
    const value = quantile(share);
    return value === null ? null : Math.round(value * 10) / 10;
  };
  const [p50, p75, p90, p95, p99] = [at(0.5), at(0.75), at(0.9), at(0.95), at(0.99)];
  if (p50 === null || p75 === null || p90 === null || p95 === null || p99 === null) return null;
  return { p50, p75, p90, p95, p99 };
}

function add(left: HealthSums, right: HealthSums): HealthSums {
  const histogram = (a: readonly bigint[], b: readonly bigint[]) =>
    a.map((count, place) => count + (b[place] ?? 0n));
  return {
    succeeded: left.succeeded + right.succeeded,
    down: left.down + right.down,
    refused: left.refused + right.refused,
    first_token_histogram: histogram(left.first_token_histogram, right.first_token_histogram),
    throughput_histogram: histogram(left.throughput_histogram, right.throughput_histogram),
  };
}
