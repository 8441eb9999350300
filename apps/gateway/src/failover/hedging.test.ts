import { describe, expect, it } from '@jest/globals';
import type { UpstreamFailure } from '@trunkline/contracts';
import { runPlan, type AttemptResult, type AttemptTrace, type RunResult } from './attempt-runner.js';
import { Cancellation } from './cancellation.js';
import { CircuitBreakers } from './circuit-breaker.js';
import { HedgeBudget } from './hedge-budget.js';
import { FakeTime } from './testing/fake-time.js';
import { sketchFailure, sketchTarget } from './testing/sketch-target.js';

interface Plan {
  /** When a target answers, and how; one that is not named never does. */
  readonly [target: string]: { atMs: number; failure?: UpstreamFailure };
}

class Race {
  readonly time = new FakeTime();
  readonly client = new Cancellation();
  readonly trail: AttemptTrace[] = [];
  readonly discarded: string[] = [];
  mayHedge = true;

  run(plan: Plan): Promise<RunResult<string>> {
    let ids = 0;
    return runPlan<string>({
      targets: [sketchTarget('slow'), sketchTarget('other'), sketchTarget('third')],
      clock: this.time,
      breakers: new CircuitBreakers(),
      streamed: true,
      deadlineMs: 60_000,
      cancellation: this.client,
      trail: this.trail,
      random: () => 0.5,
      newId: () => String((ids += 1)),
      send: (trace, cancellation) => this.send(trace, cancellation, plan),
      discard: (answer) => this.discarded.push(answer),
      hedge: { delayMs: () => 100, take: () => this.mayHedge },
    });
  }

  get asked(): string[] {
    return this.trail.map(({ target, startedMs }) => `${target.key} at ${startedMs}`);
  }

  private send(
    { target }: AttemptTrace,
    cancellation: Cancellation,
    plan: Plan,
  ): Promise<AttemptResult<string>> {
    return new Promise((resolve) => {
      const { atMs, failure } = plan[target.key] ?? { atMs: Number.POSITIVE_INFINITY };
      if (Number.isFinite(atMs)) {
        this.time.after(atMs, () =>
          resolve(
            failure
              ? { kind: 'failed', failure, clock: null }
              : { kind: 'committed', answer: `from ${target.key}` },
          ),
        );
      }
      cancellation.onCancel(() =>
        resolve({ kind: 'failed', failure: sketchFailure('cancelled'), clock: null }),
      );
    });
  }
}

describe('a hedged call', () => {
  it('takes whoever has something first, and cancels the other', async () => {
    const race = new Race();
    const running = race.run({ slow: { atMs: 5_000 }, other: { atMs: 50 } });
    await race.time.pass(200);
    expect(await running).toMatchObject({ kind: 'committed', answer: 'from other' });
    expect(race.asked).toEqual(['slow at 0', 'other at 100']);
    expect(race.trail.map(({ failure, isHedge, lostRace }) => [failure?.outcome, isHedge, lostRace])).toEqual(
      [
        ['cancelled', false, true],
        [undefined, true, false],
      ],
    );
  });

  it('keeps to the first when that answers in time', async () => {
    const race = new Race();
    const running = race.run({ slow: { atMs: 99 } });
    await race.time.pass(200);
    expect(await running).toMatchObject({ answer: 'from slow' });
    expect(race.asked).toHaveLength(1);
    expect(race.time.timers).toBe(0);
  });

  it('lets the first win when it comes while the second is slower', async () => {
    const race = new Race();
    const running = race.run({ slow: { atMs: 150 }, other: { atMs: 5_000 } });
    await race.time.pass(200);
    expect(await running).toMatchObject({ answer: 'from slow' });
    expect(race.trail[1]?.lostRace).toBe(true);
  });

  it('goes on with the other when one of the two fails, and with the plan when both do', async () => {
    const failure = sketchFailure('server_error');
    const one = new Race();
    const running = one.run({ slow: { atMs: 400 }, other: { atMs: 50, failure } });
    await one.time.pass(500);
    expect(await running).toMatchObject({ answer: 'from slow' });
    const both = new Race();
    const going = both.run({
      slow: { atMs: 200, failure },
      other: { atMs: 50, failure },
      third: { atMs: 10 },
    });
    await both.time.pass(500);
    expect(await going).toMatchObject({ answer: 'from third' });
  });

  it('waits for the first alone when the share of hedges is used up', async () => {
    const race = new Race();
    race.mayHedge = false;
    const running = race.run({ slow: { atMs: 300 }, other: { atMs: 10 } });
    await race.time.pass(400);
    expect(await running).toMatchObject({ answer: 'from slow' });
    expect(race.asked).toHaveLength(1);
  });

  it('cancels both when the client leaves', async () => {
    const race = new Race();
    const running = race.run({});
    await race.time.pass(200);
    race.client.cancel();
    expect(await running).toEqual({ kind: 'failed' });
    expect(race.trail.map(({ failure }) => failure?.outcome)).toEqual(['cancelled', 'cancelled']);
  });
});

describe('HedgeBudget', () => {
  it('lets one call in ten be hedged, and a few at once', () => {
    const budget = new HedgeBudget();
    let hedged = 0;
    for (let call = 0; call < 1_000; call += 1) {
      budget.note();
      if (budget.take()) hedged += 1;
    }
    expect(hedged).toBeGreaterThanOrEqual(100);
    expect(hedged).toBeLessThanOrEqual(106);
  });
});
