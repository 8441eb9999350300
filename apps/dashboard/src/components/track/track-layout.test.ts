import { describe, expect, it } from '@jest/globals';
import { describeTrack, layOutTrack, trackTicks, type TrackAttempt } from './track-layout';

const failed: TrackAttempt = {
  number: 1,
  providerId: 'openai',
  startedMs: 0,
  durationMs: 200,
  firstTokenMs: null,
  outcome: 'rate_limited',
  outcomeWords: 'rate limited',
  reason: 'policy',
  committed: false,
  splice: null,
};
const answered: TrackAttempt = {
  number: 2,
  providerId: 'groq',
  startedMs: 200,
  durationMs: 800,
  firstTokenMs: 300,
  outcome: 'success',
  outcomeWords: 'answered',
  reason: 'policy',
  committed: true,
  splice: null,
};

describe('the track', () => {
  it('draws each stretch as long as it took, the later one below', () => {
    expect(layOutTrack([failed, answered], 1_000)).toMatchObject([
      { lane: 0, from: 0, to: 0.2, firstToken: null, arrived: false },
      { lane: 1, from: 0.2, to: 1, firstToken: 0.5, arrived: true },
    ]);
  });

  it('draws also what took no time, inside the width', () => {
    const [stub] = layOutTrack([{ ...failed, startedMs: 1_000, durationMs: 0 }], 1_000);
    expect(stub?.to).toBe(1);
    expect(stub?.from).toBeLessThan(1);
  });

  it('keeps an attempt that outlived the call inside the width', () => {
    const [stretch] = layOutTrack([{ ...answered, durationMs: 5_000 }], 1_000);
    expect(stretch?.to).toBe(1);
  });

  it('tells in words what it draws', () => {
    expect(describeTrack([failed, answered])).toBe(
      'Attempt 1, openai: failed (rate limited) after 200 ms. Attempt 2, groq: answered after 800 ms.',
    );
    expect(describeTrack([])).toBe('No attempt was made.');
  });

  it('tells where a line went on with the answer of one that broke off', () => {
    const splice = { mode: 'instruction', atCharacters: 120, skippedCharacters: 40 };
    expect(
      describeTrack([
        { ...failed, outcome: 'truncated', outcomeWords: 'cut off', committed: true },
        { ...answered, committed: false, splice },
      ]),
    ).toBe(
      'Attempt 1, openai: broke off (cut off) after 200 ms. ' +
        'Attempt 2, groq: went on at character 120, answered after 800 ms.',
    );
  });

  it('does not draw the one that lost a race as one that failed', () => {
    const loser = { ...failed, outcome: 'cancelled', outcomeWords: 'cancelled' };
    const winner = { ...answered, reason: 'hedge', startedMs: 100 };
    expect(layOutTrack([loser, winner], 1_000).map(({ signal }) => signal)).toEqual(['idle', 'line']);
    expect(describeTrack([loser, winner])).toBe(
      'Attempt 1, openai: cancelled after 200 ms. Attempt 2, groq beside the slow one: answered after 800 ms.',
    );
  });

  it('has a few round ticks whatever the time', () => {
    expect(trackTicks(1_000)).toEqual([0, 200, 400, 600, 800, 1_000]);
    expect(trackTicks(1)).toEqual([0, 1]);
    expect(trackTicks(120_000).length).toBeLessThanOrEqual(7);
  });
});
