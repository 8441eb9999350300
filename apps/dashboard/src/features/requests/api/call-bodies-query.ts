import { queryOptions } from '@tanstack/react-query';
import { answerOf, type Api } from '@/lib/api';

export function callBodiesQuery(api: Api, organizationId: string, callId: string) {
  return queryOptions({
    queryKey: ['call-bodies', organizationId, callId],
    queryFn: ({ signal }) =>
      answerOf(
        api.GET('/api/organizations/{organizationId}/calls/{callId}/bodies', {
          params: { path: { organizationId, callId } },
          signal,
        }),
      ),
    staleTime: Infinity,
  });
}
