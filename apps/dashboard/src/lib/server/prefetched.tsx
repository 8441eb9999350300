import 'server-only';

import {
  dehydrate,
  HydrationBoundary,
  type FetchInfiniteQueryOptions,
  type FetchQueryOptions,
} from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { getQueryClient } from '../query-client';

/** Any query's options: the types of its answer do not matter to who only fetches it. */
interface AnyQuery {
  queryKey: readonly unknown[];
}

/**
 * Asks for what the first paint shows. A question that fails is left out: the page asks it again and then shows its
 * own error state.
 */
export async function Prefetched({
  queries = [],
  pages = [],
  children,
}: {
  queries?: readonly AnyQuery[];
  /** Questions that come page by page; the first page is fetched. */
  pages?: readonly AnyQuery[];
  children: ReactNode;
}) {
  const client = getQueryClient();
  await Promise.all([
    ...queries.map((query) => client.prefetchQuery({ ...(query as FetchQueryOptions), retry: false })),
    ...pages.map((query) =>
      client.prefetchInfiniteQuery({ ...(query as FetchInfiniteQueryOptions), retry: false }),
    ),
  ]);
  return <HydrationBoundary state={dehydrate(client)}>{children}</HydrationBoundary>;
}
