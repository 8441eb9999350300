'use client';

import type { ReactNode } from 'react';
import { ErrorState } from './error-state';

interface Question<Data> {
  data: Data | undefined;
  error: Error | null;
  refetch: () => unknown;
}

/** Shows what was loaded; before that its skeleton, or why it could not be. What is there stays while it is asked again. */
export function Loaded<Data>({
  query,
  skeleton,
  children,
}: {
  query: Question<Data>;
  skeleton: ReactNode;
  children: (data: Data) => ReactNode;
}) {
  if (query.data !== undefined) return children(query.data);
  if (query.error) return <ErrorState error={query.error} retry={() => void query.refetch()} />;
  return (
    <div aria-busy="true">
      <span role="status" className="sr-only">
        Loading…
      </span>
      {skeleton}
    </div>
  );
}
