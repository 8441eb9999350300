import { describe, expect, it } from '@jest/globals';
import type { UpstreamFailure } from '@trunkline/contracts';
import { runPlan, type AttemptResult, type AttemptTrace, type RunResult } from './attempt-runner.js';
import { Cancellation } from './cancellation.js';
import { CircuitBreakers, FAILURES_TO_OPEN } from './circuit-breaker.js';
import { FakeTime } from './testing/fake-time.js';
import { sketchFailure, sketchTarget } from './testing/sketch-target.js';

const targets = [sketchTarget('first'), sketchTarget('second')];

class Bench {
  readonly time = new FakeTime();
  readonly breakers = new CircuitBreakers();
  readonly cancellation = new Cancellation();
  readonly asked: string[] = [];

  async run(
    answers: (UpstreamFailure | 'ok')[],
    deadlineMs = 60_000,
    plan = targets,
  ): Promise<RunResult<string> & { trail: AttemptTrace[] }> {
    const trail: AttemptTrace[] = [];
    let ids = 0;
    const result = await runPlan<string>({
      targets: plan,
      clock: this.time,
      breakers: this.breakers,
      streamed: true,
      deadlineMs,
      cancellation: this.cancellation,
      random: () => 0.5,
      trail,
      newId: () => String((ids += 1)),
      discard: () => {},
      send: (trace) => this.send(trace, answers.shift() ?? sketchFailure('server_error')),
    });
    return { ...result, trail };
  }

  private async send(trace: AttemptTrace, answer: UpstreamFailure | 'ok'): Promise<AttemptResult<string>> {
    this.asked.push(`${trace.target.key} at ${this.time.now()}`);
    return answer === 'ok'
      ? { kind: 'committed', answer: `from ${trace.target.key}` }
      : { kind: 'failed', failure: answer, clock: null };
  }
}

describe('runPlan', () => {
  it('answers from the first target that has something', async () => {
    const bench = new Bench();
    const result = await bench.run([sketchFailure('transport'), 'ok']);
    expect(result).toMatchObject({ kind: 'committed', answer: 'from second' });
    expect(result.trail.map(({ target, failure }) => [target.key, failure?.outcome ?? null])).toEqual([
      ['first', 'transport'],
      ['second', null],
    ]);
  });

  it('decides at once: no time passes between a failure and the next target', async () => {
    const bench = new Bench();
    await bench.run([sketchFailure('overloaded'), 'ok']);
    expect(bench.asked).toEqual(['first at 0', 'second at 0']);
  });

  it('asks every target twice at most and then gives the trail', async () => {
    const bench = new Bench();
    const running = bench.run([]);
    await bench.time.pass(10_000);
    const result = await running;
    expect(result.kind).toBe('failed');
    expect(result.trail).toHaveLength(4);
  });

  it('stops at the total deadline', async () => {
    const bench = new Bench();
    const running = bench.run([sketchFailure('server_error')], 20, targets.slice(0, 1));
    await bench.time.pass(1_000);
    expect((await running).trail).toHaveLength(1);
  });

  it('asks nobody any more when the client is gone', async () => {
    const bench = new Bench();
    const running = bench.run([sketchFailure('server_error')], 60_000, targets.slice(0, 1));
    await bench.time.pass(10);
    bench.cancellation.cancel();
    expect((await running).trail).toHaveLength(1);
    expect(bench.time.timers).toBe(0);
  });

  it('leaves a target alone once its breaker is open', async () => {
    const bench = new Bench();
    for (let call = 0; call < FAILURES_TO_OPEN; call += 1)
      await bench.run([sketchFailure('server_error'), 'ok']);
    bench.asked.length = 0;
    await bench.run(['ok']);
    expect(bench.asked).toEqual(['second at 0']);
    await bench.time.pass(10_000);
    bench.asked.length = 0;
    await bench.run(['ok']);
    expect(bench.asked).toEqual(['first at 10000']);
  });
});
