import { queryOptions } from '@tanstack/react-query';
import { answerOf, type Api } from '../api';
import { projectQuery, type Scope } from '../scope';

/** Policies of the scope that are not archived, by name. */
export function policiesQuery(api: Api, scope: Scope) {
  return queryOptions({
    queryKey: ['policies', scope],
    queryFn: async ({ signal }) => {
      const { items } = await answerOf(
        api.GET('/api/organizations/{organizationId}/policies', {
          params: { path: { organizationId: scope.organizationId }, query: projectQuery(scope) },
          signal,
        }),
      );
      return items;
    },
  });
}
