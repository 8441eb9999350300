import { describe, expect, it } from '@jest/globals';
import { trackLabel } from './track-label';
import type { TrackStretch } from './track-layout';

const stretch: TrackStretch = {
  number: 2,
  providerId: 'groq',
  startedMs: 200,
  durationMs: 800,
  firstTokenMs: 300,
  outcome: 'success',
  outcomeWords: 'answered',
  reason: 'policy',
  committed: false,
  splice: { mode: 'instruction', atCharacters: 224, skippedCharacters: 0 },
  lane: 1,
  from: 0.2,
  to: 1,
  firstToken: 0.5,
  arrived: true,
  signal: 'line',
};

describe('what stands beside a line', () => {
  it('says where the answer went on, before it says how long that took', () => {
    expect(trackLabel(stretch, 640)).toBe('answered · 800 ms · from character 224');
    expect(trackLabel(stretch, 240)).toBe('answered · from character 224');
  });

  it('is as long as there is room for', () => {
    expect(trackLabel({ ...stretch, splice: null }, 640)).toBe('answered · 800 ms · first token 300 ms');
    expect(trackLabel({ ...stretch, splice: null }, 160)).toBe('answered · 800 ms');
    expect(trackLabel(stretch, 20)).toBe('answered');
  });
});
