'use client';

import { parseAsString, useQueryState } from 'nuqs';
import { ChangePricesForm } from './change-prices-form';
import { OfferHistory } from './offer-history';
import { SetPrices } from './set-prices';

/** What was set, what would change, and what was: the offer that is looked at stands in the URL. */
export function PriceBook() {
  const [offerId, setOfferId] = useQueryState('offer', parseAsString);
  const show = (next: string | null) => void setOfferId(next);
  return (
    <div className="flex flex-col gap-8">
      <SetPrices onOffer={show} />
      <OfferHistory offerId={offerId} onOffer={show} />
      <ChangePricesForm />
    </div>
  );
}
