import type { Metadata } from 'next';
import { OwnProviderList, ownProvidersQuery } from '@/features/own-providers';
import { pageScope } from '@/lib/server/organization';
import { Prefetched } from '@/lib/server/prefetched';
import { serverApi } from '@/lib/server/server-api';

export const metadata: Metadata = { title: 'Own providers' };

export default async function OwnProvidersPage(props: PageProps<'/o/[organization]/settings/providers'>) {
  const { scope } = await pageScope(props);
  return (
    <Prefetched queries={[ownProvidersQuery(await serverApi(), scope.organizationId)]}>
      <OwnProviderList />
    </Prefetched>
  );
}
