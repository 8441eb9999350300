import { queryOptions } from '@tanstack/react-query';
import { answerOf, type Api } from '@/lib/api';

const POLL_MS = 1_500;

/** Asks until the first request has arrived. */
export function onboardingQuery(api: Api, organizationId: string) {
  return queryOptions({
    queryKey: ['onboarding', organizationId],
    queryFn: ({ signal }) =>
      answerOf(
        api.GET('/api/organizations/{organizationId}/onboarding', {
          params: { path: { organizationId } },
          signal,
        }),
      ),
    refetchInterval: ({ state }) => (state.data?.firstCall ? false : POLL_MS),
  });
}
