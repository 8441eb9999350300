import { describe, expect, it } from '@jest/globals';
import { AttemptTimer } from './attempt-timer.js';
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

  it('measures no silence while nobody listens', async () => {
    const { time, expired, timer } = start();
    timer.suspend();
    await time.pass(500);
    expect(expired).toEqual([]);
    expect(time.timers).toBe(0);
  });
});
