import { authAnswer, authClient } from '@/lib/auth-client';

/** Sends a mail with a link, if there is an account; the answer does not say whether there is. */
export function requestPasswordReset(email: string) {
  return authAnswer(authClient.requestPasswordReset({ email, redirectTo: '/reset-password' }));
}

export function resetPassword(input: { token: string; newPassword: string }) {
  return authAnswer(authClient.resetPassword(input));
}
