import { queryOptions } from '@tanstack/react-query';
import { answerOf, type Api } from '@/lib/api';

/** All projects, archived ones too. */
export function projectsQuery(api: Api, organizationId: string) {
  return queryOptions({
    queryKey: ['projects', organizationId],
    queryFn: async ({ signal }) => {
      const { items } = await answerOf(
        api.GET('/api/organizations/{organizationId}/projects', {
          params: { path: { organizationId }, query: { archived: 'true' } },
          signal,
        }),
      );
      return items;
    },
  });
}
