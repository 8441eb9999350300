import { Injectable } from '@nestjs/common';
import type { MeasuredSpeed } from '@trunkline/routing';

/** Weight of the newest measurement. */
const WEIGHT = 0.2;
const MAX_TARGETS = 5_000;

/** How fast targets were lately, as this process saw it: moving averages of first token and of tokens per second. */
@Injectable()
export class TargetSpeeds {
  private readonly speeds = new Map<string, { firstTokenMs: number; tokensPerSecond: number | null }>();

  of(key: string): MeasuredSpeed | null {
    return this.speeds.get(key) ?? null;
  }

  /** @param writingMs time from the first token to the last */
  note(key: string, firstTokenMs: number, tokens: number, writingMs: number): void {
    const known = this.speeds.get(key);
    const perSecond = writingMs > 0 && tokens > 1 ? (tokens * 1000) / writingMs : null;
    if (!known) {
      if (this.speeds.size >= MAX_TARGETS) this.speeds.clear();
      this.speeds.set(key, { firstTokenMs, tokensPerSecond: perSecond });
      return;
    }
    known.firstTokenMs += WEIGHT * (firstTokenMs - known.firstTokenMs);
    if (perSecond !== null) {
      known.tokensPerSecond =
        known.tokensPerSecond === null
          ? perSecond
          : known.tokensPerSecond + WEIGHT * (perSecond - known.tokensPerSecond);
    }
  }
}
