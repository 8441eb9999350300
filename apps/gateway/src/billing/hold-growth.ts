import type { Target } from '@trunkline/routing';
import { forecastCost } from '@trunkline/pricing';
import type { Lease } from '../pipeline/ports.js';

/** Characters between two looks at what a stream has cost. */
const STEP_CHARACTERS = 2_000;
/** Characters of a token, low: a hold that is too large is given back, one that is too small is an overrun. */
const CHARACTERS_PER_TOKEN = 3;

/** Raises the lease while a stream outgrows its forecast. */
export class HoldGrowth {
  private lookedAtCharacters = 0;

  constructor(
    private readonly lease: Lease,
    private readonly target: Target,
    private readonly onRefused: () => void,
  ) {}

  /** @param characters all that was written so far */
  note(characters: number): void {
    if (characters - this.lookedAtCharacters < STEP_CHARACTERS) return;
    this.lookedAtCharacters = characters;
    const tokens = Math.ceil(characters / CHARACTERS_PER_TOKEN);
    this.lease.outgrow(forecastCost(this.target.forecast, tokens), this.onRefused);
  }
}
