import { queryOptions } from '@tanstack/react-query';
import { answerOf, type Api } from '@/lib/api';
import { projectQuery, type Scope } from '@/lib/scope';
import { resolveRange } from '@/lib/time-range';

const ROWS = 8;

export function usageBreakdownQuery(
  api: Api,
  { scope, range, by }: { scope: Scope; range: string; by: 'provider' | 'model' },
) {
  return queryOptions({
    queryKey: ['usage-breakdown', scope, range, by],
    queryFn: ({ signal }) =>
      answerOf(
        api.GET('/api/organizations/{organizationId}/usage/breakdown', {
          params: {
            path: { organizationId: scope.organizationId },
            query: { ...projectQuery(scope), ...resolveRange(range), by, limit: ROWS },
          },
          signal,
        }),
      ),
  });
}
