import { queryOptions } from '@tanstack/react-query';
import { answerOf, type Api } from '@/lib/api';
import { ApiError } from '@/lib/api-error';

const ARRIVES_WITHIN = 6;

/** One call with attempts and lines. A row stands within two seconds of its answer's end, so a missing one is asked for again. */
export function callQuery(api: Api, organizationId: string, callId: string) {
  return queryOptions({
    queryKey: ['call', organizationId, callId],
    queryFn: ({ signal }) =>
      answerOf(
        api.GET('/api/organizations/{organizationId}/calls/{callId}', {
          params: { path: { organizationId, callId } },
          signal,
        }),
      ),
    staleTime: Infinity,
    retry: (failures, error) =>
      error instanceof ApiError && error.status === 404 && failures < ARRIVES_WITHIN,
    retryDelay: 500,
  });
}
