/** As long as a response may be on its way to where all gateways find it. */
const KEPT_MS = 10_000;
const MAX_BYTES = 16 * 1024 * 1024;

export interface RecentResponse {
  readonly json: string;
  /** Of its output. */
  readonly itemIds: readonly string[];
}

/**
 * Responses that this process has just given: the one that follows is often asked for before the first is stored. Small
 * and short, since what is deleted elsewhere is still here.
 */
export class RecentResponses {
  private readonly entries = new Map<string, RecentResponse & { untilMs: number }>();
  private characters = 0;

  set(key: string, response: RecentResponse, nowMs: number): void {
    this.delete(key);
    this.entries.set(key, { ...response, untilMs: nowMs + KEPT_MS });
    this.characters += response.json.length;
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

  /** Responses under keys of this prefix that gave one of the items. */
  having(prefix: string, itemIds: readonly string[], nowMs: number): string[] {
    return [...this.entries]
      .filter(([key, entry]) => key.startsWith(prefix) && entry.untilMs > nowMs)
      .filter(([, entry]) => entry.itemIds.some((id) => itemIds.includes(id)))
      .map(([, { json }]) => json);
  }

  delete(key: string): void {
    this.characters -= this.entries.get(key)?.json.length ?? 0;
    this.entries.delete(key);
  }
}
