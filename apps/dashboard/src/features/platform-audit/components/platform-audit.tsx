'use client';

import { useInfiniteQuery } from '@tanstack/react-query';
import { AuditList } from '@/components/data/audit-list';
import { MoreRows } from '@/components/data/more-rows';
import { Loaded } from '@/components/states/loaded';
import { RowSkeletons } from '@/components/states/row-skeletons';
import { browserApi } from '@/lib/api';
import { auditEventsQuery } from '@/lib/queries/audit-events-query';

/** Changes on all of the platform. */
export function PlatformAudit() {
  const query = useInfiniteQuery(auditEventsQuery(browserApi, null));
  return (
    <Loaded query={query} skeleton={<RowSkeletons rows={12} />}>
      {({ pages }) => (
        <>
          <AuditList events={pages.flatMap(({ items }) => items)} />
          <MoreRows query={query} what="Older changes" className="mt-3" />
        </>
      )}
    </Loaded>
  );
}
