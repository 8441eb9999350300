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
  /** What was written at targets before this one, and what it cost. */
  private before = { characters: 0, costNanoUsd: 0n };

  constructor(
    private readonly lease: Lease,
    private target: Target,
    private readonly onRefused: () => void,
  ) {}

  /** @param characters all that was written so far */
  note(characters: number): void {
    if (characters - this.lookedAtCharacters < STEP_CHARACTERS) return;
    this.lookedAtCharacters = characters;
    this.lease.outgrow(this.costOf(characters), this.onRefused);
  }

  /** Another target goes on. @param characters all that was written before */
  moveTo(target: Target, characters: number): void {
    this.before = { characters, costNanoUsd: this.costOf(characters) };
    this.target = target;
  }

  private costOf(characters: number): bigint {
    const tokens = Math.ceil((characters - this.before.characters) / CHARACTERS_PER_TOKEN);
    const { promptCostNanoUsd, outputNanoUsdPerMillion } = this.target.forecast;
    const isFirst = this.before.characters === 0;
    const forecast = { promptCostNanoUsd: isFirst ? promptCostNanoUsd : 0n, outputNanoUsdPerMillion };
    return this.before.costNanoUsd + forecastCost(forecast, tokens);
  }
}
