import { queryOptions } from '@tanstack/react-query';
import { answerOf, type Api } from '@/lib/api';

export function platformLedgerQuery(api: Api) {
  return queryOptions({
    queryKey: ['platform-ledger'],
    queryFn: ({ signal }) => answerOf(api.GET('/api/operator/ledger', { signal })),
  });
}
