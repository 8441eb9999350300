/**
 * The first key on its way from the page that made it to the page that shows it. In memory alone: a key is never
 * written anywhere in a browser, and a reload forgets it.
 */
const made = new Map<string, string>();

export function rememberFirstKey(organizationId: string, secret: string): void {
  made.set(organizationId, secret);
}

export function firstKeyOf(organizationId: string): string | null {
  return made.get(organizationId) ?? null;
}
