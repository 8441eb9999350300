import {
  divideRoundHalfUp,
  isUnbilled,
  type PriceHours,
  type PriceTerms,
  type UsageBucket,
} from '@trunkline/contracts';

const PPM = 1_000_000n;
const MINUTES_PER_DAY = 1440;

/** What decides which of a version's prices hold for a request. */
export interface PriceMoment {
  /** Unix milliseconds of the attempt's dispatch. */
  dispatchedMs: number;
  /** Tokens of the whole prompt, cached and written ones included: they choose the tier. */
  promptTokens: number;
}

/**
 * Price of one bucket in nano-USD per million units; null when the terms have none.
 * The highest tier that the prompt exceeds holds for the whole request; a bucket that it does not name keeps its base
 * price. The first window of hours that is open multiplies it, rounded half up. What is not charged for is free.
 */
export function unitPrice(terms: PriceTerms, bucket: UsageBucket, moment: PriceMoment): bigint | null {
  if (isUnbilled(bucket)) return 0n;
  const price = tierPrice(terms, bucket, moment.promptTokens) ?? terms.prices[bucket];
  if (price === undefined) return null;
  const factor = terms.hours.find((hours) => isOpen(hours, moment.dispatchedMs))?.factorPpm;
  return factor === undefined ? BigInt(price) : divideRoundHalfUp(BigInt(price) * BigInt(factor), PPM);
}

function tierPrice(terms: PriceTerms, bucket: UsageBucket, promptTokens: number): string | undefined {
  let price: string | undefined;
  for (const tier of terms.tiers) {
    if (promptTokens <= tier.aboveInputTokens) break;
    price = tier.prices[bucket] ?? price;
  }
  return price;
}

function isOpen(hours: PriceHours, atMs: number): boolean {
  const at = new Date(atMs);
  const minute = at.getUTCHours() * 60 + at.getUTCMinutes();
  if (hours.fromMinute < hours.toMinute) {
    return minute >= hours.fromMinute && minute < hours.toMinute && beginsOn(hours, at.getUTCDay());
  }
  // The window passes midnight: after it, the day that counts is the one on which the window began.
  if (minute >= hours.fromMinute) return beginsOn(hours, at.getUTCDay());
  if (minute < hours.toMinute % MINUTES_PER_DAY) return beginsOn(hours, (at.getUTCDay() + 6) % 7);
  return false;
}

function beginsOn(hours: PriceHours, day: number): boolean {
  return hours.days === undefined || hours.days.includes(day);
}
