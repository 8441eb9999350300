import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import { answerOf, browserApi, type Api } from '@/lib/api';

const POLL_MS = 3_000;

export function jobsQuery(api: Api) {
  return queryOptions({
    queryKey: ['jobs'],
    queryFn: ({ signal }) => answerOf(api.GET('/api/operator/jobs', { signal })),
    refetchInterval: POLL_MS,
  });
}

export function deadJobsQuery(api: Api, queue: string) {
  return queryOptions({
    queryKey: ['dead-jobs', queue],
    queryFn: async ({ signal }) =>
      (await answerOf(api.GET('/api/operator/jobs/{queue}/dead', { params: { path: { queue } }, signal })))
        .items,
  });
}

export function setAsideQuery(api: Api) {
  return queryOptions({
    queryKey: ['set-aside-records'],
    queryFn: async ({ signal }) =>
      (await answerOf(api.GET('/api/operator/set-aside-records', { signal }))).items,
  });
}

export function useRetryJob() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ queue, jobId }: { queue: string; jobId: string }) =>
      answerOf(
        browserApi.POST('/api/operator/jobs/{queue}/dead/{jobId}/retry', {
          params: { path: { queue, jobId } },
        }),
      ),
    onSuccess: () => {
      void client.invalidateQueries({ queryKey: ['jobs'] });
      void client.invalidateQueries({ queryKey: ['dead-jobs'] });
    },
  });
}
