import { ApiError } from '../../http/api-error.js';

const WINDOW_MS = 60_000;
const MAX_VISITORS = 50_000;

/** How often one address may ask a public route, per minute and process. */
export class VisitorLimit {
  private readonly asked = new Map<string, number>();
  private windowEndsMs = 0;

  constructor(private readonly perMinute: number) {}

  /** @throws ApiError 429 past the limit */
  count(address: string, nowMs: number): void {
    if (nowMs >= this.windowEndsMs || this.asked.size >= MAX_VISITORS) {
      this.asked.clear();
      this.windowEndsMs = nowMs + WINDOW_MS;
    }
    const asked = (this.asked.get(address) ?? 0) + 1;
    this.asked.set(address, asked);
    if (asked > this.perMinute)
      throw new ApiError('rate_limited', 'This address asks too often: wait a minute.');
  }
}
