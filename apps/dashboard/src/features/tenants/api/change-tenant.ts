import { useMutation, useQueryClient } from '@tanstack/react-query';
import { answerOf, browserApi } from '@/lib/api';

export interface TenantChange {
  suspended?: boolean;
  requestsPerMinute?: number | null;
  maxConcurrency?: number | null;
}

export function useChangeTenant(organizationId: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: TenantChange) =>
      answerOf(
        browserApi.PATCH('/api/operator/tenants/{organizationId}', {
          params: { path: { organizationId } },
          body,
        }),
      ),
    onSuccess: () => client.invalidateQueries({ queryKey: ['tenants'] }),
  });
}
