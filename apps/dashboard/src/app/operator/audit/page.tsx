import type { Metadata } from 'next';
import { Page } from '@/components/frame/page';
import { PlatformAudit } from '@/features/platform-audit';
import { auditEventsQuery } from '@/lib/queries/audit-events-query';
import { isOperator } from '@/lib/server/operator';
import { Prefetched } from '@/lib/server/prefetched';
import { serverApi } from '@/lib/server/server-api';

export const metadata: Metadata = { title: 'Audit' };

export default async function PlatformAuditPage() {
  if (!(await isOperator())) return null;
  return (
    <Prefetched pages={[auditEventsQuery(await serverApi(), null)]}>
      <Page title="Audit" wide>
        <PlatformAudit />
      </Page>
    </Prefetched>
  );
}
