import { ProviderChip } from '@/components/data/provider-chip';

/** `<model id>@<provider id>` as people read it. */
export function OfferName({ offerId }: { offerId: string }) {
  const at = offerId.lastIndexOf('@');
  return (
    <span className="inline-flex flex-wrap items-center gap-x-2">
      <span className="font-medium">{offerId.slice(0, at)}</span>
      <ProviderChip providerId={offerId.slice(at + 1)} className="text-ink-muted" />
    </span>
  );
}
