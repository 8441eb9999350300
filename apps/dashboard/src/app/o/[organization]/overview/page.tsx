import type { Metadata } from 'next';
import { Page } from '@/components/frame/page';
import { TimeRangeControl } from '@/components/frame/time-range-control';
import {
  loadOverviewParams,
  Overview,
  overviewQuery,
  usageBreakdownQuery,
  usageSeriesQuery,
} from '@/features/overview';
import { budgetsQuery } from '@/lib/queries/budgets-query';
import { keysQuery } from '@/lib/queries/keys-query';
import { walletQuery } from '@/lib/queries/wallet-query';
import { pageScope } from '@/lib/server/organization';
import { Prefetched } from '@/lib/server/prefetched';
import { readerTimeZone } from '@/lib/server/reader';
import { serverApi } from '@/lib/server/server-api';

export const metadata: Metadata = { title: 'Overview' };

export default async function OverviewPage(props: PageProps<'/o/[organization]/overview'>) {
  const { scope, range } = await pageScope(props);
  const { by, by2 } = await loadOverviewParams(props.searchParams);
  const [api, timeZone] = await Promise.all([serverApi(), readerTimeZone()]);
  return (
    <Prefetched
      queries={[
        overviewQuery(api, scope, range),
        usageSeriesQuery(api, { scope, range, by, timeZone }),
        usageSeriesQuery(api, { scope, range, by: by2, timeZone }),
        usageBreakdownQuery(api, { scope, range, by: 'provider' }),
        usageBreakdownQuery(api, { scope, range, by: 'model' }),
        walletQuery(api, scope.organizationId),
        budgetsQuery(api, scope.organizationId),
        keysQuery(api, scope),
      ]}
    >
      <Page title="Overview" wide actions={<TimeRangeControl />}>
        <Overview />
      </Page>
    </Prefetched>
  );
}
