import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import { answerOf, browserApi, type Api, type Schemas } from '@/lib/api';

/** Prices of one offer, from a moment on; null prices are the catalog's. */
export interface PriceChange {
  offerId: string;
  prices: Record<string, string> | null;
  effectiveFrom: string | null;
}

export type PriceDifference = Schemas['PriceChangeResult']['changes'][number];

export function priceOverridesQuery(api: Api) {
  return queryOptions({
    queryKey: ['price-overrides'],
    queryFn: async ({ signal }) =>
      (await answerOf(api.GET('/api/operator/price-overrides', { signal }))).items,
  });
}

export function priceVersionsQuery(api: Api, offerId: string) {
  return queryOptions({
    queryKey: ['price-versions', offerId],
    queryFn: async ({ signal }) =>
      (await answerOf(api.GET('/api/operator/price-versions', { params: { query: { offerId } }, signal })))
        .items,
    retry: false,
  });
}

/** Tells what changes would do. Nothing is changed. */
export function useCheckPrices() {
  return useMutation({
    mutationFn: (changes: readonly PriceChange[]) =>
      answerOf(
        browserApi.POST('/api/operator/price-changes', { body: { changes: [...changes], apply: false } }),
      ),
  });
}

export function useApplyPrices() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (changes: readonly PriceChange[]) =>
      answerOf(
        browserApi.POST('/api/operator/price-changes', { body: { changes: [...changes], apply: true } }),
      ),
    onSuccess: () => {
      for (const queryKey of [['price-overrides'], ['price-versions'], ['models']])
        void client.invalidateQueries({ queryKey });
    },
  });
}
