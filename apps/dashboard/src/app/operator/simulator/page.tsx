import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { Page } from '@/components/frame/page';
import { FaultBoard } from '@/features/simulator';
import { answerOf } from '@/lib/api';
import { simulatorFaultsQuery } from '@/lib/queries/simulator-faults';
import { isOperator } from '@/lib/server/operator';
import { Prefetched } from '@/lib/server/prefetched';
import { serverApi } from '@/lib/server/server-api';
import { platformFacts } from '@/lib/server/session';

export const metadata: Metadata = { title: 'Simulator' };

export default async function SimulatorPage() {
  if (!(await isOperator())) return null;
  const { demo, simulator } = await platformFacts();
  if (!demo || !simulator) notFound();
  const api = await serverApi();
  const { items } = await answerOf(api.GET('/api/operator/provider-entries'));
  return (
    <Prefetched queries={[simulatorFaultsQuery(api)]}>
      <Page title="Simulator" lead="Make a line fail, and see what callers notice of it.">
        <FaultBoard providerIds={[...new Set(items.map(({ providerId }) => providerId))]} />
      </Page>
    </Prefetched>
  );
}
