import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import { answerOf, browserApi, type Api } from '@/lib/api';

const POLL_MS = 2_000;

export function fleetHealthQuery(api: Api) {
  return queryOptions({
    queryKey: ['fleet-health'],
    queryFn: ({ signal }) => answerOf(api.GET('/api/operator/health', { signal })),
    refetchInterval: POLL_MS,
  });
}

export function useCloseBreaker() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (name: string) =>
      answerOf(browserApi.POST('/api/operator/health/close-breaker', { body: { name } })),
    onSettled: () => void client.invalidateQueries({ queryKey: ['fleet-health'] }),
  });
}
