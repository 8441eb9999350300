import { describe, expect, it } from '@jest/globals';
import { AttemptTimer } from './attempt-timer.js';
import type { EngineClock } from './clock.js';
import { AttemptClocks } from './clocks.js';
import { FakeTime } from './testing/fake-time.js';

const timeouts = { connectMs: 100, headersMs: 100, firstTokenMs: 100, gapMs: 50, totalMs: 60_000 };

function start() {
  const time = new FakeTime();
  const clocks = new AttemptClocks(timeouts, 0, 1_000_000);
  const expired: string[] = [];
  const timer = new AttemptTimer(time, clocks, (clock) => expired.push(`${clock} ${time.now()}`));
  clocks.headers(0);
  clocks.content(0);
  timer.check(0);
  return { time, clocks, expired, timer };
}

describe('AttemptTimer', () => {
  it('says which clock ran out, once', async () => {
    const { time, expired } = start();
    await time.pass(500);
    expect(expired).toEqual(['gap 50']);
  });

  it('lets what had come in time be read first where the process was busy', async () => {
    const { time, clocks, expired } = start();
    // The timer of the time that is over comes first, what the socket holds behind it.
    time.after(50, () => clocks.content(50));
    await time.pass(60);
    expect(expired).toEqual([]);
    await time.pass(60);
    expect(expired).toEqual(['gap 100']);
  });

  it('is not put off by what goes on coming when the time is over', async () => {
    let nowMs = 0;
    const waiting: (() => void)[] = [];
    const clock: EngineClock = {
      now: () => nowMs,
      after(_ms, callback) {
        waiting.push(callback);
        return () => void waiting.splice(waiting.indexOf(callback), 1);
      },
    };
    const expired: string[] = [];
    const timer = new AttemptTimer(clock, new AttemptClocks(timeouts, 0, 200), (which) =>
      expired.push(which),
    );
    timer.check(0);
    nowMs = 300;
    for (let turn = 0; turn < 2; turn += 1) {
      waiting.shift()?.();
      timer.check(nowMs);
    }
    expect(expired).toEqual(['connect']);
  });

  it('measures no silence while nobody listens', async () => {
    const { time, expired, timer } = start();
    timer.suspend();
    await time.pass(500);
    expect(expired).toEqual([]);
    expect(time.timers).toBe(0);
  });
});
