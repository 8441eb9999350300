import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import { answerOf, browserApi, type Api } from '@/lib/api';

export function providerEntriesQuery(api: Api) {
  return queryOptions({
    queryKey: ['provider-entries'],
    queryFn: async ({ signal }) =>
      (await answerOf(api.GET('/api/operator/provider-entries', { signal }))).items,
  });
}

function useInvalidate() {
  const client = useQueryClient();
  return () => {
    void client.invalidateQueries({ queryKey: ['provider-entries'] });
    void client.invalidateQueries({ queryKey: ['models'] });
  };
}

export interface NewEntry {
  providerId: string;
  baseUrl?: string;
  /** Of an endpoint that no catalog knows, with what any model of it costs. */
  protocol?: string;
  unlistedPrice: Record<string, string> | null;
  apiKeys: string[];
}

export function useCreateEntry() {
  const invalidate = useInvalidate();
  return useMutation({
    mutationFn: (body: NewEntry) =>
      answerOf(
        browserApi.POST('/api/operator/provider-entries', {
          body: { ...body, region: null, tokenUrl: null },
        }),
      ),
    onSuccess: invalidate,
  });
}

export function useChangeEntry(entryId: string) {
  const invalidate = useInvalidate();
  return useMutation({
    mutationFn: (body: { enabled?: boolean; apiKeys?: string[] }) =>
      answerOf(
        browserApi.PATCH('/api/operator/provider-entries/{entryId}', { params: { path: { entryId } }, body }),
      ),
    onSuccess: invalidate,
  });
}

export function useRemoveEntry(entryId: string) {
  const invalidate = useInvalidate();
  return useMutation({
    mutationFn: () =>
      answerOf(
        browserApi.DELETE('/api/operator/provider-entries/{entryId}', { params: { path: { entryId } } }),
      ),
    onSuccess: invalidate,
  });
}
