import type { WalletScope } from '@trunkline/wallet-state';

const MINUTE_MS = 60_000;

/**
 * Rates and concurrency of this process alone, for the time that Redis is away: each process admits its share of the
 * limits. The same rate algorithm as the script's.
 */
export class LocalRates {
  /** Scope → time at which its request allowance is whole again. */
  private readonly whole = new Map<string, number>();

  constructor(private readonly processes: number) {}

  /** @param open how many calls of a scope this process has open */
  admit(scopes: readonly WalletScope[], open: (scopeId: string) => number, nowMs: number): boolean {
    const next: [string, number][] = [];
    for (const scope of scopes) {
      if (scope.maxConcurrency !== null && open(scope.id) >= this.share(scope.maxConcurrency)) return false;
      if (scope.requestsPerMinute === null) continue;
      const perMinute = scope.requestsPerMinute / this.processes;
      const whole = Math.max(this.whole.get(scope.id) ?? 0, nowMs) + MINUTE_MS / perMinute;
      // A share below one request a minute still lets one through.
      if (whole - nowMs > Math.max(MINUTE_MS, MINUTE_MS / perMinute) || perMinute === 0) return false;
      next.push([scope.id, whole]);
    }
    for (const [id, whole] of next) this.whole.set(id, whole);
    return true;
  }

  /** Redis counts again. */
  clear(): void {
    this.whole.clear();
  }

  private share(limit: number): number {
    return limit === 0 ? 0 : Math.max(1, Math.floor(limit / this.processes));
  }
}
