import type { Metadata } from 'next';
import { Page } from '@/components/frame/page';
import { CreateKeyDialog, KeyTable } from '@/features/keys';
import { keysQuery } from '@/lib/queries/keys-query';
import { pageScope } from '@/lib/server/organization';
import { Prefetched } from '@/lib/server/prefetched';
import { serverApi } from '@/lib/server/server-api';

export const metadata: Metadata = { title: 'Keys' };

export default async function KeysPage(props: PageProps<'/o/[organization]/keys'>) {
  const { scope } = await pageScope(props);
  return (
    <Prefetched queries={[keysQuery(await serverApi(), scope)]}>
      <Page title="Keys" wide actions={<CreateKeyDialog />}>
        <KeyTable />
      </Page>
    </Prefetched>
  );
}
