import type { Metadata } from 'next';
import { EditPolicy, policyQuery, policyVersionsQuery } from '@/features/policies';
import { modelsQuery } from '@/lib/queries/models-query';
import { pageScope } from '@/lib/server/organization';
import { Prefetched } from '@/lib/server/prefetched';
import { serverApi } from '@/lib/server/server-api';

export const metadata: Metadata = { title: 'Edit a policy' };

export default async function EditPolicyPage(props: PageProps<'/o/[organization]/policies/[policy]/edit'>) {
  const [{ scope }, { policy }, api] = await Promise.all([pageScope(props), props.params, serverApi()]);
  const { organizationId } = scope;
  return (
    <Prefetched
      queries={[modelsQuery(api, organizationId), policyQuery(api, organizationId, policy)]}
      pages={[policyVersionsQuery(api, organizationId, policy)]}
    >
      <EditPolicy policyId={policy} />
    </Prefetched>
  );
}
