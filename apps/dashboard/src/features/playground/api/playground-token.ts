import { queryOptions } from '@tanstack/react-query';
import { answerOf, browserApi } from '@/lib/api';

/** A token lives 15 minutes; it is renewed early enough that no stream begins with one that is about to end. */
const FRESH_MS = 12 * 60_000;

export function playgroundTokenQuery(organizationId: string, projectId: string) {
  return queryOptions({
    queryKey: ['playground-token', organizationId, projectId],
    queryFn: () =>
      answerOf(
        browserApi.POST('/api/organizations/{organizationId}/projects/{projectId}/playground-token', {
          params: { path: { organizationId, projectId } },
        }),
      ),
    staleTime: FRESH_MS,
    gcTime: FRESH_MS,
  });
}
