import type { Metadata } from 'next';
import { Page } from '@/components/frame/page';
import { TenantTable, tenantsQuery } from '@/features/tenants';
import { isOperator } from '@/lib/server/operator';
import { Prefetched } from '@/lib/server/prefetched';
import { serverApi } from '@/lib/server/server-api';

export const metadata: Metadata = { title: 'Tenants' };

export default async function TenantsPage({ searchParams }: PageProps<'/operator/tenants'>) {
  if (!(await isOperator())) return null;
  const { q } = await searchParams;
  return (
    <Prefetched pages={[tenantsQuery(await serverApi(), typeof q === 'string' ? q : '')]}>
      <Page title="Tenants" wide>
        <TenantTable />
      </Page>
    </Prefetched>
  );
}
