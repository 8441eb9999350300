import { queryOptions } from '@tanstack/react-query';
import { answerOf, type Api } from '@/lib/api';
import { projectQuery, type Scope } from '@/lib/scope';
import { resolveRange } from '@/lib/time-range';

/** Sums of the range beside those of the period before. */
export function overviewQuery(api: Api, scope: Scope, range: string) {
  return queryOptions({
    queryKey: ['overview', scope, range],
    queryFn: ({ signal }) =>
      answerOf(
        api.GET('/api/organizations/{organizationId}/overview', {
          params: {
            path: { organizationId: scope.organizationId },
            query: { ...projectQuery(scope), ...resolveRange(range) },
          },
          signal,
        }),
      ),
  });
}
