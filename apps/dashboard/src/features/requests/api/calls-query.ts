import { infiniteQueryOptions } from '@tanstack/react-query';
import { answerOf, type Api } from '@/lib/api';
import { projectQuery, type Scope } from '@/lib/scope';
import { resolveRange } from '@/lib/time-range';
import type { Filters } from '../filters/filters';
import { toCallsQuery } from '../filters/to-query';

const PAGE_ROWS = 60;

export interface LogQuestion {
  scope: Scope;
  range: string;
  filters: Filters;
}

/** The log page by page, newest first. */
export function callsQuery(api: Api, { scope, range, filters }: LogQuestion) {
  return infiniteQueryOptions({
    queryKey: ['calls', scope, range, filters],
    queryFn: ({ pageParam, signal }) =>
      answerOf(
        api.GET('/api/organizations/{organizationId}/calls', {
          params: {
            path: { organizationId: scope.organizationId },
            query: {
              ...projectQuery(scope),
              ...toCallsQuery(filters),
              // An id is looked up wherever it lies.
              ...(filters.id.length > 0 ? {} : resolveRange(range)),
              ...(pageParam ? { cursor: pageParam } : {}),
              limit: PAGE_ROWS,
            },
          },
          signal,
        }),
      ),
    initialPageParam: null as string | null,
    getNextPageParam: ({ nextCursor }) => nextCursor,
    refetchOnWindowFocus: false,
  });
}

/** What has ended since a page was read. */
export function callsSince(api: Api, { scope, filters }: LogQuestion, after: string, signal: AbortSignal) {
  return answerOf(
    api.GET('/api/organizations/{organizationId}/calls', {
      params: {
        path: { organizationId: scope.organizationId },
        query: { ...projectQuery(scope), ...toCallsQuery(filters), after, limit: PAGE_ROWS },
      },
      signal,
    }),
  );
}
