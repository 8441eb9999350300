import { isServer, QueryClient } from '@tanstack/react-query';
import { ApiError } from './api-error';

const MAX_TRIES = 2;

/** What the request itself did wrong does not get better by asking again. */
function worthAsking(failures: number, error: Error): boolean {
  if (error instanceof ApiError && error.status >= 400 && error.status < 500) return false;
  return failures < MAX_TRIES;
}

function makeQueryClient(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      queries: { staleTime: 10_000, retry: worthAsking, refetchOnWindowFocus: true },
    },
  });
}

let inBrowser: QueryClient | undefined;

/** One client for the browser's life; a new one for each request on the server, so that nobody sees another's data. */
export function getQueryClient(): QueryClient {
  if (isServer) return makeQueryClient();
  inBrowser ??= makeQueryClient();
  return inBrowser;
}
