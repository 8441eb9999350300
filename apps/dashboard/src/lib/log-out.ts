import { getQueryClient } from './query-client';

/** Ends the session and forgets what this browser had loaded. */
export async function logOut(): Promise<void> {
  await fetch('/api/auth/sign-out', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: '{}',
  });
  getQueryClient().clear();
  window.location.assign('/log-in');
}
