import type { Metadata } from 'next';
import { Page } from '@/components/frame/page';
import { EditPolicy, policyVersionsQuery } from '@/features/policies';
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
      queries={[modelsQuery(api, organizationId)]}
      pages={[policyVersionsQuery(api, organizationId, policy)]}
    >
      <Page title="Edit a policy">
        <EditPolicy policyId={policy} />
      </Page>
    </Prefetched>
  );
}
