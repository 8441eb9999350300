/**
 * Routes of the sign-in library that are closed: what they change goes through our own verbs, which check permission
 * and write the audit row in the transaction of the change.
 */
export const DISABLED_PATHS = [
  ...['update', 'delete', 'leave', 'remove-member', 'update-member-role'].map(
    (path) => `/organization/${path}`,
  ),
  ...['invite-member', 'cancel-invitation'].map((path) => `/organization/${path}`),
  ...['create-user', 'update-user', 'remove-user', 'set-role', 'set-user-password'].map(
    (path) => `/admin/${path}`,
  ),
  ...['ban-user', 'unban-user', 'impersonate-user', 'stop-impersonating'].map((path) => `/admin/${path}`),
  ...['revoke-user-session', 'revoke-user-sessions'].map((path) => `/admin/${path}`),
];
