import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useRouter } from 'next/navigation';
import { answerOf, browserApi, type Schemas } from '@/lib/api';

export interface NewVersion {
  document: Schemas['PolicyDocument'];
  note: string | null;
  publish: boolean;
}

function useInvalidate() {
  const client = useQueryClient();
  return () =>
    Promise.all(
      ['policies', 'policy', 'policy-versions'].map((name) => client.invalidateQueries({ queryKey: [name] })),
    );
}

export function useCreatePolicy(organizationId: string) {
  const invalidate = useInvalidate();
  return useMutation({
    mutationFn: (body: NewVersion & { name: string; projectId: string }) =>
      answerOf(
        browserApi.POST('/api/organizations/{organizationId}/policies', {
          params: { path: { organizationId } },
          body,
        }),
      ),
    onSuccess: invalidate,
  });
}

export function useSaveVersion(organizationId: string, policyId: string) {
  const invalidate = useInvalidate();
  return useMutation({
    mutationFn: (body: NewVersion & { basedOn: number }) =>
      answerOf(
        browserApi.POST('/api/organizations/{organizationId}/policies/{policyId}/versions', {
          params: { path: { organizationId, policyId } },
          body,
        }),
      ),
    onSuccess: invalidate,
  });
}

/** Puts a version in force; an older one rolls back. */
export function usePublishVersion(organizationId: string, policyId: string) {
  const invalidate = useInvalidate();
  return useMutation({
    mutationFn: (version: number) =>
      answerOf(
        browserApi.POST('/api/organizations/{organizationId}/policies/{policyId}/publish', {
          params: { path: { organizationId, policyId } },
          body: { version },
        }),
      ),
    onSuccess: invalidate,
  });
}

export function useArchivePolicy(organizationId: string, policyId: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: () =>
      answerOf(
        browserApi.DELETE('/api/organizations/{organizationId}/policies/{policyId}', {
          params: { path: { organizationId, policyId } },
        }),
      ),
    onSuccess: () => client.invalidateQueries({ queryKey: ['policies'] }),
  });
}

/** Makes a policy hold for all keys of a project that have none of their own; null for no policy. */
export function useSetDefaultPolicy(organizationId: string, projectId: string) {
  const invalidate = useInvalidate();
  const router = useRouter();
  return useMutation({
    mutationFn: (defaultPolicyId: string | null) =>
      answerOf(
        browserApi.PATCH('/api/organizations/{organizationId}/projects/{projectId}', {
          params: { path: { organizationId, projectId } },
          body: { defaultPolicyId },
        }),
      ),
    onSuccess: async () => {
      await invalidate();
      // The frame's projects come from the server.
      router.refresh();
    },
  });
}
