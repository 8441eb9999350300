import { MAX_EXACT_NANO_USD, type NanoUsd } from '@trunkline/contracts';

/**
 * Prints an amount for a script. A Lua number is a double, so that amounts stay below 2⁵³ nano-USD ($9.0 M).
 * @throws RangeError when it is negative or larger
 */
export function exactAmount(amount: NanoUsd): string {
  if (amount < 0n || amount > MAX_EXACT_NANO_USD)
    throw new RangeError(`${amount} nano-USD is no exact amount for a script`);
  return amount.toString();
}

/** A budget and its period, as the scripts name them. */
export function periodField(budget: { id: string; periodStartMs: number }): string {
  return `${budget.id}:${budget.periodStartMs}`;
}
