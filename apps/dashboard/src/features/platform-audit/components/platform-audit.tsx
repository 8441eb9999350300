'use client';

import { useInfiniteQuery } from '@tanstack/react-query';
import { AuditList } from '@/components/data/audit-list';
import { Loaded } from '@/components/states/loaded';
import { RowSkeletons } from '@/components/states/row-skeletons';
import { Button } from '@/components/ui/button';
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
          {query.hasNextPage ? (
            <Button
              size="sm"
              className="mt-3"
              disabled={query.isFetchingNextPage}
              onClick={() => void query.fetchNextPage()}
            >
              {query.isFetchingNextPage ? 'Loading older changes…' : 'Older changes'}
            </Button>
          ) : null}
        </>
      )}
    </Loaded>
  );
}
