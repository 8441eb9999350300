'use client';

import { useInfiniteQuery } from '@tanstack/react-query';
import { AuditList } from '@/components/data/audit-list';
import { MoreRows } from '@/components/data/more-rows';
import { EmptyState } from '@/components/states/empty-state';
import { Loaded } from '@/components/states/loaded';
import { RowSkeletons } from '@/components/states/row-skeletons';
import { browserApi } from '@/lib/api';
import { auditEventsQuery } from '@/lib/queries/audit-events-query';
import { useWorkspace } from '@/lib/workspace';

/** Who changed what in the organization. */
export function OrganizationAudit() {
  const { organization } = useWorkspace();
  const query = useInfiniteQuery(auditEventsQuery(browserApi, organization.id));
  return (
    <Loaded query={query} skeleton={<RowSkeletons rows={10} />}>
      {({ pages }) => {
        const events = pages.flatMap(({ items }) => items);
        if (events.length === 0) {
          return (
            <EmptyState title="No change yet">
              <p className="text-ink-muted">
                Every change of a key, budget, project, member or setting stands here, with who made it.
              </p>
            </EmptyState>
          );
        }
        return (
          <>
            <AuditList events={events} />
            <MoreRows query={query} what="Older changes" className="mt-3" />
          </>
        );
      }}
    </Loaded>
  );
}
