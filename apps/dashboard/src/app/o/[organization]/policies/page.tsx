import type { Metadata } from 'next';
import { Page } from '@/components/frame/page';
import { NewPolicyLink, PolicyList } from '@/features/policies';
import { policiesQuery } from '@/lib/queries/policies-query';
import { pageScope } from '@/lib/server/organization';
import { Prefetched } from '@/lib/server/prefetched';
import { serverApi } from '@/lib/server/server-api';

export const metadata: Metadata = { title: 'Policies' };

export default async function PoliciesPage(props: PageProps<'/o/[organization]/policies'>) {
  const { scope } = await pageScope(props);
  return (
    <Prefetched queries={[policiesQuery(await serverApi(), scope)]}>
      <Page title="Policies" wide actions={<NewPolicyLink />}>
        <PolicyList />
      </Page>
    </Prefetched>
  );
}
