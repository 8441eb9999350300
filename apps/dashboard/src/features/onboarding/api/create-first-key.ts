import { answerOf, browserApi } from '@/lib/api';

export async function createFirstKey(organizationId: string, name: string): Promise<string> {
  const { secret } = await answerOf(
    browserApi.POST('/api/organizations/{organizationId}/api-keys', {
      params: { path: { organizationId } },
      body: { name },
    }),
  );
  return secret;
}
