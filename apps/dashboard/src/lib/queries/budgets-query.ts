import { queryOptions } from '@tanstack/react-query';
import { answerOf, type Api } from '../api';

export function budgetsQuery(api: Api, organizationId: string) {
  return queryOptions({
    queryKey: ['budgets', organizationId],
    queryFn: async ({ signal }) => {
      const { items } = await answerOf(
        api.GET('/api/organizations/{organizationId}/budgets', {
          params: { path: { organizationId } },
          signal,
        }),
      );
      return items;
    },
  });
}
