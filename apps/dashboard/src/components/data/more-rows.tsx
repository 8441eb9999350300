'use client';

import { Button } from '@/components/ui/button';

interface PagedQuery {
  hasNextPage: boolean;
  isFetchingNextPage: boolean;
  fetchNextPage(): Promise<unknown>;
}

/** Loads the page behind the last row; nothing where there is none. `what` names the rows: "Older changes". */
export function MoreRows({
  query,
  what,
  className,
}: {
  query: PagedQuery;
  what: string;
  className?: string;
}) {
  if (!query.hasNextPage) return null;
  return (
    <Button
      size="sm"
      {...(className && { className })}
      disabled={query.isFetchingNextPage}
      onClick={() => void query.fetchNextPage()}
    >
      {query.isFetchingNextPage ? `Loading ${what.toLowerCase()}…` : what}
    </Button>
  );
}
