import { useMutation, useQueryClient } from '@tanstack/react-query';
import { answerOf, browserApi, type Schemas } from '@/lib/api';

export interface NewBudget {
  scope: Schemas['Budget']['scope'];
  scopeId: string;
  period: Schemas['Budget']['period'];
  limitNanoUsd: string;
}

function useInvalidate() {
  const client = useQueryClient();
  return () => {
    void client.invalidateQueries({ queryKey: ['budgets'] });
    void client.invalidateQueries({ queryKey: ['keys'] });
  };
}

export function useCreateBudget(organizationId: string) {
  const invalidate = useInvalidate();
  return useMutation({
    mutationFn: (body: NewBudget) =>
      answerOf(
        browserApi.POST('/api/organizations/{organizationId}/budgets', {
          params: { path: { organizationId } },
          body,
        }),
      ),
    onSuccess: invalidate,
  });
}

export function useChangeBudget(organizationId: string, budgetId: string) {
  const invalidate = useInvalidate();
  return useMutation({
    mutationFn: (limitNanoUsd: string) =>
      answerOf(
        browserApi.PATCH('/api/organizations/{organizationId}/budgets/{budgetId}', {
          params: { path: { organizationId, budgetId } },
          body: { limitNanoUsd },
        }),
      ),
    onSuccess: invalidate,
  });
}

export function useLiftBudget(organizationId: string, budgetId: string) {
  const invalidate = useInvalidate();
  return useMutation({
    mutationFn: () =>
      answerOf(
        browserApi.DELETE('/api/organizations/{organizationId}/budgets/{budgetId}', {
          params: { path: { organizationId, budgetId } },
        }),
      ),
    onSuccess: invalidate,
  });
}
