import { seededRandom } from '../content/seeded-random.js';

/** How fast a provider answers, in milliseconds. */
export interface Pace {
  /** From the request to the first piece of a stream. */
  readonly firstTokenMs: number;
  /** Between two tokens of a stream. */
  readonly gapMs: number;
  /** From the request to a plain answer. */
  readonly plainMs: number;
}

export const DEFAULT_PACE: Pace = { firstTokenMs: 120, gapMs: 8, plainMs: 200 };

/** The default pace, faster or slower by up to a quarter, always the same for one provider. */
export function paceOf(providerId: string): Pace {
  const factor = 0.75 + seededRandom(`pace ${providerId}`).next() / 2;
  return {
    firstTokenMs: Math.round(DEFAULT_PACE.firstTokenMs * factor),
    gapMs: Math.round(DEFAULT_PACE.gapMs * factor * 10) / 10,
    plainMs: Math.round(DEFAULT_PACE.plainMs * factor),
  };
}
