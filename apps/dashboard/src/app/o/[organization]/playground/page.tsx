import type { Metadata } from 'next';
import { Page } from '@/components/frame/page';
import { Playground } from '@/features/playground';
import { modelsQuery } from '@/lib/queries/models-query';
import { simulatorFaultsQuery } from '@/lib/queries/simulator-faults';
import { pageScope } from '@/lib/server/organization';
import { Prefetched } from '@/lib/server/prefetched';
import { serverApi } from '@/lib/server/server-api';
import { platformFacts } from '@/lib/server/session';

export const metadata: Metadata = { title: 'Playground' };

export default async function PlaygroundPage(props: PageProps<'/o/[organization]/playground'>) {
  const { scope } = await pageScope(props);
  const [api, { demo, simulator }] = await Promise.all([serverApi(), platformFacts()]);
  const switches = demo && simulator ? [simulatorFaultsQuery(api)] : [];
  return (
    <Prefetched queries={[modelsQuery(api, scope.organizationId), ...switches]}>
      <Page title="Playground" wide>
        <Playground />
      </Page>
    </Prefetched>
  );
}
