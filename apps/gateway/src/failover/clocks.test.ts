import { describe, expect, it } from '@jest/globals';
import { AttemptClocks, GRACE_MS, KEEP_ALIVES_ONLY_MS, timeoutsFor } from './clocks.js';

const timeouts = { connectMs: 100, headersMs: 1_000, firstTokenMs: 2_000, gapMs: 500, totalMs: 60_000 };
const clocks = (totalAtMs = 1_000_000) => new AttemptClocks(timeouts, 0, totalAtMs);

describe('AttemptClocks', () => {
  it('runs the clocks one after the other', () => {
    const running = clocks();
    expect(running.next()).toEqual({ clock: 'connect', atMs: 100 });
    running.connected(50);
    expect(running.next()).toEqual({ clock: 'headers', atMs: 1_000 });
    running.headers(60);
    expect(running.next()).toEqual({ clock: 'first_token', atMs: 2_000 });
    running.content(700);
    expect(running.next()).toEqual({ clock: 'gap', atMs: 1_200 });
    running.finished(900);
    expect(running.next()).toEqual({ clock: 'grace', atMs: 900 + GRACE_MS });
  });

  it('waits on where an upstream has finished and yet goes on writing', () => {
    const running = clocks();
    running.headers(60);
    running.content(700);
    running.finished(900);
    running.content(1_500);
    running.finished(1_500);
    expect(running.next()).toEqual({ clock: 'gap', atMs: 2_000 });
  });

  it('does not take keep-alives for a first token', () => {
    const running = clocks();
    running.headers(60);
    running.life(1_900);
    expect(running.next()).toEqual({ clock: 'first_token', atMs: 2_000 });
  });

  it('takes keep-alives for life, but not for longer than a minute in a row', () => {
    const running = clocks();
    running.headers(1);
    running.content(10);
    running.life(400);
    expect(running.next()).toEqual({ clock: 'gap', atMs: 900 });
    running.life(KEEP_ALIVES_ONLY_MS);
    expect(running.next()).toEqual({ clock: 'gap', atMs: 10 + KEEP_ALIVES_ONLY_MS });
  });

  it('lets a short first-token clock end the wait for headers', () => {
    const running = new AttemptClocks({ ...timeouts, headersMs: 30_000, firstTokenMs: 2_500 }, 0, 1_000_000);
    running.connected(1);
    expect(running.next()).toEqual({ clock: 'headers', atMs: 2_500 });
  });

  it('stands inside the total deadline of all attempts', () => {
    expect(clocks(40).next()).toEqual({ clock: 'total', atMs: 40 });
  });

  it("does not count the client's slowness as the provider's silence", () => {
    const running = clocks();
    running.headers(1);
    running.content(10);
    running.resumed(5_000);
    expect(running.next()).toEqual({ clock: 'gap', atMs: 5_500 });
  });
});

describe('timeoutsFor', () => {
  it('gives reasoning models and plain answers longer to the first token, and lets a request say otherwise', () => {
    const stream = timeoutsFor({ stream: true, reasons: false }, {});
    expect(timeoutsFor({ stream: true, reasons: true }, {}).firstTokenMs).toBeGreaterThan(
      stream.firstTokenMs,
    );
    expect(timeoutsFor({ stream: false, reasons: false }, {}).headersMs).toBeGreaterThan(stream.headersMs);
    expect(timeoutsFor({ stream: true, reasons: false }, { gapMs: 7 })).toEqual({ ...stream, gapMs: 7 });
  });
});
