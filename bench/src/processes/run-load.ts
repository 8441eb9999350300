import type { LoadJob, LoadReport, LoadResult } from '../load/load-job.js';
import type { BenchProcess } from './bench-process.js';
import { coreSeconds, cpuSeconds } from './usage-of.js';

/** Who takes part in a measurement. */
export interface Cast {
  readonly generator: BenchProcess;
  readonly measured: BenchProcess;
  readonly upstream: BenchProcess;
  /** Core of the measured process, if it has one to itself. */
  readonly core: number | undefined;
}

/** Shares of one core, 1 is all of it. */
export interface CpuShares {
  readonly measured: number;
  readonly generator: number;
  readonly upstream: number;
  /** What processes that are not ours took of the measured process' core. */
  readonly strangers: number;
}

/** What a measurement saw, and who worked how much for it. */
export interface Measured {
  readonly load: LoadResult;
  readonly cpu: CpuShares;
  /** Why it does not count; undefined when it does. */
  readonly voidBecause: string | undefined;
}

/** Runs one job and measures from the end of its warm-up to its end. */
export async function runLoad(cast: Cast, job: LoadJob): Promise<Measured> {
  const { generator } = cast;
  const result = new Promise<{ load: LoadResult; cpu: CpuShares }>((resolve, reject) => {
    let before = usage(cast);
    void generator.exited.then(() => reject(new Error('the load generator is gone')));
    void cast.measured.exited.then((code) => reject(new Error(`${cast.measured.name} ended with ${code}`)));
    current.set(generator, (report) => {
      if (report.kind === 'measuring') before = usage(cast);
      else resolve({ load: report.result, cpu: difference(before, usage(cast)) });
    });
  });
  listen(generator);
  generator.send(job);
  const { load, cpu } = await result;
  return { load, cpu, voidBecause: whyVoid(cast, job, load, cpu) };
}

const current = new Map<BenchProcess, (report: LoadReport) => void>();
const listening = new Set<BenchProcess>();

function listen(generator: BenchProcess): void {
  if (listening.has(generator)) return;
  listening.add(generator);
  generator.onMessage((message) => current.get(generator)?.(message as LoadReport));
}

interface Usage {
  readonly atMs: number;
  readonly seconds: readonly number[];
}

function usage({ measured, generator, upstream, core }: Cast): Usage {
  const seconds = [measured, generator, upstream].map(({ pid }) => cpuSeconds(pid));
  return { atMs: performance.now(), seconds: [...seconds, core === undefined ? NaN : coreSeconds(core)] };
}

function difference(before: Usage, after: Usage): CpuShares {
  const elapsed = (after.atMs - before.atMs) / 1_000;
  const [measured = NaN, generator = NaN, upstream = NaN, core = NaN] = after.seconds.map(
    (seconds, index) => (seconds - (before.seconds[index] ?? NaN)) / elapsed,
  );
  return { measured, generator, upstream, strangers: Math.max(0, core - measured) };
}

// A proxy at a fraction of its capacity may well be less busy than who calls it; that spoils nothing while they have
// time to spare.
const SPARE_SHARE = 0.5;

function whyVoid(cast: Cast, job: LoadJob, load: LoadResult, cpu: CpuShares): string | undefined {
  const failures = Object.entries(load.failures).map(([why, count]) => `${count} × ${why}`);
  if (failures.length > 0) return `not all answered: ${failures.join(', ')}`;
  if (cast.measured === cast.upstream) return undefined;
  const most = job.kind === 'closed' ? cpu.measured : Math.max(cpu.measured, SPARE_SHARE);
  if (cpu.generator > most) return 'the load generator was busier than what it measures';
  if (cpu.upstream > most) return 'the upstream was busier than what is measured';
  return undefined;
}
