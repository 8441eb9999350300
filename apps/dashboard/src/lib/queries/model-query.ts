import { queryOptions } from '@tanstack/react-query';
import { answerOf, type Api } from '../api';

export function modelQuery(api: Api, organizationId: string, author: string, slug: string) {
  return queryOptions({
    queryKey: ['model', organizationId, author, slug],
    queryFn: ({ signal }) =>
      answerOf(
        api.GET('/api/organizations/{organizationId}/models/{author}/{slug}', {
          params: { path: { organizationId, author, slug } },
          signal,
        }),
      ),
    staleTime: 60_000,
  });
}
