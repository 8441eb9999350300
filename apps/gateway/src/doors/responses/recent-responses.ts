/** As long as a response may be on its way to where all gateways find it. */
const KEPT_MS = 10_000;
const MAX_BYTES = 16 * 1024 * 1024;

/**
 * Responses that this process has just given: the one that follows is often asked for before the first is stored. Small
 * and short, since what is deleted elsewhere is still here.
 */
export class RecentResponses {
  private readonly entries = new Map<string, { json: string; untilMs: number }>();
  private characters = 0;

  set(key: string, json: string, nowMs: number): void {
    this.delete(key);
    this.entries.set(key, { json, untilMs: nowMs + KEPT_MS });
    this.characters += json.length;
    // The oldest stand first.
    for (const [oldest, { untilMs }] of this.entries) {
      if (untilMs > nowMs && this.characters <= MAX_BYTES) break;
      this.delete(oldest);
    }
  }

  get(key: string, nowMs: number): string | null {
    const entry = this.entries.get(key);
    return entry && entry.untilMs > nowMs ? entry.json : null;
  }

  delete(key: string): void {
    this.characters -= this.entries.get(key)?.json.length ?? 0;
    this.entries.delete(key);
  }
}
