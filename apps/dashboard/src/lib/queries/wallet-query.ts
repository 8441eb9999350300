import { queryOptions } from '@tanstack/react-query';
import { answerOf, type Api } from '../api';

export function walletQuery(api: Api, organizationId: string) {
  return queryOptions({
    queryKey: ['wallet', organizationId],
    queryFn: ({ signal }) =>
      answerOf(
        api.GET('/api/organizations/{organizationId}/wallet', {
          params: { path: { organizationId } },
          signal,
        }),
      ),
  });
}
