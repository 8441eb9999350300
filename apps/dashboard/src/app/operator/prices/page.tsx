import type { Metadata } from 'next';
import { Page } from '@/components/frame/page';
import { PriceBook, priceOverridesQuery } from '@/features/price-book';
import { isOperator } from '@/lib/server/operator';
import { Prefetched } from '@/lib/server/prefetched';
import { serverApi } from '@/lib/server/server-api';

export const metadata: Metadata = { title: 'Price book' };

export default async function PricesPage() {
  if (!(await isOperator())) return null;
  return (
    <Prefetched queries={[priceOverridesQuery(await serverApi())]}>
      <Page title="Price book" wide>
        <PriceBook />
      </Page>
    </Prefetched>
  );
}
