/**
 * What a `$ref` within a schema leads to: a JSON pointer in a URL's fragment (RFC 6901, section 6).
 * @returns undefined where it leads nowhere, or out of the schema
 */
export function resolveLocalReference(root: unknown, reference: string): unknown {
  if (!/^#(?:\/|$)/.test(reference)) return undefined;
  let value = root;
  for (const step of reference.split('/').slice(1)) {
    const key = decoded(step).replaceAll('~1', '/').replaceAll('~0', '~');
    if (value === null || typeof value !== 'object' || !Object.hasOwn(value, key)) return undefined;
    value = (value as Record<string, unknown>)[key];
  }
  return value;
}

function decoded(step: string): string {
  try {
    return decodeURIComponent(step);
  } catch {
    // A bare percent sign stands for itself.
    return step;
  }
}
