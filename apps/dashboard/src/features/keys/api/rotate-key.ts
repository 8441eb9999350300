import { useMutation, useQueryClient } from '@tanstack/react-query';
import { answerOf, browserApi } from '@/lib/api';

/** The old key stops, a new one with the same limits takes its place. */
export function useRotateKey(organizationId: string, apiKeyId: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: () =>
      answerOf(
        browserApi.POST('/api/organizations/{organizationId}/api-keys/{apiKeyId}/rotate', {
          params: { path: { organizationId, apiKeyId } },
        }),
      ),
    onSuccess: () => void client.invalidateQueries({ queryKey: ['keys'] }),
  });
}
