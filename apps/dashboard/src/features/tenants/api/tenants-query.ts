import { infiniteQueryOptions } from '@tanstack/react-query';
import { answerOf, type Api } from '@/lib/api';

const PAGE_ROWS = 50;

export function tenantsQuery(api: Api, search: string) {
  return infiniteQueryOptions({
    queryKey: ['tenants', search],
    queryFn: ({ pageParam, signal }) =>
      answerOf(
        api.GET('/api/operator/tenants', {
          params: {
            query: {
              ...(search ? { search } : {}),
              ...(pageParam ? { cursor: pageParam } : {}),
              limit: PAGE_ROWS,
            },
          },
          signal,
        }),
      ),
    initialPageParam: null as string | null,
    getNextPageParam: ({ nextCursor }) => nextCursor,
  });
}
