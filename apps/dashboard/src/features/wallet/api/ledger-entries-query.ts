import { infiniteQueryOptions } from '@tanstack/react-query';
import { answerOf, type Api, type Schemas } from '@/lib/api';

export type LedgerKind = Schemas['LedgerEntry']['kind'];

const PAGE_ROWS = 50;

/** Entries of the wallet, newest first; all kinds when none is named. */
export function ledgerEntriesQuery(api: Api, organizationId: string, kinds: readonly LedgerKind[]) {
  return infiniteQueryOptions({
    queryKey: ['ledger-entries', organizationId, kinds],
    queryFn: ({ pageParam, signal }) =>
      answerOf(
        api.GET('/api/organizations/{organizationId}/wallet/entries', {
          params: {
            path: { organizationId },
            query: {
              ...(kinds.length > 0 ? { kind: [...kinds] } : {}),
              ...(pageParam ? { cursor: pageParam } : {}),
              limit: PAGE_ROWS,
            },
          },
          signal,
        }),
      ),
    initialPageParam: null as string | null,
    getNextPageParam: ({ nextCursor }) => nextCursor,
  });
}
