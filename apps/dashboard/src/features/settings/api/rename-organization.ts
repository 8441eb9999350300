import { useMutation } from '@tanstack/react-query';
import { useRouter } from 'next/navigation';
import { answerOf, browserApi } from '@/lib/api';

export function useRenameOrganization(organizationId: string) {
  const router = useRouter();
  return useMutation({
    mutationFn: (name: string) =>
      answerOf(
        browserApi.PATCH('/api/organizations/{organizationId}', {
          params: { path: { organizationId } },
          body: { name },
        }),
      ),
    onSuccess: () => router.refresh(),
  });
}
