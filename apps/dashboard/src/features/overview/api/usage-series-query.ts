import { queryOptions } from '@tanstack/react-query';
import { answerOf, type Api } from '@/lib/api';
import { projectQuery, type Scope } from '@/lib/scope';
import { resolveRange } from '@/lib/time-range';

export const SERIES_DIMENSIONS = ['provider', 'model', 'key', 'project'] as const;
export type SeriesDimension = (typeof SERIES_DIMENSIONS)[number];

const GROUPS = 7;

export function usageSeriesQuery(
  api: Api,
  { scope, range, by, timeZone }: { scope: Scope; range: string; by: SeriesDimension; timeZone: string },
) {
  return queryOptions({
    queryKey: ['usage-series', scope, range, by, timeZone],
    queryFn: ({ signal }) =>
      answerOf(
        api.GET('/api/organizations/{organizationId}/usage/series', {
          params: {
            path: { organizationId: scope.organizationId },
            query: { ...projectQuery(scope), ...resolveRange(range), by, top: GROUPS, timeZone },
          },
          signal,
        }),
      ),
  });
}
