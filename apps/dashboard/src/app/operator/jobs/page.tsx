import type { Metadata } from 'next';
import { Page } from '@/components/frame/page';
import { Jobs, jobsQuery } from '@/features/jobs';
import { isOperator } from '@/lib/server/operator';
import { Prefetched } from '@/lib/server/prefetched';
import { serverApi } from '@/lib/server/server-api';

export const metadata: Metadata = { title: 'Jobs' };

export default async function JobsPage() {
  if (!(await isOperator())) return null;
  return (
    <Prefetched queries={[jobsQuery(await serverApi())]}>
      <Page title="Jobs">
        <Jobs />
      </Page>
    </Prefetched>
  );
}
