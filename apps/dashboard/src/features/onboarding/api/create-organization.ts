import { answerOf, browserApi, type Schemas } from '@/lib/api';

/** Makes the organization with its default project, its wallet and the starting credit. */
export function createOrganization(name: string): Promise<Schemas['Organization']> {
  return answerOf(browserApi.POST('/api/organizations', { body: { name } }));
}
