import { Injectable } from '@nestjs/common';

/** Of the calls that wish for a hedge, this share may have one. */
const SHARE = 0.1;
/** How many hedges may come at once after a quiet time. */
const BURST = 10;

/** Caps how much traffic hedging adds: a provider that is slow for all would otherwise get twice the load. */
@Injectable()
export class HedgeBudget {
  private credit = BURST / 2;

  /** A call that may be hedged begins. */
  note(): void {
    this.credit = Math.min(BURST, this.credit + SHARE);
  }

  take(): boolean {
    if (this.credit < 1) return false;
    this.credit -= 1;
    return true;
  }
}
