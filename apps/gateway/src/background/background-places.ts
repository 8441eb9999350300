import { AppError } from '@trunkline/errors';

/** How many responses a process runs in the background at a time, and that none takes all of it for itself. */
export class BackgroundPlaces {
  private readonly byOrganization = new Map<string, number>();
  private taken = 0;

  constructor(private readonly places: number) {}

  /** @returns what gives the place back @throws AppError 503 or 429 */
  take(organizationId: string): () => void {
    const own = this.byOrganization.get(organizationId) ?? 0;
    if (own >= Math.max(1, Math.ceil(this.places / 2))) {
      throw new AppError('concurrency_limit', {
        publicMessage: 'Too many responses of this organization run in the background at the same time.',
        retryAfterMs: 2_000,
      });
    }
    if (this.taken >= this.places) {
      throw new AppError('overloaded', {
        publicMessage: 'This gateway runs too many responses in the background at the moment.',
        retryAfterMs: 2_000,
      });
    }
    this.taken += 1;
    this.byOrganization.set(organizationId, own + 1);
    return () => this.give(organizationId);
  }

  private give(organizationId: string): void {
    this.taken -= 1;
    const left = (this.byOrganization.get(organizationId) ?? 1) - 1;
    if (left > 0) this.byOrganization.set(organizationId, left);
    else this.byOrganization.delete(organizationId);
  }
}
