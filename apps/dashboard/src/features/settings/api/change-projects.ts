import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useRouter } from 'next/navigation';
import { answerOf, browserApi } from '@/lib/api';

/** The frame lists projects as well: it is rendered by the server, so it is asked anew. */
function useInvalidate() {
  const client = useQueryClient();
  const router = useRouter();
  return () => {
    void client.invalidateQueries({ queryKey: ['projects'] });
    router.refresh();
  };
}

export function useCreateProject(organizationId: string) {
  const invalidate = useInvalidate();
  return useMutation({
    mutationFn: (body: { name: string; keepBodies: boolean }) =>
      answerOf(
        browserApi.POST('/api/organizations/{organizationId}/projects', {
          params: { path: { organizationId } },
          body,
        }),
      ),
    onSuccess: invalidate,
  });
}

export interface ProjectChange {
  name?: string;
  keepBodies?: boolean;
  archived?: boolean;
}

export function useChangeProject(organizationId: string, projectId: string) {
  const invalidate = useInvalidate();
  return useMutation({
    mutationFn: (body: ProjectChange) =>
      answerOf(
        browserApi.PATCH('/api/organizations/{organizationId}/projects/{projectId}', {
          params: { path: { organizationId, projectId } },
          body,
        }),
      ),
    onSuccess: invalidate,
  });
}
