import type { Metadata } from 'next';
import { OrganizationAudit } from '@/features/settings';
import { auditEventsQuery } from '@/lib/queries/audit-events-query';
import { pageScope } from '@/lib/server/organization';
import { Prefetched } from '@/lib/server/prefetched';
import { serverApi } from '@/lib/server/server-api';

export const metadata: Metadata = { title: 'Audit log' };

export default async function AuditPage(props: PageProps<'/o/[organization]/settings/audit'>) {
  const { scope } = await pageScope(props);
  return (
    <Prefetched pages={[auditEventsQuery(await serverApi(), scope.organizationId)]}>
      <OrganizationAudit />
    </Prefetched>
  );
}
