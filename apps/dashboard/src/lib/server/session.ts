import 'server-only';

import { redirect } from 'next/navigation';
import { cache } from 'react';
import { answerOf, type Schemas } from '../api';
import { ApiError } from '../api-error';
import { serverApi } from './server-api';

/** Who is logged in; null when nobody is. Asked once per request. */
export const currentMe = cache(async (): Promise<Schemas['Me'] | null> => {
  const api = await serverApi();
  try {
    return await answerOf(api.GET('/api/me'));
  } catch (error) {
    if (error instanceof ApiError && error.status === 401) return null;
    throw error;
  }
});

/** Who is logged in; whoever is not goes to the log-in and comes back to `path`. */
export async function requireMe(path: string): Promise<Schemas['Me']> {
  const me = await currentMe();
  if (!me) redirect(`/log-in?next=${encodeURIComponent(path)}`);
  return me;
}

export const platformFacts = cache(async (): Promise<Schemas['Platform']> => {
  const api = await serverApi();
  return answerOf(api.GET('/api/platform'));
});
