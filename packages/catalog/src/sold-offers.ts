import type { CatalogModel } from './model-schema.js';
import type { CatalogOffer } from './offer-schema.js';

/** Id of an offer: `<model id>@<provider id>`. */
export function offerId(model: CatalogModel, offer: CatalogOffer): string {
  return `${model.id}@${offer.provider}`;
}

/** The moment from which an offer is no longer sold (00:00 UTC of its end date); null when none is announced. */
export function offerEndsAt(offer: CatalogOffer): Date | null {
  return offer.deprecation?.endDate ? new Date(`${offer.deprecation.endDate}T00:00:00Z`) : null;
}

/** Whether an offer may be routed to: its model is not retired, it is active, and its end date has not come. */
export function isSold(model: CatalogModel, offer: CatalogOffer, at: Date): boolean {
  const endsAt = offerEndsAt(offer);
  return model.status !== 'retired' && offer.status === 'active' && (endsAt === null || at < endsAt);
}
