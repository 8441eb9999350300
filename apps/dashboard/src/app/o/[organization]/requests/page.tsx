import type { Metadata } from 'next';
import { Page } from '@/components/frame/page';
import { callQuery, callsQuery, loadFilters, loadLogParams, RequestLog } from '@/features/requests';
import { pageScope } from '@/lib/server/organization';
import { Prefetched } from '@/lib/server/prefetched';
import { serverApi } from '@/lib/server/server-api';

export const metadata: Metadata = { title: 'Requests' };

export default async function RequestsPage(props: PageProps<'/o/[organization]/requests'>) {
  const { scope, range } = await pageScope(props);
  const [filters, { call }, api] = await Promise.all([
    loadFilters(props.searchParams),
    loadLogParams(props.searchParams),
    serverApi(),
  ]);
  return (
    <Prefetched
      pages={[callsQuery(api, { scope, range, filters })]}
      queries={call ? [callQuery(api, scope.organizationId, call)] : []}
    >
      <Page title="Requests" wide>
        <RequestLog />
      </Page>
    </Prefetched>
  );
}
