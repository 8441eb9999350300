import type { Metadata } from 'next';
import { Page } from '@/components/frame/page';
import { ModelTable } from '@/features/models';
import { modelsQuery } from '@/lib/queries/models-query';
import { pageScope } from '@/lib/server/organization';
import { Prefetched } from '@/lib/server/prefetched';
import { serverApi } from '@/lib/server/server-api';

export const metadata: Metadata = { title: 'Models' };

export default async function ModelsPage(props: PageProps<'/o/[organization]/models'>) {
  const { scope } = await pageScope(props);
  return (
    <Prefetched queries={[modelsQuery(await serverApi(), scope.organizationId)]}>
      <Page title="Models" wide>
        <ModelTable />
      </Page>
    </Prefetched>
  );
}
