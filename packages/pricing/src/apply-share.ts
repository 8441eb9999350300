import { divideRoundHalfUp } from '@trunkline/contracts';

/** A share of an amount or price, in millionths, rounded half up. */
export function applyShare(amount: bigint, ppm: number): bigint {
  return ppm === 0 ? 0n : divideRoundHalfUp(amount * BigInt(ppm), 1_000_000n);
}
