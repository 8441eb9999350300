/**
 * Whether an error says that Postgres was away, frozen or busy, so that the same work may succeed later: the connection
 * (class 08), its resources (53), an operator (57, also a statement that took too long), a conflict of transactions (40)
 * or a lock that did not come (55P03), or no answer at all. https://www.postgresql.org/docs/18/errcodes-appendix.html
 */
export function isDatabaseOutage(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const code = 'code' in error ? String(error.code) : '';
  if (/^(?:08|40|53|57)[0-9A-Z]{3}$/.test(code) || code === '55P03') return true;
  if (/^E(?:CONN|TIMEDOUT|PIPE|HOST|NET|AI_|NOTFOUND)/.test(code)) return true;
  // Errors of `pg` itself have no code.
  return /timeout exceeded when trying to connect|Query read timeout|Connection terminated|not queryable/.test(
    error.message,
  );
}
