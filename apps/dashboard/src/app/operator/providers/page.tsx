import type { Metadata } from 'next';
import { Page } from '@/components/frame/page';
import { CreateEntryDialog, EntryTable, providerEntriesQuery } from '@/features/provider-entries';
import { isOperator } from '@/lib/server/operator';
import { Prefetched } from '@/lib/server/prefetched';
import { serverApi } from '@/lib/server/server-api';

export const metadata: Metadata = { title: 'Providers' };

export default async function ProvidersPage() {
  if (!(await isOperator())) return null;
  return (
    <Prefetched queries={[providerEntriesQuery(await serverApi())]}>
      <Page title="Providers" wide actions={<CreateEntryDialog />}>
        <EntryTable />
      </Page>
    </Prefetched>
  );
}
