import { queryOptions } from '@tanstack/react-query';
import { answerOf, type Api } from '@/lib/api';

/** The control plane reads it anew in this time. */
const POLL_MS = 15_000;

export function statusQuery(api: Api) {
  return queryOptions({
    queryKey: ['status'],
    queryFn: ({ signal }) => answerOf(api.GET('/api/status', { signal })),
    refetchInterval: POLL_MS,
  });
}
