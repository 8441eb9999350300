import { queryOptions } from '@tanstack/react-query';
import { answerOf, type Api } from '../api';

export function membersQuery(api: Api, organizationId: string) {
  return queryOptions({
    queryKey: ['members', organizationId],
    queryFn: async ({ signal }) => {
      const { items } = await answerOf(
        api.GET('/api/organizations/{organizationId}/members', {
          params: { path: { organizationId } },
          signal,
        }),
      );
      return items;
    },
  });
}
