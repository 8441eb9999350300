import { useMutation, useQueryClient } from '@tanstack/react-query';
import { answerOf, browserApi, type Schemas } from '@/lib/api';

export interface NewKey {
  name: string;
  projectId: string;
  /** Catalog ids; empty is all. */
  allowedModels: string[];
  /** The project's default when null. */
  policyId: string | null;
  requestsPerMinute: number | null;
  maxConcurrency: number | null;
  expiresAt: string | null;
  budget: { period: Schemas['Budget']['period']; limitNanoUsd: string } | null;
}

export function useCreateKey(organizationId: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: NewKey) =>
      answerOf(
        browserApi.POST('/api/organizations/{organizationId}/api-keys', {
          params: { path: { organizationId } },
          body,
        }),
      ),
    onSuccess: () => {
      void client.invalidateQueries({ queryKey: ['keys'] });
      void client.invalidateQueries({ queryKey: ['budgets'] });
    },
  });
}
