import { useMutation, useQueryClient } from '@tanstack/react-query';
import { answerOf, browserApi } from '@/lib/api';

export interface Grant {
  amountNanoUsd: string;
  description: string;
  /** The same one again grants nothing more. */
  idempotencyKey: string;
}

export function useGrantCredit(organizationId: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: Grant) =>
      answerOf(
        browserApi.POST('/api/operator/tenants/{organizationId}/credit', {
          params: { path: { organizationId } },
          body,
        }),
      ),
    onSuccess: () => {
      void client.invalidateQueries({ queryKey: ['tenants'] });
      void client.invalidateQueries({ queryKey: ['wallet'] });
    },
  });
}
