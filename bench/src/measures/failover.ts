import { Histogram } from '../statistics/histogram.js';
import type { SimulatedCall } from '../platform/simulator.js';
import type { Stage } from './stage.js';
import { jobFor, type Subject } from '../platform/subject.js';

export interface Failover {
  readonly calls: number;
  /** Microseconds of an answer without and with a first attempt that failed. */
  readonly untroubledP50: number;
  readonly failedOverP50: number;
  /** Worst of them: failed attempt, decision and second attempt, less an untroubled call. */
  readonly addedMost: number;
  /**
   * From the end of the failed answer at its provider to the arrival of the next request at another, µs. The
   * provider's clock counts milliseconds, so a single figure is one off at most, and the mean less.
   */
  readonly decisionMean: number;
  readonly decisionMost: number;
}

const PAIRS = 50;
// A breaker opens on half of the attempts, and would leave the provider out: there would be nothing to decide.
const GOOD_BETWEEN = 2;

/** Calls one after another, every third one with a first provider that answers 503. */
export async function measureFailover(stage: Stage, gateway: Subject): Promise<Failover> {
  const untroubled = new Histogram();
  const failedOver = new Histogram();
  const decisions: number[] = [];
  let last = 0;
  await call(gateway, untroubled);
  await stage.simulator.control('DELETE', 'calls');
  for (let pair = 0; pair < PAIRS; pair += 1) {
    await stage.simulator.control('PUT', 'faults', [{ provider: 'openai', fault: 'status:503', times: 1 }]);
    const attempts = await call(gateway, failedOver);
    if (attempts !== '2') throw new Error(`the call was not answered by a second attempt but by ${attempts}`);
    const calls = await stage.simulator.callsSince(last);
    last = calls.at(-1)?.sequence ?? last;
    decisions.push(decisionUs(calls));
    await stage.simulator.control('DELETE', 'faults');
    for (let good = 0; good < GOOD_BETWEEN; good += 1) await call(gateway, untroubled);
  }
  return {
    calls: PAIRS,
    untroubledP50: untroubled.percentile(0.5),
    failedOverP50: failedOver.percentile(0.5),
    decisionMean: decisions.reduce((sum, one) => sum + one, 0) / decisions.length,
    decisionMost: Math.max(...decisions),
    addedMost: failedOver.percentile(1) - untroubled.percentile(0.5),
  };
}

function decisionUs(calls: readonly SimulatedCall[]): number {
  const at = calls.findLastIndex(({ status }) => status === 503);
  const failed = calls[at];
  const next = calls[at + 1];
  if (!failed?.endedAt || !next)
    throw new Error('the simulator did not see the failed call and the next one');
  return Math.max(0, Date.parse(next.startedAt) - Date.parse(failed.endedAt)) * 1_000;
}

async function call(gateway: Subject, times: Histogram): Promise<string> {
  const job = jobFor(gateway, false, { kind: 'closed', connections: 1, warmupMs: 0, measureMs: 0 });
  const startedMs = performance.now();
  const answer = await fetch(`http://127.0.0.1:${gateway.port}${job.path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...job.headers },
    body: job.body,
  });
  await answer.arrayBuffer();
  times.record((performance.now() - startedMs) * 1_000);
  if (answer.status !== 200) throw new Error(`a call that fails over was answered with ${answer.status}`);
  return answer.headers.get('x-trunkline-attempts') ?? 'an unknown number';
}
