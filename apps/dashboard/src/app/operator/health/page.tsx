import type { Metadata } from 'next';
import Link from 'next/link';
import { Page } from '@/components/frame/page';
import { FleetHealth, fleetHealthQuery } from '@/features/health';
import { isOperator } from '@/lib/server/operator';
import { Prefetched } from '@/lib/server/prefetched';
import { serverApi } from '@/lib/server/server-api';

export const metadata: Metadata = { title: 'Health' };

export default async function HealthPage() {
  if (!(await isOperator())) return null;
  return (
    <Prefetched queries={[fleetHealthQuery(await serverApi())]}>
      <Page
        title="Health"
        wide
        lead="What the gateways keep calls from. One call of the whole fleet tries when the time is over; its answer brings all back."
        actions={
          <Link href="/status" className="text-sm text-accent hover:underline">
            Public status
          </Link>
        }
      >
        <FleetHealth />
      </Page>
    </Prefetched>
  );
}
