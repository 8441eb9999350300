import { Histogram } from '../statistics/histogram.js';
import type { Stage } from './stage.js';
import { jobFor, type Subject } from '../platform/subject.js';

export interface Failover {
  readonly calls: number;
  /** Microseconds of an answer without and with a first attempt that failed. */
  readonly untroubledP50: number;
  readonly failedOverP50: number;
  /** Worst of them: failed attempt, decision and second attempt, less an untroubled call. */
  readonly addedMost: number;
}

const PAIRS = 25;

/**
 * Calls one after another, every second one with a first provider that answers 503. The good call between two bad ones
 * keeps the breaker closed: it would leave the provider out, and there would be nothing to decide.
 */
export async function measureFailover(stage: Stage, gateway: Subject): Promise<Failover> {
  const untroubled = new Histogram();
  const failedOver = new Histogram();
  await call(gateway, untroubled);
  for (let pair = 0; pair < PAIRS; pair += 1) {
    await stage.simulator.control('PUT', 'faults', [{ provider: 'openai', fault: 'status:503', times: 1 }]);
    const attempts = await call(gateway, failedOver);
    if (attempts !== '2') throw new Error(`the call was not answered by a second attempt but by ${attempts}`);
    await stage.simulator.control('DELETE', 'faults');
    await call(gateway, untroubled);
  }
  return {
    calls: PAIRS,
    untroubledP50: untroubled.percentile(0.5),
    failedOverP50: failedOver.percentile(0.5),
    addedMost: failedOver.percentile(1) - untroubled.percentile(0.5),
  };
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
