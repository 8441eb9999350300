import { queryOptions } from '@tanstack/react-query';
import { answerOf, type Api } from '../api';

/** The whole catalog: a few hundred models, searched in the browser. */
export function modelsQuery(api: Api, organizationId: string) {
  return queryOptions({
    queryKey: ['models', organizationId],
    queryFn: async ({ signal }) => {
      const { items } = await answerOf(
        api.GET('/api/organizations/{organizationId}/models', {
          params: { path: { organizationId } },
          signal,
        }),
      );
      return items;
    },
    staleTime: 60_000,
  });
}
