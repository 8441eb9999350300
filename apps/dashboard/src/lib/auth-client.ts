import { createAuthClient } from 'better-auth/client';
import { organizationClient } from 'better-auth/client/plugins';
import { ApiError } from './api-error';

/** The sign-in library's own client; its routes stand under `/api/auth` of the page's origin. */
export const authClient = createAuthClient({ plugins: [organizationClient()] });

interface AuthFailure {
  message?: string | undefined;
  code?: string | undefined;
  status: number;
}

/**
 * The data of an answer of the sign-in library.
 * @throws ApiError otherwise, so that forms know one kind of failure
 */
export async function authAnswer<Data>(
  call: Promise<{ data: Data; error: AuthFailure | null }>,
): Promise<Data> {
  const { data, error } = await call;
  if (!error) return data;
  throw new ApiError({
    status: error.status,
    code: error.code ?? 'auth_failed',
    message: error.status === 429 ? 'Too many attempts. Wait a minute, then try again.' : authMessage(error),
  });
}

/** What to do about the failures that people meet; the library's own words for the rest. */
const MESSAGES: Readonly<Record<string, string>> = {
  INVALID_EMAIL_OR_PASSWORD: 'E-mail address or password is wrong. Check both, or set a new password.',
  USER_ALREADY_EXISTS: 'There is an account with this e-mail address already. Log in instead.',
  USER_ALREADY_EXISTS_USE_ANOTHER_EMAIL:
    'There is an account with this e-mail address already. Log in instead.',
  PASSWORD_TOO_SHORT: 'The password is too short. Use at least 8 characters.',
  INVALID_TOKEN: 'This link is no longer valid. Ask for a new one.',
};

function authMessage({ code, message, status }: AuthFailure): string {
  return (
    (code && MESSAGES[code]) || message || `The log-in service answered with status ${status}. Try again.`
  );
}
