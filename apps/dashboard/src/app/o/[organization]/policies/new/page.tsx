import type { Metadata } from 'next';
import { Page } from '@/components/frame/page';
import { NewPolicy } from '@/features/policies';
import { modelsQuery } from '@/lib/queries/models-query';
import { pageScope } from '@/lib/server/organization';
import { Prefetched } from '@/lib/server/prefetched';
import { serverApi } from '@/lib/server/server-api';

export const metadata: Metadata = { title: 'New policy' };

export default async function NewPolicyPage(props: PageProps<'/o/[organization]/policies/new'>) {
  const { scope } = await pageScope(props);
  return (
    <Prefetched queries={[modelsQuery(await serverApi(), scope.organizationId)]}>
      <Page title="New policy">
        <NewPolicy />
      </Page>
    </Prefetched>
  );
}
