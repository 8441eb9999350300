import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import { answerOf, type Api } from '@/lib/api';

const PAGE_ROWS = 20;

export function policyQuery(api: Api, organizationId: string, policyId: string) {
  return queryOptions({
    queryKey: ['policy', organizationId, policyId],
    queryFn: ({ signal }) =>
      answerOf(
        api.GET('/api/organizations/{organizationId}/policies/{policyId}', {
          params: { path: { organizationId, policyId } },
          signal,
        }),
      ),
  });
}

/** Versions of a policy, newest first. */
export function policyVersionsQuery(api: Api, organizationId: string, policyId: string) {
  return infiniteQueryOptions({
    queryKey: ['policy-versions', organizationId, policyId],
    queryFn: ({ pageParam, signal }) =>
      answerOf(
        api.GET('/api/organizations/{organizationId}/policies/{policyId}/versions', {
          params: {
            path: { organizationId, policyId },
            query: { ...(pageParam ? { cursor: pageParam } : {}), limit: PAGE_ROWS },
          },
          signal,
        }),
      ),
    initialPageParam: null as string | null,
    getNextPageParam: ({ nextCursor }) => nextCursor,
  });
}
