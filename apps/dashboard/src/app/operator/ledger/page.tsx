import type { Metadata } from 'next';
import { Page } from '@/components/frame/page';
import { PlatformLedger, platformLedgerQuery } from '@/features/platform-ledger';
import { isOperator } from '@/lib/server/operator';
import { Prefetched } from '@/lib/server/prefetched';
import { serverApi } from '@/lib/server/server-api';

export const metadata: Metadata = { title: 'Ledger' };

export default async function LedgerPage() {
  if (!(await isOperator())) return null;
  return (
    <Prefetched queries={[platformLedgerQuery(await serverApi())]}>
      <Page title="Ledger">
        <PlatformLedger />
      </Page>
    </Prefetched>
  );
}
