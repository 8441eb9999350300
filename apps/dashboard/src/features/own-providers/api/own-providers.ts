import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import { answerOf, browserApi, type Api, type Schemas } from '@/lib/api';

type Mode = Schemas['OwnProvider']['mode'];

/** Providers with keys of the organization's own, and endpoints of its own. */
export function ownProvidersQuery(api: Api, organizationId: string) {
  return queryOptions({
    queryKey: ['own-providers', organizationId],
    queryFn: async ({ signal }) => {
      const { items } = await answerOf(
        api.GET('/api/organizations/{organizationId}/providers', {
          params: { path: { organizationId } },
          signal,
        }),
      );
      return items;
    },
  });
}

/** What keys can be added for; asked for when somebody is about to. */
export function providerChoicesQuery(api: Api, organizationId: string) {
  return queryOptions({
    queryKey: ['provider-choices', organizationId],
    staleTime: Number.POSITIVE_INFINITY,
    queryFn: ({ signal }) =>
      answerOf(
        api.GET('/api/organizations/{organizationId}/provider-choices', {
          params: { path: { organizationId } },
          signal,
        }),
      ),
  });
}

function useInvalidate() {
  const client = useQueryClient();
  return () => {
    void client.invalidateQueries({ queryKey: ['own-providers'] });
    void client.invalidateQueries({ queryKey: ['models'] });
  };
}

export interface NewOwnProvider {
  providerId: string;
  protocol?: string;
  baseUrl?: string;
  region: string | null;
  projectId: string | null;
  mode: Mode;
  apiKeys: string[];
}

export function useCreateOwnProvider(organizationId: string) {
  const invalidate = useInvalidate();
  return useMutation({
    mutationFn: (body: NewOwnProvider) =>
      answerOf(
        browserApi.POST('/api/organizations/{organizationId}/providers', {
          params: { path: { organizationId } },
          body: { ...body, tokenUrl: null, unlistedModels: false },
        }),
      ),
    onSuccess: invalidate,
  });
}

export interface OwnProviderChange {
  enabled?: boolean;
  mode?: Mode;
  unlistedModels?: boolean;
  addApiKeys?: string[];
  removeCredentials?: string[];
}

export function useChangeOwnProvider(organizationId: string, entryId: string) {
  const invalidate = useInvalidate();
  return useMutation({
    mutationFn: (body: OwnProviderChange) =>
      answerOf(
        browserApi.PATCH('/api/organizations/{organizationId}/providers/{entryId}', {
          params: { path: { organizationId, entryId } },
          body,
        }),
      ),
    onSuccess: invalidate,
  });
}

export function useRemoveOwnProvider(organizationId: string, entryId: string) {
  const invalidate = useInvalidate();
  return useMutation({
    mutationFn: () =>
      answerOf(
        browserApi.DELETE('/api/organizations/{organizationId}/providers/{entryId}', {
          params: { path: { organizationId, entryId } },
        }),
      ),
    onSuccess: invalidate,
  });
}

export function useTestOwnProvider(organizationId: string, entryId: string) {
  return useMutation({
    mutationFn: (model: string | null) =>
      answerOf(
        browserApi.POST('/api/organizations/{organizationId}/providers/{entryId}/test', {
          params: { path: { organizationId, entryId } },
          body: model === null ? {} : { model },
        }),
      ),
  });
}
