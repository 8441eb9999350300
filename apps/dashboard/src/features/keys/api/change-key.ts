import { useMutation, useQueryClient } from '@tanstack/react-query';
import { answerOf, browserApi } from '@/lib/api';

export interface KeyChange {
  name?: string;
  disabled?: boolean;
  allowedModels?: string[];
  policyId?: string | null;
  requestsPerMinute?: number | null;
  maxConcurrency?: number | null;
  expiresAt?: string | null;
}

export function useChangeKey(organizationId: string, apiKeyId: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: KeyChange) =>
      answerOf(
        browserApi.PATCH('/api/organizations/{organizationId}/api-keys/{apiKeyId}', {
          params: { path: { organizationId, apiKeyId } },
          body,
        }),
      ),
    onSuccess: () => void client.invalidateQueries({ queryKey: ['keys'] }),
  });
}
