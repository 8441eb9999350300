import { queryOptions } from '@tanstack/react-query';
import { answerOf, type Api } from '../api';
import { projectQuery, type Scope } from '../scope';

const MOST = 200;

/** Keys of the scope, newest first. */
export function keysQuery(api: Api, scope: Scope) {
  return queryOptions({
    queryKey: ['keys', scope],
    queryFn: ({ signal }) =>
      answerOf(
        api.GET('/api/organizations/{organizationId}/api-keys', {
          params: {
            path: { organizationId: scope.organizationId },
            query: { ...projectQuery(scope), limit: MOST },
          },
          signal,
        }),
      ),
  });
}
