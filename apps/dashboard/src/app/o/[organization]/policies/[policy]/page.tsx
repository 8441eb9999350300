import type { Metadata } from 'next';
import { PolicyDetail, policyQuery, policyVersionsQuery } from '@/features/policies';
import { pageScope } from '@/lib/server/organization';
import { Prefetched } from '@/lib/server/prefetched';
import { serverApi } from '@/lib/server/server-api';

export const metadata: Metadata = { title: 'Policy' };

export default async function PolicyPage(props: PageProps<'/o/[organization]/policies/[policy]'>) {
  const [{ scope }, { policy }, api] = await Promise.all([pageScope(props), props.params, serverApi()]);
  const { organizationId } = scope;
  return (
    <Prefetched
      queries={[policyQuery(api, organizationId, policy)]}
      pages={[policyVersionsQuery(api, organizationId, policy)]}
    >
      <PolicyDetail policyId={policy} />
    </Prefetched>
  );
}
