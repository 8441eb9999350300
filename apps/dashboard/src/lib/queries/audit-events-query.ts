import { infiniteQueryOptions } from '@tanstack/react-query';
import { answerOf, type Api } from '../api';

const PAGE_ROWS = 50;

/** Changes of an organization, or of the whole platform when it is null; newest first. */
export function auditEventsQuery(api: Api, organizationId: string | null) {
  return infiniteQueryOptions({
    queryKey: ['audit-events', organizationId],
    queryFn: ({ pageParam, signal }) => {
      const query = { ...(pageParam ? { cursor: pageParam } : {}), limit: PAGE_ROWS };
      return answerOf(
        organizationId === null
          ? api.GET('/api/operator/audit-events', { params: { query }, signal })
          : api.GET('/api/organizations/{organizationId}/audit-events', {
              params: { path: { organizationId }, query },
              signal,
            }),
      );
    },
    initialPageParam: null as string | null,
    getNextPageParam: ({ nextCursor }) => nextCursor,
  });
}
