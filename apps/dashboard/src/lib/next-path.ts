/** Where to go after the log-in: a path of this dashboard, never another site. */
export function nextPath(asked: string | string[] | null | undefined, fallback = '/'): string {
  if (typeof asked !== 'string') return fallback;
  return /^\/(?![/\\])/.test(asked) ? asked : fallback;
}
