import { useMutation, useQueryClient } from '@tanstack/react-query';
import { answerOf, browserApi } from '@/lib/api';

export function useRevokeKey(organizationId: string, apiKeyId: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: () =>
      answerOf(
        browserApi.POST('/api/organizations/{organizationId}/api-keys/{apiKeyId}/revoke', {
          params: { path: { organizationId, apiKeyId } },
        }),
      ),
    onSuccess: () => void client.invalidateQueries({ queryKey: ['keys'] }),
  });
}
