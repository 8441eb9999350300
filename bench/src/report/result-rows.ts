import type { Delay, Delays } from '../measures/latency.js';
import type { Capacity } from '../measures/throughput.js';
import type { BenchResults, Row } from './bench-results.js';

/** The results as rows, each with the promise that it is held against. */
export function resultRows(results: BenchResults): Row[] {
  return [
    ...throughputRows(results),
    ...latencyRows(results),
    ...chunkRows(results),
    ...eventRows(results),
    ...streamRows(results),
    ...otherRows(results),
  ];
}

function throughputRows({ throughput }: BenchResults): Row[] {
  if (!throughput) return [];
  const { bare, gateway } = throughput;
  const rows = [row('bare proxy, 32 connections, 600 bytes each way', capacity(bare))];
  if (!gateway) return rows;
  return [
    ...rows,
    row('gateway, everything on', capacity(gateway), '≥ 6,000 requests/s'),
    row(
      'gateway ÷ bare proxy',
      `${percent(gateway.requestsPerSecond / bare.requestsPerSecond)} of its requests/s, ${percent(
        gateway.requestsPerCpuSecond / bare.requestsPerCpuSecond,
      )} by CPU time`,
      '≥ 40 %',
    ),
  ];
}

function latencyRows({ latency }: BenchResults): Row[] {
  if (!latency) return [];
  const { requestsPerSecond, delays } = latency;
  const at = `at ${whole(requestsPerSecond)} requests/s`;
  return [
    ...delayRows(`answer ${at}`, delays),
    ...addedRow(`gateway adds to the upstream ${at}`, delays.upstream, delays.gateway, '≤ 1 ms / ≤ 5 ms'),
    ...addedRow('gateway against the bare proxy', delays.bare, delays.gateway),
  ];
}

function chunkRows({ chunks }: BenchResults): Row[] {
  if (!chunks) return [];
  const { bareChunksPerSecond, gatewayChunksPerSecond, offeredPerSecond, delays } = chunks;
  const rows = [
    row('chunks a core of the bare proxy forwards, by CPU time', `${whole(bareChunksPerSecond)}/s`),
  ];
  if (gatewayChunksPerSecond !== undefined) {
    const ratio = percent(gatewayChunksPerSecond / bareChunksPerSecond);
    rows.push(row('the same of the gateway', `${whole(gatewayChunksPerSecond)}/s, ${ratio}`));
  }
  const at = `at ${whole(offeredPerSecond)} chunks/s`;
  return [
    ...rows,
    ...delayRows(`chunk ${at}`, delays),
    ...addedRow(`gateway adds to a chunk ${at}`, delays.upstream, delays.gateway, 'p99 ≤ 1 ms'),
  ];
}

function eventRows({ events = [] }: BenchResults): Row[] {
  const [bare] = events;
  return events.map(({ way, cpuUs, p50, p99 }) => {
    const ratio = bare && way !== bare.way ? ` (× ${(cpuUs / bare.cpuUs).toFixed(2)})` : '';
    const cost = Number.isFinite(cpuUs) ? `${cpuUs.toFixed(1)} µs of CPU${ratio}` : 'void';
    return row(`event of a stream, ${way}`, `${cost}, p50 ${milliseconds(p50)}, p99 ${milliseconds(p99)}`);
  });
}

function streamRows({ streams }: BenchResults): Row[] {
  if (!streams) return [];
  const { bytesPerStream, cpu, delays } = streams;
  const held = `${whole(streams.streams)} streams at 2 events/s`;
  const rows = (['bare', 'gateway', 'unarmed'] as const).flatMap((name) => {
    const bytes = bytesPerStream[name];
    if (bytes === undefined) return [];
    const figures = [
      `${kilobytes(bytes)} a stream`,
      `${percent(cpu[name] ?? NaN)} of a core`,
      print(delays[name]),
    ];
    return [row(`${held}, ${NAMES[name]}`, figures.join(', '))];
  });
  const { bare, gateway } = bytesPerStream;
  if (bare === undefined || gateway === undefined) return rows;
  return [
    ...rows,
    row('memory per stream over the bare proxy', kilobytes(gateway - bare), '≤ 50 KB at 5,000 streams'),
  ];
}

function otherRows({ engine, failover, drain }: BenchResults): Row[] {
  const rows: Row[] = [];
  if (engine) {
    const { happyUs, failedOverUs } = engine;
    rows.push(
      row('the engine alone, first target answers', `${happyUs.toFixed(1)} µs of CPU a call`),
      row('the engine alone, second target answers', `${failedOverUs.toFixed(1)} µs of CPU a call`),
    );
  }
  if (failover) {
    const added = failover.failedOverP50 - failover.untroubledP50;
    rows.push(
      row(
        'failed attempt and decision together',
        `p50 ${milliseconds(added)}, at most ${milliseconds(failover.addedMost)} of ${failover.calls}`,
      ),
      row(
        'from a failed answer’s end to the next request, at the providers',
        `mean ${milliseconds(failover.decisionMean)}, at most ${milliseconds(failover.decisionMost)} of ${failover.calls}`,
        '≤ 10 ms',
      ),
    );
  }
  if (drain) {
    const rest = drain.drained ? '' : ', not finished within 30 s';
    rows.push(
      row(
        'worker drains the queue',
        `${whole(drain.callsPerSecond)} calls/s (${whole(drain.calls)} in ${drain.seconds.toFixed(1)} s${rest}), ${whole(drain.callsPerCpuSecond)} per second of its CPU time`,
      ),
    );
  }
  return rows;
}

const NAMES = {
  upstream: 'upstream alone',
  bare: 'bare proxy',
  gateway: 'gateway',
  unarmed: 'gateway without rescue',
} as const;

function delayRows(what: string, delays: Delays): Row[] {
  return (['upstream', 'bare', 'gateway'] as const).flatMap((name) => {
    const delay = delays[name];
    return delay ? [row(`${what}, ${NAMES[name]}`, `${print(delay)}${remarks(delay)}`)] : [];
  });
}

function addedRow(what: string, base: Delay | undefined, other: Delay | undefined, promise = ''): Row[] {
  if (!base || !other) return [];
  const part = (from: number, to: number): string =>
    `+${milliseconds(to - from)} (× ${(to / from).toFixed(1)})`;
  return [row(what, `p50 ${part(base.p50, other.p50)}, p99 ${part(base.p99, other.p99)}`, promise)];
}

function capacity(one: Capacity): string {
  const rate = `${whole(one.requestsPerSecond)} requests/s, ${whole(one.requestsPerCpuSecond)} per second of its CPU time`;
  const cost = `${whole(1e6 / one.requestsPerCpuSecond)} µs each`;
  return `${rate} (${cost})${remarks(one)}`;
}

function remarks(seen: { strangers: number; voidRounds: number }): string {
  return [
    seen.strangers > 0.05 ? `; others took ${percent(seen.strangers)} of its core` : '',
    seen.voidRounds > 0 ? `; ${seen.voidRounds} round(s) void` : '',
  ].join('');
}

function print(delay: Delay | undefined): string {
  return delay ? `p50 ${milliseconds(delay.p50)}, p99 ${milliseconds(delay.p99)}` : '–';
}

function row(what: string, measured: string, promise = ''): Row {
  return { what, measured, promise };
}

function whole(value: number): string {
  return Number.isFinite(value) ? Math.round(value).toLocaleString('en-US') : 'void';
}

function percent(share: number): string {
  return Number.isFinite(share) ? `${Math.round(share * 100)} %` : 'void';
}

function milliseconds(us: number): string {
  return Number.isFinite(us) ? `${(us / 1_000).toFixed(2)} ms` : 'void';
}

function kilobytes(bytes: number): string {
  return Number.isFinite(bytes) ? `${(bytes / 1_000).toFixed(0)} KB` : 'void';
}
