import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import { answerOf, browserApi, type Api, type Schemas } from '@/lib/api';

type Role = Schemas['Member']['role'];

export function invitationsQuery(api: Api, organizationId: string) {
  return queryOptions({
    queryKey: ['invitations', organizationId],
    queryFn: async ({ signal }) => {
      const { items } = await answerOf(
        api.GET('/api/organizations/{organizationId}/invitations', {
          params: { path: { organizationId } },
          signal,
        }),
      );
      return items;
    },
  });
}

function useInvalidate() {
  const client = useQueryClient();
  return () => {
    void client.invalidateQueries({ queryKey: ['members'] });
    void client.invalidateQueries({ queryKey: ['invitations'] });
  };
}

export function useInvite(organizationId: string) {
  const invalidate = useInvalidate();
  return useMutation({
    mutationFn: (body: { email: string; role: Role }) =>
      answerOf(
        browserApi.POST('/api/organizations/{organizationId}/invitations', {
          params: { path: { organizationId } },
          body,
        }),
      ),
    onSuccess: invalidate,
  });
}

export function useCancelInvitation(organizationId: string) {
  const invalidate = useInvalidate();
  return useMutation({
    mutationFn: (invitationId: string) =>
      answerOf(
        browserApi.DELETE('/api/organizations/{organizationId}/invitations/{invitationId}', {
          params: { path: { organizationId, invitationId } },
        }),
      ),
    onSuccess: invalidate,
  });
}

export function useChangeRole(organizationId: string) {
  const invalidate = useInvalidate();
  return useMutation({
    mutationFn: ({ memberId, role }: { memberId: string; role: Role }) =>
      answerOf(
        browserApi.PATCH('/api/organizations/{organizationId}/members/{memberId}', {
          params: { path: { organizationId, memberId } },
          body: { role },
        }),
      ),
    onSuccess: invalidate,
  });
}

export function useRemoveMember(organizationId: string, memberId: string) {
  const invalidate = useInvalidate();
  return useMutation({
    mutationFn: () =>
      answerOf(
        browserApi.DELETE('/api/organizations/{organizationId}/members/{memberId}', {
          params: { path: { organizationId, memberId } },
        }),
      ),
    onSuccess: invalidate,
  });
}
