import type { Metadata } from 'next';
import { Page, Section } from '@/components/frame/page';
import { Balance, kindsOf, LedgerEntries, ledgerEntriesQuery, loadWalletParams } from '@/features/wallet';
import { walletQuery } from '@/lib/queries/wallet-query';
import { pageScope } from '@/lib/server/organization';
import { Prefetched } from '@/lib/server/prefetched';
import { serverApi } from '@/lib/server/server-api';

export const metadata: Metadata = { title: 'Wallet' };

export default async function WalletPage(props: PageProps<'/o/[organization]/wallet'>) {
  const { scope } = await pageScope(props);
  const { show } = await loadWalletParams(props.searchParams);
  const api = await serverApi();
  return (
    <Prefetched
      queries={[walletQuery(api, scope.organizationId)]}
      pages={[ledgerEntriesQuery(api, scope.organizationId, kindsOf(show))]}
    >
      <Page title="Wallet">
        <div className="flex flex-col gap-8">
          <Balance />
          <Section title="Ledger">
            <LedgerEntries />
          </Section>
        </div>
      </Page>
    </Prefetched>
  );
}
